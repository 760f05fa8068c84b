// How far the instance, or a space of it, is with following the network: in words.
import type { Backfill, Gap, Status } from '../../domain/status.ts';
import { isDrained } from '../../domain/stream.ts';
import { say } from '../messages.ts';
import { Ago, Moment } from '../parts/time.tsx';

export const StatusText = ({ status, now }: { status: Status; now: number }) => (
  <div class="reading prose">
    <h1>{say.status}</h1>
    <Stream status={status} now={now} />
    <Reading backfill={status.backfill} />
    <h2>{say.gaps}</h2>
    {status.gaps.length === 0 ? <p>{say.noGaps}</p> : <ul>{status.gaps.map(GapLine)}</ul>}
    {status.drops.length > 0 && (
      <>
        <h2>{say.refusedRecords}</h2>
        <ul>
          {status.drops.map(({ reason, count }) => (
            <li>{say.refusedFor(reason, count)}</li>
          ))}
        </ul>
      </>
    )}
  </div>
);

function Stream({ status: { stream }, now }: { status: Status; now: number }) {
  if (stream.cursorUs === null) return <p>{say.notFollowedYet}</p>;
  if (isDrained(stream, now)) return <p>{say.upToDate}</p>;
  return (
    <p>
      {say.followedUntil} <Ago at={stream.cursorUs / 1000} now={now} />
    </p>
  );
}

function Reading({
  backfill: { known, waiting, done, failed, gone, records, repaired, searching, hosts },
}: {
  backfill: Backfill;
}) {
  return (
    <>
      <h2>{say.reading}</h2>
      {known > 0 && (
        <p>
          <progress max={known} value={known - waiting} aria-label={say.reading} /> {say.readOf(known - waiting, known)}
        </p>
      )}
      <p>{searching || waiting > 0 ? say.stillReading : say.allRead}</p>
      <ul>
        <li>{say.readRepos(done)}</li>
        <li>{say.readRecords(records)}</li>
        {repaired > 0 && <li>{say.repairedRecords(repaired)}</li>}
        {gone > 0 && <li>{say.goneRepos(gone)}</li>}
        {failed > 0 && <li>{say.failedRepos(failed)}</li>}
      </ul>
      {hosts.length > 0 && (
        <ul>
          {hosts.map(({ host, waiting: left, error }) => (
            <li dir="auto">
              {host}: {say.waitingThere(left)}
              {error !== null && ` (${error})`}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const GapLine = ({ fromUs, toUs, closedAt, fillingAt }: Gap) => (
  <li>
    <Moment at={fromUs / 1000} /> – <Moment at={toUs / 1000} />:{' '}
    {closedAt !== null ? say.gapFilled : fillingAt !== null ? say.gapFilling : say.gapOpen}
  </li>
);
