import type { SamplePost } from '../types.ts';

export const stories: SamplePost[] = [
  {
    by: 'mara',
    kind: 'story',
    days: 19.4,
    title: "The Lamp-Keeper's Apprentice",
    summary: 'The first thing she taught me was how to be awake.',
    tags: ['fiction', 'sea', 'work'],
    feedback: 'critique',
    likes: 9,
    curation: { as: 'feature', note: 'The one that three of us read aloud to somebody.' },
    pictures: [
      {
        picture: 'lighthouse',
        alt: 'A lighthouse on a dark headland in fog. Its beam is a pale wedge that reaches the edge of the picture and stops there, as if it had been cut.',
      },
    ],
    text: `The first thing Mrs Tolland taught me was how to be awake.

Not how to stay awake. Anybody can stay awake, she said; frightened people do it for weeks. To be awake was something you did on purpose, like standing up straight, and you could do it for about four hours before you began to cheat. So she divided the night into three, gave me the middle, and told me that if she ever caught me staying awake she would send me back to the mainland with the coal boat.

I was fifteen. I had been sent to her because I was good with clocks and bad with people, and the Board had the idea that a lighthouse was a large clock.

It is not. A clock tells you something whether or not you look at it. The lamp told us nothing at all. It turned, and out past the edge of what we could see there were, or were not, people who were glad. In three years I met one of them. He came up from the harbour in a suit that did not fit, carrying a ham.

"The nineteenth of March," he said. "About two in the morning."

Mrs Tolland looked at me. The middle of the night was mine.

I remembered it very well. There had been nothing to remember. No wind, a thick soft fog, the weights coming down on their chain with that small complaint they made at the bottom. I had trimmed the wick. I had been awake, on purpose, for about three hours, with nobody to be awake at.

"Yes," I said. "We were here."

He nodded as though that were the whole of the story, and for him I think it was. He put the ham on the table and looked up, the way everyone does, at the place where the stairs go round and out of sight.

After he had gone I asked Mrs Tolland how often it happened, that somebody came.

"Once before you," she said. "She brought a cake."

"In how long?"

She was winding the weights. She did not stop to work it out.

"It isn't that kind of sum," she said, and then, because I was fifteen and good with clocks: "Eat your ham. You're on at eleven."`,
    replies: [
      {
        by: 'ruth',
        after: 5,
        likes: 6,
        text: 'You asked for critique, so: the ham is perfect and the suit is one object too many. "He came up from the harbour carrying a ham." Let the ham do it alone.\n\nThe last line is right. Do not let anybody talk you into another one.',
        replies: [
          {
            by: 'mara',
            after: 3,
            likes: 2,
            text: "I knew about the suit. I had it in, and out, and in again. It's going out for good.",
            replies: [
              {
                by: 'tobi',
                after: 11,
                likes: 1,
                text: 'Minority report: I like the suit. Somebody who owns no suit has borrowed one to say thank you. It tells me he thought about what to wear.',
                replies: [
                  { by: 'ruth', after: 2, text: 'Irritatingly, that is a good argument.', likes: 7 },
                  {
                    by: 'mara',
                    after: 6,
                    text: 'Then it stays until Tuesday, and on Tuesday I shall read it aloud and find out.',
                  },
                ],
              },
            ],
          },
        ],
      },
      {
        by: 'yuki',
        after: 14,
        langs: ['en', 'ja'],
        likes: 3,
        text: '"Nobody to be awake at" — I stopped there for a long time. In Japanese I would have to choose between 起きている and 目が覚めている and either one would break it. Please never explain it.',
      },
      {
        by: 'jonas',
        after: 31,
        text: 'My grandmother was a keeper at Vinga. The weights did complain, exactly like that, at the bottom of the chain. How did you know?',
        replies: [
          {
            by: 'mara',
            after: 4,
            likes: 4,
            text: 'I stood inside one on an open day, and they let a ten-year-old wind it while I watched. There is a good page about weight-driven lamps at https://en.wikipedia.org/wiki/Lighthouse if anyone wants the engineering.',
            replies: [
              {
                by: 'jonas',
                after: 1,
                text: 'She would have let you wind it. She let everyone wind it. It was heavy.',
                likes: 5,
              },
            ],
          },
        ],
      },
      {
        by: 'priya',
        after: 52,
        text: 'A small thing: "with nobody to be awake at" and "people who were glad" are doing the same job in different places. I wonder if the story gets braver if the second one goes. #craft',
        replies: [
          {
            by: 'nell',
            after: 7,
            text: 'Oh, no, leave me the glad people. They are the only ones in it who are warm.',
            likes: 2,
          },
        ],
      },
    ],
  },
  {
    by: 'tobi',
    kind: 'story',
    days: 12.7,
    title: 'Nine Minutes to Departure',
    tags: ['fiction', 'flash'],
    feedback: 'encouragement',
    likes: 5,
    text: `At nine minutes to departure my father remembered the photographs.

At eight he had explained to the driver, who was not a bad man, that there was a biscuit tin, and that it was on top of the wardrobe, and that the wardrobe was four streets away. At seven the driver said what drivers say.

My mother did not look up. She was counting us. There were five of us and she had been counting since the Thursday.

At six minutes my uncle, who was not coming with us, and who had said so at length and with his hands, began to run. He was forty-nine, he smoked, and he had on his good shoes. He ran up the middle of the road where the buses go, and an entire street of people who had nothing else left to look at turned their heads to watch him.

At two minutes the driver started the engine, and then discovered something about his mirror that needed to be adjusted. He adjusted it. He got down and adjusted the other one. He wiped it with his sleeve. I have been driven by a great many people since then and I have never seen a man so careful of a mirror.

I was nine years old and I thought: so this is what a minute is.

My uncle came round the corner with the tin held out in front of him in both hands, like a man carrying soup.`,
    replies: [
      { by: 'ines', after: 2, likes: 3, text: 'The mirror. The MIRROR. I have nothing useful to say.' },
      {
        by: 'ruth',
        after: 9,
        likes: 2,
        text: 'Encouragement was asked for and here it is, without a pencil behind my back: "like a man carrying soup" is the best simile this club has had this year.',
        replies: [{ by: 'tobi', after: 1, text: 'Framing this.' }],
      },
      {
        by: 'samir',
        after: 26,
        likes: 4,
        text: 'We had the biscuit tin, too. Ours stayed on the wardrobe. Thank you for running back for it.',
        replies: [
          {
            by: 'tobi',
            after: 5,
            likes: 3,
            text: 'I did not know how to answer this yesterday and I do not today. I am glad you read it, @samir-haddad.test.',
          },
        ],
      },
    ],
  },
  {
    by: 'nell',
    kind: 'story',
    days: 2.1,
    title: 'Ink',
    tags: ['flash'],
    feedback: 'discussion',
    likes: 2,
    text: `My sister left me her fountain pen, and it would not write for me.

I cleaned it. I soaked it overnight in a glass of water that turned, by morning, the exact blue of her cheques. I took it to the man by the station, who wrote his own name with it, easily, three times.

"You press too hard," he said. "She had a light hand."

I said that she had not had a light anything. He shrugged, and gave it back.

So now I sit at her table in the evenings and practise not pressing. I have got as far as *Dear*.`,
    replies: [
      {
        by: 'priya',
        after: 4,
        likes: 1,
        text: 'For discussion: is the man by the station right? I read it first as him being wise and then, the second time, as him being a little bit cruel.',
        replies: [
          { by: 'nell', after: 2, text: 'Second time. But he would be sorry to hear it.', likes: 3 },
          { by: 'jonas', after: 9, text: 'I think he is just right about pens.' },
        ],
      },
    ],
  },
];
