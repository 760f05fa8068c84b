// Showing in one space what was written in another of this instance.
import { NSID } from '../domain/collections.ts';
import { crosspostRecord, type StrongRef } from '../domain/compose.ts';
import type { SpaceDetails } from '../domain/model.ts';
import { type Before, type Outcome, type OwnDeps, type Writer, writeOnce } from './own.ts';

export interface Sharing {
  subject: StrongRef;
  /** Where it was written. */
  from: Pick<SpaceDetails, 'visibility'>;
  note: string;
  lang: string;
  /** Of the form that was sent. */
  rkey: string;
}

/** `writer` as they are in the space where it is to be shown. */
export function crosspost(writer: Writer, { from, rkey, ...what }: Sharing, deps: OwnDeps): Promise<Outcome | Before> {
  const record = crosspostRecord(writer.space.did, what, new Date(deps.clock.now()).toISOString());
  const deed = { do: 'crosspost' as const, from: from.visibility };
  return writeOnce(writer, deed, { collection: NSID.crosspost, rkey, record }, deps);
}
