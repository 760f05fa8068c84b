// Following a space without joining it: a record in one's own repository, which gives no rights.
import { NSID } from '../domain/collections.ts';
import { beginRecord } from '../domain/compose.ts';
import { type Outcome, type OwnDeps, type Writer, writeOwn } from './own.ts';

export function follow(writer: Writer, deps: OwnDeps): Promise<Outcome> {
  const { did: space } = writer.space;
  const record = beginRecord(NSID.subscription, space, new Date(deps.clock.now()).toISOString());
  const act = { act: 'put' as const, collection: NSID.subscription, rkey: space, record };
  return writeOwn(writer, { do: 'subscribe' }, act, deps);
}

export const unfollow = (writer: Writer, deps: OwnDeps): Promise<Outcome> =>
  writeOwn(
    writer,
    { do: 'unsubscribe' },
    { act: 'delete', collection: NSID.subscription, rkey: writer.space.did },
    deps,
  );
