// A group account's object: its session, what is done with it, and the log of that.
import { DurableObject } from 'cloudflare:workers';
import type { Group } from '../src/auth/group.ts';
import type { Did } from '../src/domain/model.ts';
import type { NewSession, NotWritten, RepoAct, Written } from '../src/ports/accounts.ts';
import type { GroupCause, GroupDeed, GroupsPort } from '../src/ports/groups.ts';
import type { Env } from './wire.ts';
import { wireGroup } from './wire-members.ts';

export class Groups extends DurableObject<Env> implements Omit<GroupsPort, 'connected'> {
  private readonly group: Group;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.group = wireGroup(ctx.storage, env);
  }

  async hold(group: Did, session: NewSession, by: Did): Promise<void> {
    this.group.hold(group, session, by);
  }

  release(_group: Did, by: Did): Promise<void> {
    return this.group.release(by);
  }

  async connectedBy(_group: Did): Promise<Did | null> {
    return this.group.connectedBy();
  }

  async isConnected(_group: Did): Promise<boolean> {
    return this.group.isConnected();
  }

  write(_group: Did, act: RepoAct, cause: GroupCause): Promise<Written | NotWritten> {
    return this.group.write(act, cause);
  }

  async welcomedUntil(_group: Did): Promise<number> {
    return this.group.welcomed;
  }

  async setWelcomed(_group: Did, seq: number): Promise<void> {
    this.group.welcomed = seq;
  }

  async log(_group: Did): Promise<GroupDeed[]> {
    return this.group.log();
  }
}
