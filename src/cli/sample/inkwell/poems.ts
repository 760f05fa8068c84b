import type { SamplePost } from '../types.ts';

export const poems: SamplePost[] = [
  {
    by: 'priya',
    kind: 'story',
    section: 'poems',
    days: 10.2,
    title: 'Small Hours, Feeding',
    tags: ['poem', 'night'],
    feedback: 'encouragement',
    likes: 7,
    pictures: [
      {
        picture: 'window',
        alt: 'A dark house front at night with one lit window, in the upper row, third from the left.',
      },
    ],
    text: `The whole street is a row of switched-off sets.\\
Yours is the only lit one, and the show\\
is this: a woman walking, eight small steps\\
to the curtain and eight back, so slow

that anyone who watched would think the film\\
had stuck. It has not stuck. It is the plot.\\
Somebody very new has asked for milk\\
and has been given it, and now will not

go back to wherever it was they were before.\\
I understand. I would not either, love.\\
Out there the milk-float does its one street more.\\
The light upstairs goes out. The light above

the sea comes on. We walk. The film goes on.\\
Eight to the curtain. There. Now look: it's dawn.`,
    replies: [
      {
        by: 'nell',
        after: 3,
        likes: 4,
        text: 'I rhymed "show" with "slow" in my head and only noticed at "film goes on" that I had been in a sonnet all along. Sneaky.',
      },
      {
        by: 'tobi',
        after: 8,
        text: 'My daughter is four months old and it is 04:12. Reporting from the field: accurate.',
        likes: 8,
        replies: [
          {
            by: 'priya',
            after: 1,
            text: 'Eight steps or nine?',
            replies: [{ by: 'tobi', after: 1, text: 'Six. Small flat.', likes: 5 }],
          },
        ],
      },
    ],
  },
  {
    by: 'ines',
    kind: 'story',
    section: 'poems',
    days: 3.6,
    title: 'Maré baixa',
    tags: ['poem', 'sea'],
    langs: ['pt'],
    feedback: 'discussion',
    likes: 3,
    text: `O mar recuou tanto\\
que se via o fundo da conversa:

duas âncoras, uma bota,\\
o nome do barco sem o barco.

Esperámos.\\
Ninguém disse *volta*.

Voltou sozinho, às seis e dez,\\
como quem só tinha ido\\
fechar o gás.`,
    replies: [
      {
        by: 'lucia',
        after: 5,
        langs: ['es'],
        likes: 1,
        text: '«Como quem só tinha ido fechar o gás». Me quedo a vivir en ese verso.',
      },
      {
        by: 'mara',
        after: 17,
        text: 'For the rest of us, roughly: the tide went out so far that you could see the bottom of the conversation. It comes back on its own at ten past six, "like someone who had only gone to turn off the gas". Did I get that right, @ines-carvalho.test?',
        replies: [{ by: 'ines', after: 2, text: 'Better than right.', likes: 2 }],
      },
    ],
  },
];
