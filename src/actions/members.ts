// A member's own half of a membership: a record in their own repository.
import { NSID } from '../domain/collections.ts';
import { beginRecord } from '../domain/compose.ts';
import { type Outcome, type OwnDeps, type Writer, writeOwn } from './own.ts';

export function join(writer: Writer, deps: OwnDeps): Promise<Outcome> {
  const { did: space } = writer.space;
  const record = beginRecord(NSID.join, space, new Date(deps.clock.now()).toISOString());
  return writeOwn(writer, { do: 'join' }, { act: 'put', collection: NSID.join, rkey: space, record }, deps);
}

export const leave = (writer: Writer, deps: OwnDeps): Promise<Outcome> =>
  writeOwn(writer, { do: 'leave' }, { act: 'delete', collection: NSID.join, rkey: writer.space.did }, deps);
