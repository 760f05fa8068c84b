// An account's object: its OAuth session, the browsers that use it, what it writes and what it has begun to write.
import { DurableObject } from 'cloudflare:workers';
import { DraftBox } from '../src/actions/draft-box.ts';
import type { Account } from '../src/auth/account.ts';
import { MEMBERS_COLLECTIONS } from '../src/auth/oauth/scopes.ts';
import { readRecord, uploadBlob, writeRecord } from '../src/auth/repository.ts';
import { isFirstUse } from '../src/cloudflare/tokens.ts';
import type { Did } from '../src/domain/model.ts';
import type { Quota } from '../src/domain/quota.ts';
import type { AccountsPort, Browser, NewSession, RepoAct } from '../src/ports/accounts.ts';
import type { DraftsOrder } from '../src/ports/drafts.ts';
import type { Env } from './wire.ts';
import { wireAccount } from './wire-members.ts';

export class Accounts extends DurableObject<Env> implements AccountsPort {
  private readonly account: Account;
  private readonly box: DraftBox;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.account = wireAccount(ctx.storage, env);
    this.box = new DraftBox(ctx.storage.kv);
  }

  async keep(did: Did, session: NewSession): Promise<void> {
    this.account.keep(did, session);
  }
  async admit(_did: Did, browser: Browser, more: { by?: string; replaces?: string }): Promise<boolean> {
    return this.account.admit(browser, more);
  }
  async visit(_did: Did, browser: Browser): Promise<{ handle: string | null } | null> {
    return this.account.visit(browser);
  }
  async signIns(_did: Did, browser: Browser): ReturnType<AccountsPort['signIns']> {
    return this.account.signIns(browser);
  }
  signOut(_did: Did, browser: Browser, everywhere: boolean): Promise<void> {
    return this.account.signOut(browser, everywhere);
  }
  async spend(_did: Did): Promise<Quota> {
    return this.account.spend();
  }
  write(_did: Did, browser: Browser, act: RepoAct): ReturnType<AccountsPort['write']> {
    return this.account.use(browser, (session) => writeRecord(session, act, MEMBERS_COLLECTIONS));
  }
  upload(_did: Did, browser: Browser, bytes: Uint8Array, type: string): ReturnType<AccountsPort['upload']> {
    return this.account.use(browser, (session) => uploadBlob(session, bytes, type));
  }
  read(_did: Did, browser: Browser, collection: string, rkey: string): ReturnType<AccountsPort['read']> {
    return this.account.use(browser, (session) => readRecord(session, collection, rkey));
  }
  async drafts(_did: Did, order: DraftsOrder): ReturnType<AccountsPort['drafts']> {
    return this.box.take(order);
  }
  async isFirstUse(_did: Did, token: string, expiresAt: number): Promise<boolean> {
    return isFirstUse(this.ctx.storage, token, expiresAt, Math.floor(Date.now() / 1000));
  }
}
