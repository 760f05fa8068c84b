// What was done for the group, and who caused it.
import type { Page } from '../../domain/model.ts';
import type { DeedItem } from '../../reads/index.ts';
import { say } from '../messages.ts';
import { Pager } from '../parts/pager.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { Ago } from '../parts/time.tsx';
import { authorName, withQuery } from '../site.ts';

const LOG = '/group/log';

interface Props {
  page: Page<DeedItem>;
  deed: string | null;
  isFirst: boolean;
  now: number;
}

export const GroupLogText = ({ page: { items, cursor }, deed, isFirst, now }: Props) => (
  <div class="reading">
    <h1 id="log">{say.groupLog}</h1>
    <Tabs
      label={say.deedNav}
      tabs={[null, ...say.deedKinds].map((kind) => ({
        ...{ href: withQuery(LOG, { deed: kind }), words: kind === null ? say.allDeeds : say.deedKind(kind) },
        current: kind === deed,
      }))}
    />
    <Deeds deeds={items} now={now} />
    <Pager
      next={cursor && withQuery(LOG, { deed, cursor })}
      words={say.olderDeeds}
      start={isFirst ? null : withQuery(LOG, { deed })}
    />
  </div>
);

export const Deeds = ({ deeds, now }: { deeds: DeedItem[]; now: number }) =>
  deeds.length === 0 ? (
    <p class="empty">{say.noDeeds}</p>
  ) : (
    <ol class="rows" aria-labelledby="log">
      {deeds.map((deed) => (
        <li>
          <span>
            <Person who={deed.by} /> {deed.about?.did === deed.by.did ? say.ownDeed(deed.deed) : say.deed(deed.deed)}
            {deed.about && deed.about.did !== deed.by.did && (
              <>
                {' '}
                <Person who={deed.about} />
              </>
            )}
            <Details what={isTold(deed) ? [] : deed.what} outcome={deed.outcome} />
          </span>
          <span class="hint">
            <Ago at={deed.at} now={now} />
          </span>
        </li>
      ))}
    </ol>
  );

const Person = ({ who }: { who: DeedItem['by'] }) => (
  <a href={`/author/${who.handle ?? who.did}`}>
    <bdi>{authorName(who)}</bdi>
  </a>
);

const SHOWN = 5;

/** A membership is told by whom it is of. */
const isTold = ({ deed }: DeedItem): boolean => deed === 'admit' || deed === 'eject';

const Details = ({ what, outcome }: Pick<DeedItem, 'what' | 'outcome'>) => (
  <>
    {what.slice(0, SHOWN).map((one) => (
      <>
        <br />
        <span class="hint">{say.deedWhat(one)}</span>
      </>
    ))}
    {what.length > SHOWN && <span class="hint"> {say.deedMore(what.length - SHOWN)}</span>}
    {outcome !== 'done' && (
      <>
        <br />
        <strong>{outcome === 'begun' ? say.deedBegun : say.deedFailed(outcome)}</strong>
      </>
    )}
  </>
);
