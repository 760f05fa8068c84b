/** Stories in other languages, and one that carries a warning. */
import type { SamplePost } from '../types.ts';

export const strangers: SamplePost[] = [
  {
    by: 'yuki',
    kind: 'story',
    days: 8.3,
    title: '終電のあと',
    summary: '駅員がシャッターを半分だけ下ろした夜のこと。',
    tags: ['掌編', '夜'],
    langs: ['ja'],
    feedback: 'discussion',
    likes: 6,
    text: `終電が出たあと、駅員はシャッターを半分だけ下ろした。

「いつも半分なんですね」と、ベンチの女が言った。

「全部下ろすと、猫が入れませんから」

なるほど、と女は思い、それから、猫のことは考えずに、自分がなぜまだここに座っているのかを考えた。乗るはずだった電車は四分前に出た。走れば間に合ったのだ。走らなかったのは、靴のせいでも、荷物のせいでもない。

駅員は箒を持ってきて、ホームの端から掃きはじめた。切符の切れ端、落ち葉、誰かの手袋の片方。手袋だけは、ていねいに手すりにかけた。

「明日の朝には、なくなっていますよ」と駅員は言った。

「持ち主が取りに来るんですか」

「さあ。でも、片方だけの手袋を盗む人はいないでしょう」

しばらくして、猫が来た。半分のシャッターの下を、頭を下げもせずに通った。女はそれを見て、ようやく立ち上がった。

外は、思っていたよりも明るかった。`,
    replies: [
      {
        by: 'mara',
        after: 9,
        likes: 2,
        text: 'I read this with a dictionary and then without one. The cat does not lower its head! It was worth the dictionary.',
        replies: [
          {
            by: 'yuki',
            after: 5,
            langs: ['ja', 'en'],
            likes: 4,
            text: 'ありがとうございます。最初の原稿では、猫は頭を下げていました。In the first draft the cat was polite. It was a much worse cat.',
          },
        ],
      },
      {
        by: 'samir',
        after: 30,
        text: 'The stationmaster hangs up the glove and the woman gets up. Nobody says a word about why. I would like to learn how to leave that much out.',
      },
    ],
  },
  {
    by: 'lucia',
    kind: 'story',
    days: 15.9,
    title: 'La casa de las naranjas',
    tags: ['relato', 'familia'],
    langs: ['es'],
    feedback: 'critique',
    likes: 4,
    text: `Mi abuela decía que en aquella casa las naranjas no se compraban ni se vendían: se iban. Uno dejaba tres en la mesa por la noche y a la mañana siguiente quedaban dos y una silla movida.

Nadie preguntaba. Mi abuelo, que era hombre de números, empezó a anotarlas en la libreta del gas. *Lunes, tres. Martes, dos. Miércoles, dos y un hueso.* El día que encontró el hueso se sentó un rato largo en el patio, con la libreta cerrada sobre las rodillas.

—Tiene hambre —dijo por fin.

—¿Quién? —pregunté yo.

—Quien sea.

Desde entonces mi abuela dejó cuatro.

Muchos años después, cuando vaciamos la casa, la libreta apareció en el cajón de los cubiertos. Estaba llena hasta la última página, con la misma letra apretada y, al final, otra letra que no era de ninguno de nosotros. Decía: *Jueves, cuatro. Gracias.*`,
    replies: [
      {
        by: 'ines',
        after: 6,
        langs: ['pt', 'es'],
        likes: 3,
        text: 'Que final! Leí la última línea dos veces y fui a contar las naranjas de mi cocina.',
        replies: [{ by: 'lucia', after: 3, langs: ['es'], text: '¿Y? ¿Cuántas?', likes: 2 }],
      },
      {
        by: 'ruth',
        after: 20,
        text: 'My Spanish is slow and this deserved it. One question: does he have to say "tiene hambre"? The closed notebook had told me already.',
        replies: [
          {
            by: 'lucia',
            after: 8,
            likes: 1,
            text: 'I think he has to say it so that the child can ask "who?". But you are right that he says it for me more than for her. Let me try it with him saying nothing.',
          },
        ],
      },
    ],
  },
  {
    by: 'samir',
    kind: 'story',
    days: 24.2,
    title: 'رسالة إلى البحر',
    tags: ['قصة', 'بحر'],
    langs: ['ar'],
    feedback: 'none',
    likes: 3,
    text: `كان جدّي يكتب إلى البحر رسالةً كلّ جمعة، ويعود بها في جيبه.

سألته مرّة: لماذا لا ترميها؟

قال: البحر لا يقرأ المبلول.

فصرنا نجلس على الصخرة نفسها، هو يقرأ بصوتٍ خافت وأنا أعدّ السفن، حتى إذا انتهى طوى الورقة بعناية، ونفض الملح عن ركبتيه، وقال: وصلت.

بعد موته وجدتُ الرسائل كلّها في علبة الشاي. كانت بيضاء.`,
    replies: [
      {
        by: 'lucia',
        after: 12,
        likes: 2,
        text: 'I asked a neighbour to read it to me, and she read it twice, the second time only for herself.',
      },
    ],
  },
  {
    by: 'jonas',
    kind: 'story',
    days: 6.5,
    title: 'What the River Kept',
    summary: 'A search party, the third morning.',
    tags: ['fiction'],
    feedback: 'critique',
    warning: 'graphic-media',
    likes: 1,
    text: `By the third morning we had stopped calling his name.

Nobody had decided it. On the first day we shouted until there was blood in it; on the second we took turns. On the third we walked in a line through the reeds, an arm's length apart, and the only sound was forty pairs of boots being pulled out of the mud and put back.

Per was on my left. He had a thermos, and each time we stopped he unscrewed the cup, poured, and handed it to me first, though he was the older. He had done this since school.

It was the dog that sat down. She did not bark. She sat, and looked not at the water but back at us, along the whole line, with an expression that I have since seen on nurses.

"No," said Per, quite conversationally, and put the cup back on the thermos, and screwed it tight, and went on screwing it.

It was his coat. We could all see that it was his coat. We stood there, an arm's length apart, holding the line, as if the line were the thing that we had come for.`,
    replies: [
      {
        by: 'ruth',
        after: 3,
        likes: 3,
        text: '"Went on screwing it." Yes.\n\nCritique: "an expression that I have since seen on nurses" made me, a nurse for thirty-one years, sit down. Keep it. But the next sentence now has to be plainer than it is. Cut "quite conversationally".',
        replies: [
          {
            by: 'jonas',
            after: 2,
            text: 'Cut. Thank you. And thank you for putting up with the warning being so broad; there was none for "grief".',
          },
        ],
      },
    ],
  },
];
