// All that is held about the one who looks, and the ways to take it along or away.

import type { HoldingName } from '../../actions/holdings.ts';
import type { Guest } from '../../auth/guest.ts';
import type { RecordCount } from '../../db/queries/holdings.ts';
import type { Did, JsonObject } from '../../domain/model.ts';
import { say } from '../messages.ts';
import { Alert, Form } from '../parts/form.tsx';

export const DATA = '/account/data';

export interface DataProps {
  token: Guest['token'];
  counts: RecordCount[];
  held: { name: HoldingName; entries: JsonObject[] }[];
  /** What spaces are called that may be known of. */
  names: ReadonlyMap<Did, string>;
}

export const DataText = ({ token, counts, held, names }: DataProps) => (
  <div class="reading narrow">
    <h1>{say.yourData}</h1>
    <p>{say.yourDataText}</p>
    <h2>{say.heldRecords}</h2>
    {counts.length === 0 && <p>{say.noRecords}</p>}
    <ul class="rows">
      {counts.map(({ space, collection, count }) => (
        <li>
          <span>
            <bdi>{names.get(space) ?? space}</bdi>
            <br />
            <span class="hint">{collection}</span>
          </span>
          <span>{say.recordCount(count)}</span>
        </li>
      ))}
    </ul>
    <h2>{say.heldElse}</h2>
    <ul class="rows">
      {held
        .filter(({ entries }) => entries.length > 0)
        .map(({ name, entries }) => (
          <li>
            <details>
              <summary>
                {say.holding(name)} <span class="hint">{say.entries(entries.length)}</span>
              </summary>
              <pre tabindex={0}>{JSON.stringify(entries.slice(0, SHOWN), null, 2)}</pre>
            </details>
          </li>
        ))}
    </ul>
    <Form action={`${DATA}/export`} token={token} class="fields">
      <p class="hint">{say.exportText}</p>
      <p>
        <button type="submit">{say.exportData}</button>
      </p>
    </Form>
    <p>
      <a href={`${DATA}/erase`}>{say.eraseData}</a>
    </p>
  </div>
);

/** The archive has them all. */
const SHOWN = 100;

export const EraseText = ({ token, alert }: { token: Guest['token']; alert: string | null }) => (
  <div class="reading narrow">
    <h1>{say.eraseTitle}</h1>
    {alert && <Alert>{alert}</Alert>}
    <p>{say.eraseText}</p>
    <p>{say.eraseUntil}</p>
    <h2>{say.eraseKept}</h2>
    <ul>
      {say.eraseKeeps.map((one) => (
        <li>{one}</li>
      ))}
    </ul>
    <Form action={`${DATA}/erase`} token={token} class="fields">
      <p>
        <input type="checkbox" id="sure" name="sure" value="1" required /> <label for="sure">{say.eraseSure}</label>
      </p>
      <p class="acts">
        <button type="submit">{say.eraseNow}</button>
        <a href={DATA}>{say.keep}</a>
      </p>
    </Form>
  </div>
);

export const ErasedText = () => (
  <div class="reading narrow">
    <h1>{say.erased}</h1>
    <p>{say.erasedText}</p>
  </div>
);
