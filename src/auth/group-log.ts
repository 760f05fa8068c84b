// What was done for a group, and who caused it: an append-only log. A line is there before the group's server is asked.

import type { GroupDeed } from '../domain/group-deed.ts';
import type { NotWritten } from '../ports/accounts.ts';
import type { Clock } from '../ports/clock.ts';
import type { GroupLog, GroupLogQuery } from '../ports/groups.ts';
import type { Shelf } from './sign-ins.ts';

const LINE = 'log ';
const COUNT = 'count';
const PAGE = 50;
const LOOKED_AT = 2_000;

export class DeedLog {
  private readonly shelf: Shelf;
  private readonly clock: Clock;

  constructor({ shelf, clock }: { shelf: Shelf; clock: Clock }) {
    this.shelf = shelf;
    this.clock = clock;
  }

  note(deed: Omit<GroupDeed, 'at' | 'about' | 'what' | 'outcome'> & Partial<GroupDeed>): void {
    this.add({ at: this.clock.now(), about: null, what: [], outcome: 'done', ...deed });
  }

  /** Around what the group's server is asked: should the object end meanwhile, the line says that it was begun. */
  async during<T extends object>(
    deed: Omit<GroupDeed, 'at' | 'outcome'>,
    work: () => Promise<T | NotWritten>,
  ): Promise<T | NotWritten> {
    const begun: GroupDeed = { at: this.clock.now(), outcome: 'begun', ...deed };
    const key = this.add(begun);
    const answer = await work();
    const failure = 'failed' in answer ? (answer as NotWritten) : null;
    const outcome = failure ? `${failure.failed}: ${failure.message}` : 'done';
    this.shelf.put<GroupDeed>(key, { ...begun, outcome });
    return answer;
  }

  /** A page may hold fewer than `limit`: only so many lines are looked at for it. */
  page({ before = this.count, deed, of, limit = PAGE }: GroupLogQuery): GroupLog {
    const deeds: GroupDeed[] = [];
    let end = Math.max(0, Math.min(before, this.count));
    const last = Math.max(0, end - LOOKED_AT);
    while (end > last && deeds.length < limit) {
      const start = Math.max(last, end - PAGE);
      const lines = [...this.shelf.list<GroupDeed>({ start: keyOf(start), end: keyOf(end) })].reverse();
      for (const [, line] of lines) {
        if (deeds.length === limit) break;
        end--;
        const isWanted = of === undefined || line.by === of || line.about === of;
        if (isWanted && (deed === undefined || line.deed === deed)) deeds.push(line);
      }
    }
    return { deeds, next: end === 0 ? null : end };
  }

  private get count(): number {
    return this.shelf.get<number>(COUNT) ?? 0;
  }

  private add(deed: GroupDeed): string {
    const { count } = this;
    this.shelf.put<GroupDeed>(keyOf(count), deed);
    this.shelf.put(COUNT, count + 1);
    return keyOf(count);
  }
}

const keyOf = (index: number): string => LINE + String(index).padStart(12, '0');
