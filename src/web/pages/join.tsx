// Joining and leaving: what it does, and what it cannot do.
import { say } from '../messages.ts';
import { Alert, Form } from '../parts/form.tsx';
import { type Site, spaceName } from '../site.ts';

interface Props {
  site: Site;
  alert: string | null;
}

export function JoinText({ site: { space, guest, standing }, alert }: Props) {
  const isOpen = space.joinPolicy === 'open' || standing?.admitted === true;
  return (
    <div class="reading narrow">
      <h1 dir="auto">{say.joinName(spaceName(space))}</h1>
      {alert && <Alert>{alert}</Alert>}
      <p>{standing?.joined ? (standing.admitted ? say.isMember : say.hasAsked) : say.joining[space.joinPolicy]}</p>
      {!standing?.joined && standing?.admitted && <p>{say.isWanted}</p>}
      <p>{say.joinPublic}</p>
      <p>{say.joinRemoval}</p>
      <p>{say.joinPosts}</p>
      {!guest.viewer && isOpen && (
        <p>
          <a class="button" href="/login?next=/join">
            {say.signInToJoin}
          </a>
        </p>
      )}
      {standing && !standing.joined && isOpen && (
        <Form action="/join" token={guest.token}>
          <button type="submit">{say.join}</button>
        </Form>
      )}
      {standing?.joined && (
        <p>
          <a href="/leave">{say.leaveHere}</a>
        </p>
      )}
      {!isOpen && !standing?.joined && <p class="hint">{say.joinClosed}</p>}
    </div>
  );
}

export const LeaveText = ({ site: { space, guest }, alert }: Props) => (
  <div class="reading narrow">
    <h1 dir="auto">{say.leaveName(spaceName(space))}</h1>
    {alert && <Alert>{alert}</Alert>}
    <p>{say.leaveText}</p>
    <p>{say.joinRemoval}</p>
    <Form action="/leave" token={guest.token} class="acts">
      <button type="submit">{say.leave}</button> <a href="/join">{say.stay}</a>
    </Form>
  </div>
);
