// Showing in one space what was written in another of this instance.
import { NSID } from '../domain/collections.ts';
import { crosspostRecord, type StrongRef } from '../domain/compose.ts';
import type { SpaceDetails } from '../domain/model.ts';
import { type Outcome, type OwnDeps, type Writer, writeOwn } from './own.ts';

export interface Sharing {
  subject: StrongRef;
  /** Where it was written. */
  from: Pick<SpaceDetails, 'visibility'>;
  note: string;
  lang: string;
}

/** `writer` as they are in the space where it is to be shown. */
export function crosspost(writer: Writer, { from, ...what }: Sharing, deps: OwnDeps): Promise<Outcome> {
  const record = crosspostRecord(writer.space.did, what, new Date(deps.clock.now()).toISOString());
  const act = { act: 'create' as const, collection: NSID.crosspost, record };
  return writeOwn(writer, { do: 'crosspost', from: from.visibility }, act, deps);
}
