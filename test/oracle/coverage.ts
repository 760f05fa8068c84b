/** What a consumer must survive, and how often each of it really happened: FACTS.md's list, item by item. */
import type { StreamEvent } from '../../src/domain/event.ts';
import { OURS } from '../model/soundness.ts';
import { tidMicros } from '../model/tid.ts';
import type { Step } from './script.ts';

export const FAULTS = [
  ...['reconnect mid-batch', 'reset mid-batch', 'stalled connection', 'indexer ended', 'replayed and duplicate events'],
  ...['other order across authors', 'switching instance', 'cursor in the future', 'cursor expired', 'cursor clamped'],
  ...[
    'delete before create',
    'update without create',
    'recreate on the same rkey',
    'stale rev',
    'snapshot beside events',
  ],
  ...['account deactivated', 'account reactivated', 'account suspended', 'account taken down', 'account deleted'],
  ...['account server denies', 'account server silent', 'account events out of order'],
  ...['account server slow', 'account server left while asked', 'account changed unheard'],
  ...[
    'handle change',
    'handle invalid',
    'PDS move',
    'unknown kinds',
    'malformed frames',
    'bad NSID',
    'bad rkey',
    'bad $type',
  ],
  ...[
    'createdAt in the future',
    'createdAt nonsense',
    'over the row limit',
    'oversized frames',
    'flood of identity events',
  ],
  ...[
    'quiet stream',
    'child before parent',
    'unknown author',
    'failed write',
    'answer to a write lost',
    'end amid a write',
  ],
  ...['forged events', 'space removed', 'space added again', 'visibility changed'],
] as const;
export type FaultKind = (typeof FAULTS)[number];

export class Coverage {
  private readonly counts = new Map<FaultKind, number>(FAULTS.map((kind) => [kind, 0]));

  count(kind: FaultKind, times = 1): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + times);
  }

  add(other: Coverage): void {
    for (const [kind, times] of other.counts) this.count(kind, times);
  }

  get missing(): FaultKind[] {
    return FAULTS.filter((kind) => this.counts.get(kind) === 0);
  }

  table(): string[] {
    return [...this.counts].map(([kind, times]) => `${String(times).padStart(8)}  ${kind}`);
  }

  /** What the stream tells next, after all that it told before. */
  countTold(events: StreamEvent[], before: readonly StreamEvent[]): void {
    const told = [...before];
    for (const event of events) {
      for (const kind of kindsOf(event, told)) this.count(kind);
      told.push(event);
    }
  }

  countStep(step: Step): void {
    for (const kind of kindsOfStep(step)) this.count(kind);
  }
}

function kindsOf(event: StreamEvent, before: readonly StreamEvent[]): FaultKind[] {
  if (event.kind !== 'record') return [];
  if (before.includes(event)) return ['replayed and duplicate events'];
  const { did, collection, rkey, rev, operation, record } = event;
  const same = before.filter((one) => one.kind === 'record').filter((one) => one.did === did && one.rkey === rkey);
  const versions = same.filter((one) => one.collection === collection);
  const rootUri = (record?.root as { uri?: unknown } | undefined)?.uri;
  const isKnown = (uri: unknown): boolean =>
    before.some((one) => one.kind === 'record' && `at://${one.did}/${one.collection}/${one.rkey}` === uri);
  const createdAt = typeof record?.createdAt === 'string' ? record.createdAt : null;
  const kinds: [FaultKind, boolean][] = [
    ['delete before create', operation === 'delete' && versions.length === 0],
    ['update without create', operation === 'update' && versions.length === 0],
    ['recreate on the same rkey', operation === 'create' && versions.some((one) => one.operation === 'delete')],
    ['stale rev', versions.some((one) => one.rev > rev)],
    ['child before parent', collection === `${OURS}reply` && rootUri !== undefined && !isKnown(rootUri)],
    ['createdAt in the future', createdAt !== null && Date.parse(createdAt) > (tidMicros(rev) ?? 0) / 1000],
    ['createdAt nonsense', createdAt !== null && Number.isNaN(Date.parse(createdAt))],
    ['unknown author', before.length > 0 && !before.some((one) => one.did === did)],
  ];
  return kinds.flatMap(([kind, happened]) => (happened ? [kind] : []));
}

const OF_STATUS: Record<string, FaultKind> = {
  active: 'account reactivated',
  deactivated: 'account deactivated',
  suspended: 'account suspended',
  takendown: 'account taken down',
  deleted: 'account deleted',
};
const OF_JUNK: Record<string, FaultKind> = {
  'unknown kind': 'unknown kinds',
  'bad NSID': 'bad NSID',
  'bad rkey': 'bad rkey',
  'bad $type': 'bad $type',
  'createdAt nonsense': 'createdAt nonsense',
  'over the row limit': 'over the row limit',
};

/** Of what the runner does itself, and does only when it has seen it done. */
function kindsOfStep(step: Step): FaultKind[] {
  if (step.do === 'away' && step.cursor) return [step.cursor === 'future' ? 'cursor in the future' : 'cursor expired'];
  if (step.do === 'snapshot') return ['snapshot beside events'];
  if (step.do === 'flood') return ['flood of identity events'];
  if (step.do === 'silence') return ['quiet stream'];
  if (step.do === 'remove-space') return ['space removed'];
  if (step.do === 'add-space') return [step.visibility === null ? 'space added again' : 'visibility changed'];
  if (step.do === 'junk') return [OF_JUNK[step.kind]].filter((kind) => kind !== undefined);
  if (step.do !== 'account') return [];
  const { events, word } = step;
  const status = OF_STATUS[events[0]?.status ?? ''];
  const denies = word !== null && word !== events[0]?.status;
  return [
    ...(status ? [status] : []),
    ...(denies ? (['account server denies'] as const) : []),
    ...(events.length > 1 ? (['account events out of order'] as const) : []),
  ];
}
