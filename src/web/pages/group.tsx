// The group account: whether it is connected, and what was done for it.
import type { Connection, GroupDeed } from '../../ports/groups.ts';
import { say } from '../messages.ts';
import { Alert, Form } from '../parts/form.tsx';
import { Ago } from '../parts/time.tsx';
import type { Site } from '../site.ts';

export interface GroupProps {
  site: Site;
  connection: Connection;
  deeds: GroupDeed[];
  alert: string | null;
}

export const GroupText = ({ site, connection, deeds, alert }: GroupProps) => (
  <div class="reading narrow">
    <h1>{say.groupAccount}</h1>
    {alert && <Alert>{alert}</Alert>}
    <p>{say.groupText}</p>
    <HowItStands connection={connection} now={site.now} />
    <Connecting token={site.guest.token} connection={connection} />
    <h2 id="log">{say.groupLog}</h2>
    {deeds.length === 0 && <p class="empty">{say.noDeeds}</p>}
    <Deeds deeds={deeds} now={site.now} />
  </div>
);

const HowItStands = ({ connection: { isConnected, more, trouble }, now }: { connection: Connection; now: number }) => (
  <>
    <p>
      <strong>{statusOf(isConnected, more, trouble !== null)}</strong>
    </p>
    {trouble && (
      <p>
        {say.groupTroubledSince} <Ago at={trouble.since} now={now} />. {say.groupTroubledWhy(trouble.why)}
      </p>
    )}
  </>
);

function statusOf(isConnected: boolean, more: boolean, isTroubled: boolean): string {
  if (isTroubled) return isConnected ? say.groupTroubled : say.groupLost;
  if (!isConnected) return say.notConnected;
  return more ? say.isConnectedMore : say.isConnected;
}

const Connecting = ({ token, connection: { isConnected } }: { token: string | null; connection: Connection }) => (
  <>
    <p>{say.connectText}</p>
    <div class="acts">
      <Form action="/group/connect" token={token}>
        <button type="submit">{isConnected ? say.connectAgain : say.connect}</button>
      </Form>
      {isConnected && (
        <Form action="/group/disconnect" token={token}>
          <button type="submit" class="quiet">
            {say.disconnect}
          </button>
        </Form>
      )}
    </div>
    <p>{say.connectMoreText}</p>
    <Form action="/group/connect" token={token} values={{ more: 'yes' }}>
      <button type="submit" class="quiet">
        {say.connectMore}
      </button>
    </Form>
  </>
);

const Deeds = ({ deeds, now }: { deeds: GroupDeed[]; now: number }) => (
  <ol class="rows" aria-labelledby="log">
    {deeds.map(({ at, by, deed, about, what, outcome }) => (
      <li>
        <span>
          <a href={`/author/${about ?? by}`}>{about ?? by}</a> {say.deed(deed)}
          {what.length > 0 && <span class="hint"> {what.join(', ')}</span>}
          {outcome !== 'done' && (
            <span class="hint"> {outcome === 'begun' ? say.deedBegun : say.deedFailed(outcome)}</span>
          )}
        </span>
        <span class="hint">
          <Ago at={at} now={now} />
        </span>
      </li>
    ))}
  </ol>
);
