/** Events in few words, for the message of a test that failed. */
import type { StreamEvent } from '../../src/domain/event.ts';
import { OURS } from './soundness.ts';

const short = (text: string): string =>
  text.replaceAll(OURS, '').replaceAll(/did:plc:([a-z2-7]*?)a+(?=["/ ]|$)/g, '$1');

export function narrate(batches: readonly (readonly StreamEvent[])[]): string {
  return batches.map((batch, number) => [`batch ${number + 1}`, ...batch.map(tell)].join('\n  ')).join('\n');
}

function tell(event: StreamEvent): string {
  if (event.kind === 'identity') return short(`${event.did} identity`);
  if (event.kind === 'account') return short(`${event.did} is ${event.status} at ${event.at}`);
  if (event.kind === 'sync') return short(`${event.did} sync`);
  const { did, operation, snapshot, collection, rkey, rev, record } = event;
  const said =
    record === null
      ? ''
      : JSON.stringify(record, (name, value) => (name === '$type' || name === 'text' ? undefined : value));
  return short(`${did} ${snapshot ? 'snapshot ' : ''}${operation} ${collection}/${rkey} at ${rev} ${said}`);
}
