// All that a visitor is told of a private space.
import type { Guest } from '../../auth/guest.ts';
import type { PrivateFront } from '../../domain/model.ts';
import type { Standing } from '../../domain/permission.ts';
import { say } from '../messages.ts';
import { WhoIsHere } from '../parts/form.tsx';
import { Frame } from '../parts/frame.tsx';
import { Paragraphs } from '../parts/paragraphs.tsx';
import { frontName, type Instance } from '../site.ts';

interface PrivateProps {
  front: PrivateFront;
  instance: Instance;
  guest: Guest;
  standing: Standing | null;
}

export const PrivatePage = ({ front, instance, guest, standing }: PrivateProps) => (
  <Frame
    name={frontName(front)}
    isHome
    search={null}
    you={<WhoIsHere guest={guest} here="/" hub={instance.origin} />}
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
      <p>
        <a href="/join">{standing?.joined ? say.hasAsked : say.join}</a>
      </p>
      <p class="note">{say.privateText}</p>
    </div>
  </Frame>
);
