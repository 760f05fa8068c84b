// The object of what the instance keeps while people sign in, and of its clients' keys.
import { DurableObject } from 'cloudflare:workers';
import type { SignIns as Service } from '../src/auth/sign-ins.ts';
import type { Did } from '../src/domain/model.ts';
import type { Quota } from '../src/domain/quota.ts';
import type { Attempt, ClientKey, SignInsPort } from '../src/ports/sign-ins.ts';
import type { Env } from './wire.ts';
import { wireSignIns } from './wire-members.ts';

export class SignIns extends DurableObject<Env> implements SignInsPort {
  private readonly service: Service;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.service = wireSignIns(ctx.storage, env);
  }

  keys(): Promise<ClientKey[]> {
    return this.service.keys();
  }

  keep(name: string, sealed: string, ms: number): Promise<void> {
    return this.service.keep(name, sealed, ms);
  }

  take(name: string): Promise<string | null> {
    return this.service.take(name);
  }

  remember(client: string): Promise<void> {
    return this.service.remember(client);
  }

  isRemembered(client: string): Promise<boolean> {
    return this.service.isRemembered(client);
  }

  addGroup(group: Did): Promise<void> {
    return this.service.addGroup(group);
  }

  dropGroup(group: Did): Promise<void> {
    return this.service.dropGroup(group);
  }

  groups(): Promise<Did[]> {
    return this.service.groups();
  }

  tries(address: string, what: Attempt): Promise<Quota> {
    return this.service.tries(address, what);
  }
}
