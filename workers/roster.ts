// The part of the indexer's object that keeps who comes and goes.
import { DurableObject } from 'cloudflare:workers';
import type { RosterOrder } from '../src/domain/admission.ts';
import type { StaffChange } from '../src/domain/lockout.ts';
import type { Did } from '../src/domain/model.ts';
import type { Refusal } from '../src/domain/outcome.ts';
import type { IndexerPort } from '../src/ports/indexer.ts';
import type { Env } from './wire.ts';

export abstract class RosterObject extends DurableObject<Env> {
  protected abstract readonly service: Pick<IndexerPort, 'roster' | 'spare'>;

  roster(order: RosterOrder): Promise<boolean> {
    return this.service.roster(order);
  }

  spare(space: Did, change: StaffChange): Promise<Refusal | null> {
    return this.service.spare(space, change);
  }
}
