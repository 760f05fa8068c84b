// The indexer's object: it holds the stream's cursor, follows the stream, and is the only writer of the index.
import type { RecordEvent } from '../src/domain/event.ts';
import type { AtUri, Did } from '../src/domain/model.ts';
import type { IndexerService } from '../src/follow/indexer.ts';
import type { IndexerPort, NewSpace, OperatorOrder } from '../src/ports/indexer.ts';
import { RosterObject } from './roster.ts';
import { type Env, wireIndexer } from './wire.ts';

export class Indexer extends RosterObject implements IndexerPort {
  protected readonly service: IndexerService;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.service = wireIndexer(ctx.storage, env);
  }

  override alarm(): Promise<void> {
    return this.service.tick();
  }

  wake(): Promise<void> {
    return this.service.wake();
  }

  watch(): Promise<void> {
    return this.service.watch();
  }

  admit(events: RecordEvent[]): Promise<{ records: number; refused: number }> {
    return this.service.admit(events);
  }

  addSpace(space: NewSpace): Promise<void> {
    return this.service.addSpace(space);
  }

  removeSpace(did: Did): Promise<void> {
    return this.service.removeSpace(did);
  }

  operate(order: OperatorOrder): Promise<boolean> {
    return this.service.operate(order);
  }

  renewTop(...list: Parameters<IndexerPort['renewTop']>): Promise<void> {
    return this.service.renewTop(...list);
  }

  listen(space: Did): Promise<void> {
    return this.service.listen(space);
  }

  verify(uri: AtUri): Promise<boolean> {
    return this.service.verify(uri);
  }

  status(): ReturnType<IndexerService['status']> {
    return this.service.status();
  }
}
