// Whether the author's signature was checked, with the evidence, and the wish to have it checked now.
import type { Evidence, Proof } from '../../domain/model.ts';
import { say } from '../messages.ts';
import { Moment } from './time.tsx';

/** The parameter of a page that asks for a proof. */
export const VERIFY = 'verify';

export function Verified({ evidence, asked }: { evidence: Evidence | null; asked: boolean }) {
  const proof = evidence?.proof ?? null;
  return (
    <details class="proof" id="proof" open={asked}>
      <summary>{proof ? say.verified : say.notVerified}</summary>
      <p>{proof ? say.verifiedText : say.notVerifiedText}</p>
      {evidence && proof && <Facts evidence={evidence} proof={proof} />}
      {evidence?.why && <p>{say.couldNotVerify(evidence.why)}</p>}
      {asked && !evidence && <p>{say.verifyLater}</p>}
      <form action="#proof">
        <button type="submit" name={VERIFY} value="1">
          {evidence ? say.verifyAgain : say.verifyNow}
        </button>
      </form>
    </details>
  );
}

const Facts = ({ evidence, proof }: { evidence: Evidence; proof: Proof }) => (
  <dl>
    <dt>{say.checkedAt}</dt>
    <dd>
      <Moment at={evidence.checkedAt} />
    </dd>
    {[
      [say.recordVersion, evidence.cid],
      [say.signedCommit, proof.commit],
      [say.revision, proof.rev],
      [say.signingKey, proof.signingKey],
      [say.authorsServer, proof.pds],
    ].map(([name, value]) => (
      <>
        <dt>{name}</dt>
        <dd>
          <code>{value}</code>
        </dd>
      </>
    ))}
  </dl>
);
