/** From those who stand further away. */
import type { SamplePost } from '../types.ts';

export const abroad: SamplePost[] = [
  {
    by: 'clem',
    kind: 'topic',
    section: 'away-days',
    days: 3.2,
    title: 'Away day guide: Port Ness',
    tags: ['portness', 'travel'],
    likes: 5,
    pictures: [
      {
        picture: 'stand',
        alt: 'A small covered stand at dusk seen from the pitch, half full; beyond its roof there is a line of sea.',
      },
    ],
    text: `I lived there for two years, so:

**Getting there.** The train is slow and beautiful; sit on the right. If you drive, do *not* use the harbour car park after one o'clock unless your car is a boat.

**The ground.** One stand, one bank, one wall. Away supporters get the bank. It is grass. Bring something to sit on, and something for when the something is wet.

**Food.** The fish shop on Cable Street closes at two, *exactly* at two, whatever you say to it.

**Step-free access.** Through the players' gate on the east side; ring first, and Moira will come. The accessible toilet is in the club house, a hundred metres away, flat. There are six covered places.

**The people.** Lovely. They will tell you that it is not usually this windy. It is usually this windy.`,
    replies: [
      { by: 'nell', after: 2, text: 'Thank you for the access part. Hardly anybody ever writes that down.', likes: 6 },
      {
        by: 'jonas',
        after: 8,
        text: 'Timetable for the slow and beautiful train: https://www.example.com/trains/port-ness — the 08:52 gets you there, the 16:40 gets you back, and there is no third train.',
        likes: 2,
      },
    ],
  },
  {
    by: 'yuki',
    kind: 'topic',
    section: 'the-bar',
    days: 20.9,
    title: '遠くから応援しています',
    tags: ['海外'],
    langs: ['ja'],
    likes: 4,
    text: `はじめまして。京都から応援しています。

きっかけは、十年前に留学していたとき、雨の日に間違えて入ったミル・レーンのスタンドでした。傘をさしたら、後ろのおじさんに「ここでは濡れるのも試合のうちだよ」と言われました。結果は０対０。人生でいちばん寒い九十分でした。

それ以来、試合のある夜は起きています。スコアだけの日もありますが、このスレッドのおかげで、風の向きまで分かります。

いつかまた、濡れに行きます。`,
    replies: [
      {
        by: 'paul',
        after: 11,
        text: 'I put this through a translator and then I read it out in the bar. The man behind you was either me or my brother. I am sorry about the umbrella. Come back; we will get wet together.',
        likes: 9,
        replies: [
          {
            by: 'yuki',
            after: 6,
            langs: ['ja', 'en'],
            text: '泣いています。(I am crying. In a good way. Also it is raining.)',
            likes: 6,
          },
        ],
      },
    ],
  },
  {
    by: 'samir',
    kind: 'topic',
    section: 'the-bar',
    days: 11.4,
    title: 'كيف صرتُ مشجّعًا لفريقٍ لم أره',
    tags: ['حكايات'],
    langs: ['ar'],
    likes: 3,
    text: `في المقهى الذي أعمل فيه شاشةٌ واحدة، ونادلٌ واحد هو أنا، وزبونٌ عجوز كان يطلب كلّ سبت أن أبحث له عن نتيجة كالدر ڤيل.

قال إنّه عمل هناك سنتين في مصنع القطن، وإنّ أحدًا لم يكلّمه في الشهر الأوّل إلّا رجلٌ في المدرّج سأله: «هل معك كبريت؟»

لم يعد العجوز يأتي منذ الشتاء. لكنّ الناس صاروا يسألونني كلّ سبت: كم النتيجة؟`,
    replies: [
      {
        by: 'kofi',
        after: 16,
        likes: 7,
        text: 'For those who need it, roughly: in the café where Samir works, an old man asked him every Saturday for our result. He had worked two years in the cotton mill here, and in the first month nobody spoke to him but one man on the terrace who asked for a match. He does not come any more; but the others in the café still ask Samir for the score.',
        replies: [
          {
            by: 'paul',
            after: 3,
            likes: 4,
            text: 'Do you know his name, Samir? The mill kept its books.',
            replies: [{ by: 'samir', after: 20, text: 'I will ask his daughter.', likes: 8 }],
          },
        ],
      },
    ],
  },
  {
    by: 'lucia',
    kind: 'topic',
    section: 'matchday',
    days: 30.3,
    title: '¿Alguien enseña a tocar el tambor sin molestar?',
    tags: ['tambor'],
    langs: ['es'],
    likes: 2,
    text: `Me han dejado el tambor del fondo sur hasta que vuelva Terry de la operación de la espalda. Sé tocarlo. Lo que no sé es **cuándo parar**.

En mi ciudad se toca los noventa minutos. Aquí, el sábado, en el minuto doce, una señora se dio la vuelta y me dijo, con muchísima educación, «darling».

¿Eso es que sí o que no?`,
    replies: [
      {
        by: 'nell',
        after: 2,
        text: 'That is a no. But a fond one. Corners, goals and the last ten minutes, and you will be loved.',
        likes: 5,
        replies: [
          {
            by: 'lucia',
            after: 1,
            langs: ['es'],
            text: '¿Y en los saques de banda?',
            replies: [{ by: 'nell', after: 1, text: 'Darling.', likes: 10 }],
          },
        ],
      },
    ],
  },
];
