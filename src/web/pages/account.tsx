// One's own account: as whom this browser is signed in, and where else one is.
import type { Guest } from '../../auth/guest.ts';
import type { Viewer } from '../../domain/viewer.ts';
import type { SignIn } from '../../ports/accounts.ts';
import type { MySpace } from '../../reads/index.ts';
import { say } from '../messages.ts';
import { Form } from '../parts/form.tsx';
import { Ago } from '../parts/time.tsx';
import { authorName } from '../site.ts';

export interface AccountProps {
  guest: Guest;
  /** All accounts of this browser, the one in use first. */
  accounts: Viewer[];
  signIns: SignIn[];
  spaces: MySpace[];
  /** Address of a space's site. */
  siteOf(space: MySpace['space']): string | null;
  now: number;
}

export const AccountText = ({ guest, accounts, signIns, spaces, siteOf, now }: AccountProps) => (
  <div class="reading narrow">
    <h1>{say.yourAccount}</h1>
    <h2 id="accounts">{say.accounts}</h2>
    <ul class="rows" aria-labelledby="accounts">
      {accounts.map((viewer, index) => (
        <li>
          <span>
            <strong>
              <bdi>{authorName(viewer)}</bdi>
            </strong>
            <br />
            <span class="hint">{viewer.did}</span>
          </span>
          {index === 0 ? (
            <span class="chip">{say.inUse}</span>
          ) : (
            <Form action="/account/use" token={guest.token} values={{ did: viewer.did }}>
              <button type="submit" class="quiet">
                {say.useThis(authorName(viewer))}
              </button>
            </Form>
          )}
        </li>
      ))}
    </ul>
    <p>
      <a href="/login?next=/account">{say.addAccount}</a>
    </p>
    <ul>
      <li>
        <a href="/notifications">{say.notifications}</a>
      </li>
      <li>
        <a href="/account/mutes">{say.mutes}</a>
      </li>
      <li>
        <a href="/account/data">{say.yourData}</a>
      </li>
    </ul>
    <h2 id="spaces">{say.yourSpaces}</h2>
    {spaces.length === 0 && <p class="empty">{say.noSpaces}</p>}
    <ul class="rows" aria-labelledby="spaces">
      {spaces.map(({ space, joined, admitted, followed }) => (
        <li>
          <a href={siteOf(space) ?? undefined} dir="auto">
            {space.displayName}
          </a>
          <span class="hint">
            {joined && (admitted ? say.joinedSpace : say.askedSpace)}
            {joined && followed && ', '}
            {followed && say.followedSpace}
          </span>
        </li>
      ))}
    </ul>
    <h2 id="where">{say.signedInWhere}</h2>
    <ul class="rows" aria-labelledby="where">
      {signIns.map(({ hosts, at, seenAt, isThis }) => (
        <li>
          <span>
            {isThis ? say.thisBrowser : say.otherBrowser}
            <br />
            <span class="hint">{hosts.join(', ')}</span>
          </span>
          <span class="hint">
            {say.since} <Ago at={at} now={now} />, {say.lastSeen} <Ago at={seenAt} now={now} />
          </span>
        </li>
      ))}
    </ul>
    <Form action="/logout" token={guest.token} class="fields">
      <p class="hint">{say.signOutText}</p>
      <p>
        <button type="submit">{say.signOut}</button>
      </p>
      <p class="hint">{say.signOutEverywhereText}</p>
      <p>
        <button type="submit" name="everywhere" value="1" class="quiet">
          {say.signOutEverywhere}
        </button>
      </p>
    </Form>
  </div>
);
