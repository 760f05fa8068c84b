// The object of who may found spaces, and of what founders have decided so far.
import { DurableObject } from 'cloudflare:workers';
import type { Foundings as Service } from '../src/auth/foundings.ts';
import type { Founder, Founding, Picture, PictureName } from '../src/domain/founding.ts';
import type { Did } from '../src/domain/model.ts';
import type { FoundingChange, FoundingsPort } from '../src/ports/foundings.ts';
import type { Env } from './wire.ts';
import { wireFoundings } from './wire-members.ts';

export class Foundings extends DurableObject<Env> implements FoundingsPort {
  private readonly service: Service;
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.service = wireFoundings(ctx.storage);
  }

  keepPicture(did: Did, name: PictureName, picture: Picture | null): Promise<void> {
    return this.service.keepPicture(did, name, picture);
  }

  picture(did: Did, name: PictureName): Promise<Picture | null> {
    return this.service.picture(did, name);
  }

  newCode(): ReturnType<FoundingsPort['newCode']> {
    return this.service.newCode();
  }

  approve(did: Did, isApproved: boolean): Promise<boolean> {
    return this.service.approve(did, isApproved);
  }

  approved(): Promise<Did[]> {
    return this.service.approved();
  }

  founder(did: Did): Promise<Founder> {
    return this.service.founder(did);
  }

  begin(did: Did, code: string | null): Promise<Founding | null> {
    return this.service.begin(did, code);
  }

  change(did: Did, change: FoundingChange): ReturnType<FoundingsPort['change']> {
    return this.service.change(did, change);
  }

  mayMake(did: Did): Promise<boolean> {
    return this.service.mayMake(did);
  }

  end(did: Did, isOpen: boolean): Promise<void> {
    return this.service.end(did, isOpen);
  }

  prune(): Promise<Founding[]> {
    return this.service.prune();
  }
}
