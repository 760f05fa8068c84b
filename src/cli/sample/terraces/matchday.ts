import type { SamplePost } from '../types.ts';

export const matchday: SamplePost[] = [
  {
    by: 'deniz',
    kind: 'topic',
    days: 5.8,
    title: 'Match thread: Calder Vale v Marsham Town',
    tags: ['matchthread', 'marsham'],
    likes: 7,
    text: `**Northern Combination, round 16.** Mill Lane, 15:00. Wind from the river end, so expect the first half to be played in the air and the second half to be played in the car park.

Our side (3-4-3): Okafor; Brandt, Lisle, Pym; Abara, Teague, Novak, Whitlow; Dunne, Sarr, Kettle.

Marsham have not won here since the clock was changed to digital. The clock has not worked since it was changed to digital.

*Teams, goals and cards underneath. Swear at the referee in moderation.*`,
    replies: [
      { by: 'paul', after: 0.1, text: 'Kettle starts! I take back everything since August.', likes: 3 },
      {
        by: 'nell',
        after: 0.3,
        text: "6' — Sarr through on the left, pulled it back to nobody. A beautiful ball. To nobody.",
        replies: [
          { by: 'tobi', after: 0.05, text: 'Nobody is having a great season. Always in space.', likes: 9 },
          { by: 'clem', after: 0.1, text: 'Sign Nobody up until 2029.', likes: 4 },
        ],
      },
      {
        by: 'deniz',
        after: 0.5,
        text: "19' GOAL for Marsham. A free kick from forty metres that was a cross until the wind had a look at it. 0-1",
        replies: [
          { by: 'kofi', after: 0.05, text: 'Okafor had no chance. That ball was in three counties.', likes: 2 },
          {
            by: 'paul',
            after: 0.1,
            text: 'I have stood at the river end for thirty years and I have never once seen that wind go our way.',
          },
        ],
      },
      {
        by: 'jonas',
        after: 0.8,
        text: "38' — listening on the ferry, the picture goes whenever we turn. Did Teague get booked or did he get married? There was a lot of cheering.",
        likes: 8,
      },
      { by: 'deniz', after: 1, text: 'Half-time, 0-1. Tea. The queue is the best organised thing on the ground.' },
      {
        by: 'nell',
        after: 1.4,
        text: "57' GOAL!! Whitlow!! From the corner, header, off the bar, off the line, off somebody's back, in. 1-1",
        likes: 6,
        replies: [
          { by: 'tobi', after: 0.02, text: 'Whose back?' },
          { by: 'nell', after: 0.05, text: 'Theirs. I choose to believe that it was a pass.', likes: 3 },
          {
            by: 'samir',
            after: 0.2,
            text: 'The whole café here stood up, and none of them knows who we are.',
            likes: 7,
            replies: [{ by: 'kofi', after: 0.1, text: 'They do now.', likes: 5 }],
          },
        ],
      },
      {
        by: 'paul',
        after: 1.7,
        text: "74' — Pym off, limping. Does not look good. He waved, though.",
        replies: [
          {
            by: 'deniz',
            after: 2.5,
            text: 'Update from the physio, with permission: a knock, not a ligament. Out for two weeks at most.',
            likes: 6,
          },
        ],
      },
      { by: 'clem', after: 1.9, text: "88' I can't watch. Somebody type for me." },
      {
        by: 'nell',
        after: 1.97,
        text: "90+3' KETTLE. KETTLE. KETTLE. 2-1. I AM TYPING FOR YOU CLEM",
        likes: 11,
        replies: [
          { by: 'clem', after: 0.01, text: 'I heard it from the kitchen.', likes: 3 },
          { by: 'paul', after: 0.03, text: 'I took back everything since August and I was RIGHT to.', likes: 6 },
          {
            by: 'yuki',
            after: 0.4,
            langs: ['ja', 'en'],
            text: 'おめでとう！ 02:51 here. The neighbours have been informed.',
            likes: 8,
          },
        ],
      },
      {
        by: 'deniz',
        after: 2.1,
        text: 'Full time, **2-1**. Highlights will be on the club page at https://www.example.com/calder-vale/highlights this evening. Drive carefully, and let the Marsham coaches out first. #marsham',
        likes: 4,
      },
      {
        by: 'kofi',
        after: 20,
        text: 'The morning after: does anybody have a photo of the clock at the moment of the goal? I am told that, for one minute, it showed the right time.',
        likes: 5,
      },
    ],
  },
  {
    by: 'deniz',
    kind: 'topic',
    days: 0.4,
    title: 'Saturday: Port Ness away — line-up guesses, lifts, weather',
    tags: ['portness'],
    likes: 2,
    text: `Kick-off is at 12:30 because of the tide. I am not joking: the car park floods at three.

Pym is out. So it is either Lisle in the middle of the three, with Harcourt coming in, or we go to a four, and I go to my mother's.

**Lifts:** say below how many seats you have, or need. Leaving from Mill Lane at 08:15.`,
    replies: [
      {
        by: 'paul',
        after: 1,
        text: 'Two seats, one of them with a dog next to it. The dog has opinions about Harcourt.',
      },
      {
        by: 'tobi',
        after: 2,
        text: 'Taking one seat and the dog, please, @paul-wren.test.',
        replies: [{ by: 'paul', after: 0.5, text: 'She says yes.', likes: 3 }],
      },
      {
        by: 'lucia',
        after: 4,
        langs: ['es', 'en'],
        text: '¿Queda sitio para el tambor? I mean: is there room for the drum?',
        likes: 2,
      },
    ],
  },
];
