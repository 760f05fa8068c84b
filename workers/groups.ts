// A group account's object: its session, what is done with it, and the log of that.
import { DurableObject } from 'cloudflare:workers';
import type { GroupsPort } from '../src/ports/groups.ts';
import type { Env } from './wire.ts';
import { wireGroup } from './wire-groups.ts';

type Given<K extends keyof GroupsPort> = Parameters<GroupsPort[K]>;
type Gives<K extends keyof GroupsPort> = ReturnType<GroupsPort[K]>;

export class Groups extends DurableObject<Env> implements Omit<GroupsPort, 'connected' | 'forget'> {
  private readonly group = wireGroup(this.ctx.storage, this.env);

  async hold(...given: Given<'hold'>): Gives<'hold'> {
    this.group.hold(...given);
  }

  release(...[, by]: Given<'release'>): Gives<'release'> {
    return this.group.release(by);
  }

  async connection(): Gives<'connection'> {
    return this.group.connection();
  }

  check(): Gives<'check'> {
    return this.group.check();
  }

  write(...given: Given<'write'>): Gives<'write'> {
    return this.group.write(...given);
  }

  apply(...given: Given<'apply'>): Gives<'apply'> {
    return this.group.apply(...given);
  }

  upload(...given: Given<'upload'>): Gives<'upload'> {
    return this.group.upload(...given);
  }

  token(...given: Given<'token'>): Gives<'token'> {
    return this.group.token(...given);
  }

  async welcomedUntil(): Gives<'welcomedUntil'> {
    return this.group.welcomed;
  }

  async setWelcomed(...[, seq]: Given<'setWelcomed'>): Gives<'setWelcomed'> {
    this.group.welcomed = seq;
  }

  async log(...[, query]: Given<'log'>): Gives<'log'> {
    return this.group.log(query);
  }
}
