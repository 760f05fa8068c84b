// Whose repository is read next: several at once, and of one server no more than is polite.
import type { RepoToRead } from '../db/backfill.ts';

/** Questions at one server at the same time. */
const PER_HOST = 3;

export class Turns {
  private readonly left: RepoToRead[];
  private readonly isBusy: (host: string) => boolean;
  private readonly asked = new Map<string, number>();
  /** Where those are read whose turn it is. */
  private readonly at = new Map<RepoToRead, string>();
  private readonly waiting: (() => void)[] = [];

  /** `isBusy`: servers that asked to be left alone. */
  constructor(due: RepoToRead[], isBusy: (host: string) => boolean) {
    this.left = [...due];
    this.isBusy = isBusy;
  }

  /** The first whose server, as far as it is known, has time for it. */
  next(): RepoToRead | undefined {
    const free = ({ host }: RepoToRead): boolean => host === null || (!this.isBusy(host) && this.hasRoom(host));
    const index = this.left.findIndex(free);
    const [repo] = index < 0 ? [] : this.left.splice(index, 1);
    if (repo?.host != null) this.enter(repo, repo.host);
    return repo;
  }

  /** Where it lives has been found out. Resolves when that server has time. */
  async arrive(repo: RepoToRead, host: string): Promise<void> {
    if (this.at.get(repo) === host) return;
    this.leave(repo);
    while (!this.hasRoom(host)) await new Promise<void>((free) => this.waiting.push(free));
    this.enter(repo, host);
  }

  done(repo: RepoToRead): void {
    this.leave(repo);
  }

  private hasRoom(host: string): boolean {
    return (this.asked.get(host) ?? 0) < PER_HOST;
  }

  private enter(repo: RepoToRead, host: string): void {
    this.at.set(repo, host);
    this.asked.set(host, (this.asked.get(host) ?? 0) + 1);
  }

  private leave(repo: RepoToRead): void {
    const host = this.at.get(repo);
    if (host === undefined) return;
    this.at.delete(repo);
    this.asked.set(host, (this.asked.get(host) ?? 0) - 1);
    for (const free of this.waiting.splice(0)) free();
  }
}
