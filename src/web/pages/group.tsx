// The group account: whether it is connected, and what was done for it.
import type { Connection } from '../../ports/groups.ts';
import type { DeedItem } from '../../reads/index.ts';
import { say } from '../messages.ts';
import { Alert, Field, Form } from '../parts/form.tsx';
import { Ago } from '../parts/time.tsx';
import type { Site } from '../site.ts';
import { Deeds } from './group-log.tsx';

export interface GroupProps {
  site: Site;
  connection: Connection;
  deeds: DeedItem[];
  /** Whether its server knows no better way. */
  takesPassword: boolean;
  alert: string | null;
}

export const GroupText = ({ site, connection, deeds, takesPassword, alert }: GroupProps) => (
  <div class="reading narrow">
    <h1>{say.groupAccount}</h1>
    {alert && <Alert>{alert}</Alert>}
    <p>{say.groupText}</p>
    <HowItStands connection={connection} now={site.now} />
    {connection.by === 'password' && <p>{say.byPassword}</p>}
    {takesPassword ? (
      <ByPassword token={site.guest.token} />
    ) : (
      <Connecting token={site.guest.token} connection={connection} />
    )}
    <h2 id="log">{say.groupLog}</h2>
    <Deeds deeds={deeds} now={site.now} />
    <p>
      <a href="/group/log">{say.toLog}</a>
    </p>
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

const ByPassword = ({ token }: { token: string | null }) => (
  <Form action="/group/password" token={token} class="fields">
    <p>{say.passwordText}</p>
    <Field id="password" label={say.appPassword} hint={say.appPasswordHint}>
      <input
        id="password"
        name="password"
        type="password"
        autocomplete="off"
        required
        aria-describedby="password-hint"
      />
    </Field>
    <label class="tick">
      <input type="checkbox" name="more" value="yes" /> {say.connectMore}
    </label>
    <p class="hint">{say.connectMoreText}</p>
    <p class="acts">
      <button type="submit">{say.connect}</button>
    </p>
  </Form>
);

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
