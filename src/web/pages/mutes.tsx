// All that one mutes.
import type { Guest } from '../../auth/guest.ts';
import type { Page } from '../../domain/model.ts';
import { isThread, type Mute } from '../../domain/notices.ts';
import { say } from '../messages.ts';
import { MuteForm } from '../parts/mute.tsx';
import { Pager } from '../parts/pager.tsx';
import { authorName, authorPath, withQuery } from '../site.ts';

export interface MutedThread {
  uri: string;
  title: string;
  href: string;
}

export interface MutesProps {
  page: Page<Mute>;
  /** Those that show, by their URI. */
  threads: ReadonlyMap<string, MutedThread>;
  token: Guest['token'];
  /** Whether this host has pages of people. */
  hasPeople: boolean;
  isFirst: boolean;
}

const PATH = '/account/mutes';

export const MutesText = ({ page, token, isFirst, ...rest }: MutesProps) => (
  <div class="reading narrow">
    <h1>{say.mutes}</h1>
    <p class="hint">{say.mutesText}</p>
    {page.items.length === 0 && <p class="empty">{say.noMutes}</p>}
    <ul class="rows">
      {page.items.map((mute) => (
        <li>
          <Named mute={mute} {...rest} />
          <MuteForm subject={mute.subject} isMuted token={token} back={PATH} who={nameOf(mute, rest)} />
        </li>
      ))}
    </ul>
    <Pager
      next={page.cursor && withQuery(PATH, { cursor: page.cursor })}
      words={say.more}
      start={isFirst ? null : PATH}
    />
  </div>
);

type Known = Pick<MutesProps, 'threads' | 'hasPeople'>;

const nameOf = ({ subject, handle }: Mute, { threads }: Known): string =>
  isThread(subject) ? (threads.get(subject)?.title ?? say.aThread) : authorName({ did: subject, handle });

function Named({ mute, ...known }: { mute: Mute } & Known) {
  const { subject, handle } = mute;
  const name = <bdi>{nameOf(mute, known)}</bdi>;
  const href = isThread(subject)
    ? known.threads.get(subject)?.href
    : known.hasPeople
      ? authorPath({ did: subject, handle })
      : undefined;
  return (
    <span>
      {href ? <a href={href}>{name}</a> : name}
      <br />
      <span class="hint">{subject}</span>
    </span>
  );
}
