// The group account: whether it is connected, and what was done for it.
import type { GroupDeed } from '../../ports/groups.ts';
import { say } from '../messages.ts';
import { Alert, Form } from '../parts/form.tsx';
import { Ago } from '../parts/time.tsx';
import type { Site } from '../site.ts';

export interface GroupProps {
  site: Site;
  isConnected: boolean;
  deeds: GroupDeed[];
  alert: string | null;
}

export const GroupText = ({ site: { guest, now }, isConnected, deeds, alert }: GroupProps) => (
  <div class="reading narrow">
    <h1>{say.groupAccount}</h1>
    {alert && <Alert>{alert}</Alert>}
    <p>{say.groupText}</p>
    <p>
      <strong>{isConnected ? say.isConnected : say.notConnected}</strong>
    </p>
    <p>{say.connectText}</p>
    <div class="acts">
      <Form action="/group/connect" token={guest.token}>
        <button type="submit">{isConnected ? say.connectAgain : say.connect}</button>
      </Form>
      {isConnected && (
        <Form action="/group/disconnect" token={guest.token}>
          <button type="submit" class="quiet">
            {say.disconnect}
          </button>
        </Form>
      )}
    </div>
    <h2 id="log">{say.groupLog}</h2>
    {deeds.length === 0 && <p class="empty">{say.noDeeds}</p>}
    <ol class="rows" aria-labelledby="log">
      {deeds.map(({ at, by, deed, about, outcome }) => (
        <li>
          <span>
            <a href={`/author/${about ?? by}`}>{about ?? by}</a> {say.deed(deed)}
            {outcome !== 'done' && <span class="hint"> {say.deedFailed(outcome)}</span>}
          </span>
          <span class="hint">
            <Ago at={at} now={now} />
          </span>
        </li>
      ))}
    </ol>
  </div>
);
