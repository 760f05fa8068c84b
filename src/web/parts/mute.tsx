// A button that mutes, or takes it back.
import type { Guest } from '../../auth/guest.ts';
import { say } from '../messages.ts';

import { Form } from './form.tsx';

interface Props {
  /** A DID, or the URI of the post that a thread began with. */
  subject: string;
  isMuted: boolean;
  token: Guest['token'];
  /** Where to go on. */
  back: string;
  /** Of a person; null for a thread. */
  who: string | null;
}

export const MuteForm = ({ subject, isMuted, token, back, who }: Props) => (
  <Form action="/account/mutes" token={token} values={{ subject, back, undo: isMuted ? '1' : null }}>
    <button
      type="submit"
      class="plain"
      aria-label={who === null ? undefined : isMuted ? say.unmuteOf(who) : say.muteOf(who)}
    >
      {who === null ? (isMuted ? say.unmuteThread : say.muteThread) : isMuted ? say.unmuteAuthor : say.muteAuthor}
    </button>
  </Form>
);
