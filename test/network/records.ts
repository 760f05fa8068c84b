/** Waiting until the Jetstream log has seen what was done on a server. */
import type { Jetstream } from './jetstream/server.ts';
import { isObject, type Message, parseObject } from './jetstream/wire.ts';

const DEFAULT_TIMEOUT_MS = 5000;

interface WantedRecord {
  /** When one certain write is meant. */
  rev?: string;
  operation?: 'create' | 'update' | 'delete';
  timeoutMs?: number;
}

/** Resolves with the first message about a record, whether it came before or comes now. */
export function waitForRecord(jetstream: Jetstream, uri: string, wanted: WantedRecord = {}): Promise<Message> {
  const isAbout = ({ did, commit }: Message): boolean => {
    if (!isObject(commit) || `at://${did}/${commit.collection}/${commit.rkey}` !== uri) return false;
    return (wanted.rev ?? commit.rev) === commit.rev && (wanted.operation ?? commit.operation) === commit.operation;
  };
  const what = `${wanted.operation ?? 'message'} about ${uri}${wanted.rev === undefined ? '' : ` at ${wanted.rev}`}`;
  return waitForMessage(jetstream, isAbout, { what, ...(wanted.timeoutMs && { timeoutMs: wanted.timeoutMs }) });
}

/** @param options.what names the message in the error when it does not come in time */
export function waitForMessage(
  jetstream: Jetstream,
  isWanted: (message: Message) => boolean,
  options: { what?: string; timeoutMs?: number } = {},
): Promise<Message> {
  const { log } = jetstream.feed;
  let next = 0;
  const find = (): Message | undefined => {
    while (next < log.length) {
      const message = parseObject(log.line(next++).toString());
      if (message !== undefined && isWanted(message)) return message;
    }
    return undefined;
  };
  const { promise, resolve, reject } = Promise.withResolvers<Message>();
  const look = (): void => {
    const found = find();
    if (found !== undefined) resolve(found);
  };
  const stopListening = log.onAppend(look);
  const timer = setTimeout(() => {
    reject(new Error(`the log of ${log.length} messages has no ${options.what ?? 'such message'}`));
  }, options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  look();
  return promise.finally(() => {
    clearTimeout(timer);
    stopListening();
  });
}
