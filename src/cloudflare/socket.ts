// WebSockets that are opened by fetch: unlike the constructor's they show a refusal's words, and a redirect before it is followed.
import type { Outbound } from './fetch.ts';

const MAX_HOPS = 3;
const MAX_REFUSAL_BYTES = 4_096;

export interface UpgradeOptions {
  /** Of the way out. */
  checkedAddress: Outbound['checkedAddress'];
  /** The operator names the first address and may name any; an address that a stranger names is checked. */
  named: 'by-operator' | 'by-others';
  signal: AbortSignal | null;
  fetch?: typeof fetch;
}

/** The server answered the upgrade with something else. */
export class UpgradeRefused extends Error {
  override readonly name = 'UpgradeRefused';
  /** Name of the error of an XRPC answer; empty when it is none. */
  readonly error: string;

  constructor(why: string, error = '') {
    super(why);
    this.error = error;
  }
}

/** Not yet accepted: listeners come first. Redirects are followed three times, never to where an address may not lead. */
export async function upgrade(address: string, options: UpgradeOptions): Promise<WebSocket> {
  const { checkedAddress, named, signal, fetch: send = (...args) => fetch(...args) } = options;
  let url = address.replace(/^ws/i, 'http');
  for (let hop = 0; hop <= MAX_HOPS; hop++) {
    if (hop > 0 || named === 'by-others') await checkedAddress(url);
    const response = await send(url, { headers: { upgrade: 'websocket' }, redirect: 'manual', signal });
    if (response.webSocket) return response.webSocket;
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) throw await refusal(response);
    await response.body?.cancel();
    if (!URL.canParse(location, url)) throw new UpgradeRefused('redirected to what is no address');
    url = new URL(location, url).href.replace(/^ws/i, 'http');
  }
  throw new UpgradeRefused(`redirected more than ${MAX_HOPS} times`);
}

async function refusal(response: Response): Promise<UpgradeRefused> {
  const text = await beginning(response);
  let error = '';
  try {
    const body: unknown = JSON.parse(text);
    if (body !== null && typeof body === 'object' && 'error' in body) error = String(body.error).slice(0, 100);
  } catch {
    // Words for people: they go into the log as they are.
  }
  return new UpgradeRefused(`answered ${response.status} ${text.slice(0, 200)}`.trim(), error);
}

async function beginning({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  const reader = body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    text += decoder.decode(part.value, { stream: true });
    if (text.length > MAX_REFUSAL_BYTES) await reader?.cancel();
  }
  return text;
}

export interface SocketHooks {
  onOpen(): void;
  onFrame(data: unknown): void;
  /** Once, whatever ends it; `error` as in `UpgradeRefused`. */
  onEnd(detail: string, error: string): void;
}

/**
 * A connection by `upgrade`; closing it is safe at any time, and tells nobody. What a stranger's server leaves unanswered is
 * aborted then; the operator's, of which there are few, are let go of once they answer: a signal wraps every later message.
 */
export function openSocket(url: string, options: Omit<UpgradeOptions, 'signal'>, hooks: SocketHooks): () => void {
  const opening = options.named === 'by-others' ? new AbortController() : null;
  let socket: WebSocket | null = null;
  let ended = false;
  const end = (detail: string, error = ''): void => {
    if (ended) return;
    ended = true;
    hooks.onEnd(detail, error);
  };
  const take = (opened: WebSocket): void => {
    if (ended) {
      opened.accept();
      opened.close();
      return;
    }
    socket = opened;
    opened.binaryType = 'arraybuffer';
    opened.addEventListener('message', ({ data }) => {
      if (!ended) hooks.onFrame(data);
    });
    opened.addEventListener('close', ({ code, reason }) => end(`closed ${code} ${reason}`.trim()));
    opened.addEventListener('error', () => end('connection failed'));
    opened.accept();
    hooks.onOpen();
  };
  upgrade(url, { ...options, signal: opening?.signal ?? null }).then(take, (error: unknown) =>
    end(error instanceof Error ? error.message : String(error), error instanceof UpgradeRefused ? error.error : ''),
  );
  return () => {
    ended = true;
    if (socket) socket.close();
    else opening?.abort();
  };
}
