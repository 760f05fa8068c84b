import type { SamplePost } from '../types.ts';

export const workshop: SamplePost[] = [
  {
    by: 'mara',
    kind: 'topic',
    days: 41,
    title: 'Start here: how we read each other',
    tags: ['welcome'],
    likes: 8,
    curation: { as: 'pin', note: 'Two minutes, once.' },
    text: `Welcome. This is how it works, and it is not complicated.

**When you post a story**, say what you would like to hear:

- *none* — you are sharing it, and that is all. We will like it or be quiet.
- *encouragement* — tell me what worked, so that I can do it again.
- *discussion* — talk about what it says.
- *critique* — take it apart. Gently, but take it apart.

**When you answer**, try this order. It was stolen from a choir and it has never failed us:

1. What did you see? Not what you thought of it; what you saw.
2. Where did you stop, or skip, or read twice?
3. One question. A real one, to which you do not know the answer.

Only then, and only where it was asked for:

4. What would you try?

> The best note I ever had was "I believed all of it until the dog spoke." I had not meant the dog to speak.

If something goes wrong between people, write to a steward. There are few of us; it will be read.`,
    replies: [
      {
        by: 'nell',
        after: 20,
        likes: 5,
        text: 'I printed number 3 and put it over my desk at work. It has improved four meetings.',
      },
      {
        by: 'jonas',
        after: 44,
        text: 'Did the dog stay?',
        replies: [{ by: 'mara', after: 1, text: 'The dog stayed. The dog is silent.', likes: 6 }],
      },
    ],
  },
  {
    by: 'ruth',
    kind: 'topic',
    days: 5.2,
    title: 'November exercise: one room, no adjectives',
    tags: ['exercise'],
    likes: 4,
    text: `A room. Somebody has just left it, or is about to come in. At most 120 words, **no adjectives at all**. Colours are adjectives. Numbers I will allow, because I am getting old.

Put yours underneath as an answer. You may comment on other people's, but only to name *the noun that did the work*.`,
    replies: [
      {
        by: 'priya',
        after: 6,
        likes: 4,
        text: 'A kettle, off the boil. Two cups, one with a spoon in it. On the chair a coat, and in the pocket of the coat a telephone, which rings, and stops, and rings. On the windowsill the cat counts. Under the door there is a line of light, and in the light there are feet, and the feet do not move.',
        replies: [
          { by: 'tobi', after: 2, text: 'Spoon.', likes: 2 },
          { by: 'nell', after: 3, text: 'Feet. I did not sleep.', likes: 2 },
          {
            by: 'ruth',
            after: 9,
            text: '"Off the boil" made me reach for my pencil, and then put it down. Feet.',
            likes: 1,
          },
        ],
      },
      {
        by: 'jonas',
        after: 14,
        likes: 1,
        text: 'The bed is made. The clock has been taken, and the nail has been left. On the wall, where the clock was, is a clock of wallpaper.',
        replies: [{ by: 'yuki', after: 4, text: 'Nail! Nail. 釘。', likes: 3 }],
      },
      {
        by: 'samir',
        after: 33,
        text: 'I tried in Arabic, where an adjective follows its noun like a child, and it was as if I had sent all the children out of the house. I will keep trying. The house is very quiet.',
        likes: 5,
        replies: [{ by: 'ruth', after: 2, text: 'That is the exercise, done. Noun: children.', likes: 4 }],
      },
    ],
  },
  {
    by: 'nell',
    kind: 'topic',
    days: 1.3,
    title: 'How do you end a story without tying a bow on it?',
    tags: ['craft', 'endings'],
    likes: 3,
    text: `Everything I write goes well until about four lines before the end, when somebody looks out of a window.

I know that I am doing it. I have forbidden windows. Last week a character looked into a *puddle*.

What do you do? Do you know the ending when you begin? Do you cut back to the last thing that happened? Asking for eleven drafts.`,
    replies: [
      {
        by: 'tobi',
        after: 1,
        likes: 6,
        text: 'Write the window. Then delete everything from the window on, and see if the line before it can stand by itself. In my case it can about half the time, and the other half it turns out that I had not written the story yet.',
        replies: [
          {
            by: 'nell',
            after: 1,
            text: 'Tried it on three of the eleven. Two stand! The third fell over, and took the middle with it.',
            likes: 1,
            replies: [{ by: 'tobi', after: 2, text: 'Congratulations on your new middle.', likes: 4 }],
          },
        ],
      },
      {
        by: 'lucia',
        after: 4,
        text: 'I end on somebody doing something with their hands. Not a gesture, a task. Peeling, folding, counting coins. The reader will supply the window. #endings',
        likes: 3,
      },
      {
        by: 'ines',
        after: 9,
        text: 'Chekhov, in a letter, said to tear the story in half and throw away the first part. I have looked for the letter for years and I am no longer sure that he said it, but I keep obeying.',
        replies: [
          {
            by: 'ruth',
            after: 2,
            likes: 2,
            text: 'He did say that writers lie most at the beginning and at the end. Close enough to obey.',
          },
        ],
      },
    ],
  },
];
