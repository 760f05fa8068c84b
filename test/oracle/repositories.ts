/**
 * The accounts' signed repositories, as far as what is in them gives power: all that was told of it, less what went with a deleted
 * account. Of the rest there is nothing: it is believed without proof.
 */
import { givesPower } from '../../src/domain/collections.ts';
import type { RecordEvent } from '../../src/domain/event.ts';
import type { Did } from '../../src/domain/model.ts';
import { isRefused } from '../model/soundness.ts';
import { tidMicros } from '../model/tid.ts';
import { SignedRepository } from '../support/signed-repository.ts';

interface Account {
  repository: SignedRepository | null;
  /** Something was told since it was last signed, which is done when somebody asks. */
  isUnsigned: boolean;
  head: string;
  erasedBefore: string;
  /** The last that was told of each record, by its path. */
  readonly last: Map<string, RecordEvent>;
  /** One at a time writes or reads. */
  work: Promise<unknown>;
}

export class Repositories {
  private readonly accounts = new Map<Did, Account>();

  /** The stream is about to tell these, or a reader has seen them. */
  async tell(events: RecordEvent[]): Promise<void> {
    const real = events.filter(({ rev }) => (tidMicros(rev) ?? Number.POSITIVE_INFINITY) / 1000 < Date.now());
    for (const [did, told] of Map.groupBy(real, (event) => event.did)) {
      const account = this.account(did);
      for (const event of told) note(account, event);
      if (account.last.size > 0) account.repository ??= await SignedRepository.create(did);
    }
  }

  /** What was written before is gone with the account. */
  erase(did: Did, before: string): void {
    const account = this.account(did);
    if (before > account.erasedBefore) account.erasedBefore = before;
    account.isUnsigned = true;
  }

  /** Null where there is no such repository. */
  async car(did: Did, collection: string, rkey: string): Promise<Uint8Array | null> {
    const account = this.account(did);
    return this.queue(account, async () => {
      const { repository } = account;
      if (repository && account.isUnsigned) await write(repository, account);
      return (await repository?.car(collection, rkey)) ?? null;
    });
  }

  keyOf = (did: Did): string | null => this.accounts.get(did)?.repository?.key.did() ?? null;

  /** The last rev; null where there is no repository. */
  headOf(did: Did): string | null {
    const account = this.accounts.get(did);
    return account?.repository ? account.head : null;
  }

  private account(did: Did): Account {
    const known = this.accounts.get(did);
    if (known) return known;
    const made = {
      repository: null,
      isUnsigned: false,
      head: '',
      erasedBefore: '',
      last: new Map(),
      work: Promise.resolve(),
    };
    this.accounts.set(did, made);
    return made;
  }

  /** Between two writes of one change a repository is as it never was. */
  private queue<T>(account: Account, work: () => Promise<T>): Promise<T> {
    const done = account.work.then(work);
    account.work = done.catch(() => undefined);
    return done;
  }
}

function note(account: Account, event: RecordEvent): void {
  const { collection, rkey, rev, snapshot } = event;
  account.isUnsigned = true;
  if (rev > account.head) account.head = rev;
  if (!givesPower(collection)) return;
  const path = `${collection}/${rkey}`;
  const known = account.last.get(path);
  const isLater = !known || rev > known.rev || (rev === known.rev && known.snapshot && !snapshot);
  // Anyone may have in their repository what nobody admits; it takes no sound version's place.
  const [isSound, wasSound] = [event, known].map((one) => one !== undefined && !isRefused(one, Date.now()));
  if (known === undefined || (isSound && (!wasSound || isLater))) account.last.set(path, event);
}

async function write(repository: SignedRepository, account: Account): Promise<void> {
  const { erasedBefore, head, last } = account;
  account.isUnsigned = false;
  for (const { collection, rkey, rev, record, cid } of [...last.values()]) {
    const stands = rev < erasedBefore ? null : record;
    const held = await repository.cidOf(collection, rkey);
    if (stands && held !== cid) await repository.put(collection, rkey, stands);
    else if (!stands && held !== null) await repository.remove(collection, rkey);
  }
  await repository.resign(head);
}
