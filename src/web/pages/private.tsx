// All that a visitor is told of a private space.
import type { Guest } from '../../auth/guest.ts';
import type { PrivateFront } from '../../domain/model.ts';
import { say } from '../messages.ts';
import { WhoIsHere } from '../parts/form.tsx';
import { Frame } from '../parts/frame.tsx';
import { Paragraphs } from '../parts/paragraphs.tsx';
import { frontName, type Instance } from '../site.ts';

interface PrivateProps {
  front: PrivateFront;
  instance: Instance;
  guest: Guest;
}

export const PrivatePage = ({ front, instance, guest }: PrivateProps) => (
  <Frame
    name={frontName(front)}
    isHome
    search={null}
    you={<WhoIsHere guest={guest} here="/" />}
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
