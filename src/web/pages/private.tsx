// All that a visitor is told of a private space.
import type { PrivateFront } from '../../domain/model.ts';
import { say } from '../messages.ts';
import { Frame } from '../parts/frame.tsx';
import { Paragraphs } from '../parts/paragraphs.tsx';
import { frontName, type Instance } from '../site.ts';

export const PrivatePage = ({ front, instance }: { front: PrivateFront; instance: Instance }) => (
  <Frame
    name={frontName(front)}
    isHome
    search={null}
    foot={
      <p>
        <a href={instance.origin}>{say.onInstance(instance.host)}</a>
      </p>
    }
  >
    <div class="reading">
      <Paragraphs text={front.description} lang={undefined} />
      <h2>{say.joinHeading}</h2>
      <p>{say.joining[front.joinPolicy]}</p>
      <p class="note">{say.privateText}</p>
    </div>
  </Frame>
);
