import type { SamplePost } from '../types.ts';

export const talk: SamplePost[] = [
  {
    by: 'kofi',
    kind: 'topic',
    section: 'tactics',
    days: 9.1,
    title: 'Back three or back four? I watched all fifteen games again so that you need not',
    tags: ['tactics', 'numbers'],
    likes: 10,
    curation: { as: 'feature' },
    pictures: [
      {
        picture: 'pitch',
        alt: 'A diagram of a football pitch seen from above. Eleven red dots stand in a 3-4-3; arrows show the two outer midfielders running forward past the halfway line, and two large empty spaces are marked behind them.',
      },
    ],
    text: `I had a cold and no willpower, so here it is: fifteen league games, every goal against, written down by hand.

### What we let in

- With a back three (nine games): **11 goals against**, of which *seven* came from the space behind Whitlow or Abara.
- With a back four (six games): **9 goals against**, of which five were set pieces, which no number of defenders cures.

Per game that is 1.2 and 1.5, which is to say: nothing. Fifteen games is a small pile of football.

### What I think I saw

The trouble with the three is not the three. It is the *second* after we lose the ball, when both of the outer men are past halfway and Teague is alone in a space the size of a supermarket. I have drawn it: the two empty boxes are where Marsham, Elland Park and Wick all scored.

When Novak stays, we are fine. He stayed in five of the nine. We won four of those.

### So

Keep the three. Tie Novak to the centre circle with something long but not very long.

I will put the notebook into the bar on Saturday for anyone who wants to count for themselves.`,
    replies: [
      {
        by: 'jonas',
        after: 3,
        likes: 4,
        text: 'Lovely work. One thing, because I do this for a living: 7 of 11 against 5 of 9 are the same number at this size, and so are 1.2 and 1.5. You say it yourself, and then you write "what I think I saw", which is the right heading.',
        replies: [
          {
            by: 'kofi',
            after: 1,
            text: 'I wrote "nothing" in the second section and then went on for three more paragraphs. I am a supporter, not a scientist.',
            likes: 6,
          },
        ],
      },
      {
        by: 'deniz',
        after: 6,
        text: 'The Novak thing is real, though, and you can see it from the gantry. When he goes, Teague starts to point. Count the pointing.',
        replies: [
          {
            by: 'clem',
            after: 2,
            text: 'I counted the pointing against Wick. Forty-one.',
            likes: 5,
            replies: [{ by: 'jonas', after: 4, text: 'Now THAT is a sample.', likes: 7 }],
          },
        ],
      },
      {
        by: 'samir',
        after: 28,
        text: 'Where I grew up we played this with the left-sided of the three stepping into midfield when the wing-back went. Pym has the feet for it. Does he have the lungs?',
        likes: 2,
        replies: [
          {
            by: 'paul',
            after: 9,
            text: 'He has the lungs. He does not have the left foot, which is a pity, on the left.',
            likes: 1,
          },
        ],
      },
    ],
  },
  {
    by: 'paul',
    kind: 'topic',
    section: 'the-bar',
    days: 13.3,
    title: 'The best pie within ten minutes of the ground: final vote',
    tags: ['pies'],
    likes: 6,
    text: `We have been through this since September, and I have been through eleven pies.

1. **Bramall's**, Mill Lane — steak. Structural. You could stand on it to see over a tall person.
2. **The van by the station** — cheese and onion. Hotter than the sun. Nobody knows the name of the van.
3. **The club's own** — described on the board as "pie".

Vote below. One each. Explanations are admired but not counted.`,
    replies: [
      { by: 'nell', after: 1, text: '2. The van. It has no name because it needs none.', likes: 3 },
      { by: 'kofi', after: 2, text: '1.', likes: 1 },
      {
        by: 'lucia',
        after: 5,
        text: '3. I know what I am saying. There is a kind of honesty in "pie".',
        likes: 8,
        replies: [{ by: 'paul', after: 1, text: 'I have to count this. I do not have to understand it.', likes: 4 }],
      },
      { by: 'tobi', after: 7, text: '2, and I have the scar.' },
      { by: 'clem', after: 9, text: 'I am a vegetarian, so 2, and a complaint.', likes: 2 },
    ],
  },
  {
    by: 'nell',
    kind: 'topic',
    section: 'the-bar',
    days: 17.5,
    title: 'Season tickets: what the club told us on Tuesday, and what it did not',
    tags: ['tickets', 'club'],
    likes: 4,
    pictures: [
      {
        picture: 'prices',
        alt: 'A bar chart of the price of an adult standing season ticket over six seasons: 190, 195, 205, 205, 220 and, for next season, 248. The last bar is drawn in red.',
      },
    ],
    text: `I was at the supporters' meeting for us. My notes:

- Adult standing goes from 220 to **248**. They gave "the floodlights" as the reason, and would not say what the floodlights cost.
- Under-16s stay at 40. Good.
- Payment in ten parts *stays*, after four of us asked in four different ways.
- The price for carers was "under review". I asked by when. "Shortly." I asked what shortly meant. There was a pause, which I have minuted.

They were polite and they stayed until the end. I believe that they do not like it either. I would like to see the bill for the floodlights.`,
    replies: [
      {
        by: 'kofi',
        after: 4,
        likes: 5,
        text: 'Thank you for going. I have written to ask for the number, as a shareholder of exactly one share, which my grandfather won in a raffle.',
        replies: [
          {
            by: 'kofi',
            after: 96,
            text: 'They answered! The floodlights are 61,000, over ten years. So it is *not* all floodlights. The letter is polite. I have pinned a copy in the bar.',
            likes: 6,
          },
        ],
      },
      { by: 'paul', after: 11, text: '"There was a pause, which I have minuted." Nell for chair.', likes: 9 },
    ],
  },
];
