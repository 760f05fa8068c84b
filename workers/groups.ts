// A group account's object: its session, what is done with it, and the log of that.
import { DurableObject } from 'cloudflare:workers';
import type { Group } from '../src/auth/group.ts';
import type { GroupToken } from '../src/domain/group-acts.ts';
import type { Did } from '../src/domain/model.ts';
import type { NewSession, RepoAct } from '../src/ports/accounts.ts';
import type { GroupCause, GroupsPort, GroupWrites } from '../src/ports/groups.ts';
import type { Env } from './wire.ts';
import { wireGroup } from './wire-groups.ts';

export class Groups extends DurableObject<Env> implements Omit<GroupsPort, 'connected'> {
  private readonly group: Group;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.group = wireGroup(ctx.storage, env);
  }

  async hold(group: Did, session: NewSession, by: Did, more?: boolean): Promise<void> {
    this.group.hold(group, session, by, more);
  }

  release(_group: Did, by: Did): Promise<void> {
    return this.group.release(by);
  }

  async connection(): ReturnType<GroupsPort['connection']> {
    return this.group.connection();
  }

  check(): Promise<void> {
    return this.group.check();
  }

  write(group: Did, act: RepoAct, cause: GroupCause): ReturnType<GroupsPort['write']> {
    return this.group.write(group, act, cause);
  }

  apply(group: Did, writes: GroupWrites, by: Did): ReturnType<GroupsPort['apply']> {
    return this.group.apply(group, writes, by);
  }

  upload(group: Did, bytes: Uint8Array, type: string, by: Did): ReturnType<GroupsPort['upload']> {
    return this.group.upload(group, bytes, type, by);
  }

  token(group: Did, token: GroupToken, by: Did): ReturnType<GroupsPort['token']> {
    return this.group.token(group, token, by);
  }

  async welcomedUntil(): Promise<number> {
    return this.group.welcomed;
  }

  async setWelcomed(_group: Did, seq: number): Promise<void> {
    this.group.welcomed = seq;
  }

  async log(_group: Did, before?: number): ReturnType<GroupsPort['log']> {
    return this.group.log(before);
  }
}
