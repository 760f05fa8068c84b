import type { SamplePost } from '../types.ts';

export const history: SamplePost[] = [
  {
    by: 'paul',
    kind: 'story',
    days: 27.6,
    title: 'The night the floodlights failed',
    summary: 'February 1974, a cup replay, a power cut, and eleven hundred people who would not go home.',
    tags: ['history', '1974'],
    langs: ['en'],
    feedback: 'discussion',
    likes: 8,
    pictures: [
      {
        picture: 'floodlights',
        alt: 'A dark football ground at night. Three of the four floodlight pylons are black; under the fourth there is a small cone of yellow light.',
      },
    ],
    text: `My father had a cassette recorder the size of a suitcase, and because of that we know how long it was dark. It was twenty-six minutes.

It was the replay against Wick, on a Tuesday, in the winter of the three-day week. The club had borrowed a generator from the mill so that the game could be played in the evening at all. It stood behind the south stand and ate diesel, and every quarter of an hour a man called Leonard Sykes went and fed it.

In the fifty-second minute, at nil-nil, Leonard Sykes was in the queue for tea.

On the tape you hear it go. It does not stop; it *sinks*, like somebody sitting down. Then eleven hundred people say "oh", not loudly. Then there is nothing at all for a while, because it was properly dark, and people in those days were used to waiting for the lights to come back.

## What happened in the dark

Three things, depending on whom you ask.

The first is certain, because it is on the tape: somebody at the river end began to sing. It was not one of ours. It was a hymn, *Abide with Me*, slowly, by a man with a real voice. After a line he was not alone.

The second is almost certain. The players sat down where they were. Both sides. The referee, Mr Aldous, who had lost his whistle, sat down as well. Frank Teague (yes: his grandfather) told me that he found himself next to the Wick centre-forward, who offered him half a barley sugar, and that they talked about their knees.

The third is that when the light came back, one pylon of the four, with a sort of cough, the ball was in the Wick net.

## The ball

Nobody has ever owned up. The Wick goalkeeper, Reg Dove, said until he died that he had been sitting *on* it. Mr Aldous, a just man with no whistle, gave a drop ball. We lost two-nil.

I asked my father, near the end, whether he had ever thought that he knew. He listened to the whole twenty-six minutes with his eyes closed, as he always did. It was just at the end of the third verse, he said. If you knew what to listen for there was a sort of thump.

I have listened for it a great many times. There is a thump. I think that it is somebody putting down a flask.

But I was not there; and it was a very good voice.`,
    replies: [
      {
        by: 'kofi',
        after: 7,
        likes: 6,
        text: 'My grandfather was there and his version had *four* verses. I think that it grows by one in each generation.',
        replies: [
          { by: 'paul', after: 2, text: 'Then the tape is the only honest supporter we have.', likes: 4 },
          {
            by: 'clem',
            after: 30,
            text: 'Can the tape be heard somewhere? I would sit in the dark for twenty-six minutes for that.',
            likes: 3,
            replies: [
              {
                by: 'paul',
                after: 10,
                text: 'I am having it copied. On the sixteenth of February, in the bar, lights off. Bring a flask.',
                likes: 9,
              },
            ],
          },
        ],
      },
      {
        by: 'nell',
        after: 15,
        text: '"It sinks, like somebody sitting down." You should meet some people I know over at the writing club, @paul-wren.test.',
        likes: 3,
      },
      {
        by: 'otto',
        after: 60,
        text: 'Wick supporter, following from the outside. Reg Dove was my great-uncle. He WAS sitting on it. (I only follow from the outside, so perhaps nobody sees this until I join.)',
      },
    ],
  },
];
