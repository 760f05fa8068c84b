// Joining and leaving: what it does, and what it cannot do.
import { type Admission, mayApplyAt } from '../../domain/admission.ts';
import type { Standing } from '../../domain/permission.ts';
import { say } from '../messages.ts';
import { Alert, Field, Form } from '../parts/form.tsx';
import { Ago, Moment } from '../parts/time.tsx';
import { joinPath, type Site, spaceName, withQuery } from '../site.ts';

/** The name of every answer's field, in the order of the questions. */
export const ANSWER = 'answer';

interface Props {
  site: Site;
  /** What the viewer asked and was offered; null where nobody is signed in. */
  admission: Admission | null;
  alert: string | null;
  /** Answers that were sent and not taken. */
  typed: string[] | null;
  /** What they wanted to write before they came here; null where they came by themselves. */
  next: string | null;
}

interface JoinProps extends Props {
  /** A moment ago. */
  hasLeft: boolean;
}

export function JoinText({ site, admission, alert, typed, next, hasLeft }: JoinProps) {
  const { space, guest, standing } = site;
  const isPrivate = space.roster === 'private';
  return (
    <div class="reading narrow">
      <h1 dir="auto">{say.joinName(spaceName(space))}</h1>
      {alert && <Alert>{alert}</Alert>}
      {hasLeft && !alert && <p role="status">{say.hasLeft}</p>}
      {standing?.banned ? (
        <BannedText banned={standing.banned} />
      ) : (
        <>
          {next && <p>{say.writersHere[space.policy.postPolicy]}</p>}
          <StandsText site={site} admission={admission} />
          <p>{isPrivate ? say.joinPrivate : say.joinPublic}</p>
          {!isPrivate && <p>{say.joinRemoval}</p>}
          <p>{say.joinPosts}</p>
          <Ways {...{ site, admission, typed, next }} />
        </>
      )}
      {!guest.viewer && space.joinPolicy !== 'invite' && (
        <p>
          <a class="button" href={withQuery('/login', { next: joinPath(next) })}>
            {say.signInToJoin}
          </a>
        </p>
      )}
      {standing?.joined && (
        <p class="acts">
          {standing.admitted && (
            <a class="button" href="/">
              {say.readAndWrite}
            </a>
          )}{' '}
          <a href="/leave">{say.leaveHere}</a>
        </p>
      )}
    </div>
  );
}

const BannedText = ({ banned }: { banned: NonNullable<Standing['banned']> }) => (
  <>
    <p>
      {say.isBanned} <Moment at={banned.until} />.
    </p>
    {banned.told !== '' && (
      <p>
        {say.reasonTold} <q>{banned.told}</q>
      </p>
    )}
  </>
);

function StandsText({ site: { space, standing, now }, admission }: Pick<Props, 'site' | 'admission'>) {
  const application = standing?.admitted ? null : (admission?.application ?? null);
  const again = mayApplyAt(application, now);
  if (application?.state === 'open') {
    return (
      <p>
        {say.askedAt} <Ago at={application.at} now={now} />.
      </p>
    );
  }
  if (application?.state === 'declined') {
    return (
      <p>
        {say.wasDeclined}{' '}
        {application.reason && (
          <>
            {say.reasonTold} <q>{application.reason}</q>{' '}
          </>
        )}
        {again !== null && (
          <>
            {say.againFrom} <Moment at={again} />.
          </>
        )}
      </p>
    );
  }
  if (standing?.admitted) {
    const wanted = admission?.invitation?.state === 'open' ? say.isInvited : say.isWanted;
    return <p>{standing.joined ? say.isMember : wanted}</p>;
  }
  return <p>{standing?.joined ? say.hasAsked : say.joining[space.joinPolicy]}</p>;
}

function Ways({ site, admission, typed, next }: Omit<Props, 'alert'>) {
  const { space, guest, standing, now } = site;
  if (!standing) return space.joinPolicy === 'invite' ? <p class="hint">{say.joinClosed}</p> : null;
  if (standing.admitted) {
    if (standing.joined) return null;
    return (
      <div class="acts">
        <Form action="/join" token={guest.token} values={{ next }}>
          <button type="submit">{say.join}</button>
        </Form>
        {admission?.invitation?.state === 'open' && (
          <Form action="/join/decline" token={guest.token}>
            <button type="submit" class="quiet">
              {say.declineInvitation}
            </button>
          </Form>
        )}
      </div>
    );
  }
  if (space.joinPolicy === 'invite') return standing.joined ? null : <p class="hint">{say.joinClosed}</p>;
  if (space.joinPolicy === 'open') {
    return (
      <Form action="/join" token={guest.token} values={{ next }}>
        <button type="submit">{standing.joined ? say.joinAgain : say.join}</button>
      </Form>
    );
  }
  return mayApplyAt(admission?.application ?? null, now) === null ? (
    <Questions {...{ site, admission, typed, next }} />
  ) : null;
}

function Questions({ site: { space, guest }, admission, typed, next }: Omit<Props, 'alert'>) {
  const application = admission?.application ?? null;
  const isOpen = application?.state === 'open';
  const before = (question: string): string =>
    application?.answers.find((answer) => answer.question === question)?.answer ?? '';
  return (
    <>
      <Form action="/join" token={guest.token} values={{ next }} class="fields">
        {space.joinQuestions.map(({ text, required }, index) => (
          <Field id={`answer-${index}`} label={required ? `${text} ${say.needed}` : text}>
            <textarea id={`answer-${index}`} name={ANSWER} rows={3} maxlength={2000} required={required} dir="auto">
              {typed?.[index] ?? before(text)}
            </textarea>
          </Field>
        ))}
        {space.joinQuestions.length > 0 && <p class="hint">{say.answersPrivate}</p>}
        {(!isOpen || space.joinQuestions.length > 0) && (
          <p>
            <button type="submit">{isOpen ? say.askAgain : say.ask}</button>
          </p>
        )}
      </Form>
      {isOpen && (
        <Form action="/join/withdraw" token={guest.token}>
          <button type="submit" class="quiet">
            {say.withdraw}
          </button>
        </Form>
      )}
    </>
  );
}

export const LeaveText = ({ site: { space, guest }, alert }: Pick<Props, 'site' | 'alert'>) => (
  <div class="reading narrow">
    <h1 dir="auto">{say.leaveName(spaceName(space))}</h1>
    {alert && <Alert>{alert}</Alert>}
    {space.roster === 'private' ? (
      <p>{say.leavePrivate}</p>
    ) : (
      <>
        <p>{say.leaveText}</p>
        <p>{say.leaveRemoval}</p>
      </>
    )}
    <Form action="/leave" token={guest.token} class="acts">
      <button type="submit">{say.leave}</button> <a href="/join">{say.stay}</a>
    </Form>
  </div>
);
