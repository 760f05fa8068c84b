// What all forms that write have in common: who writes, and what is said of how it went.
import { isDone, type Outcome, type Writer } from '../../actions/own.ts';
import { isOwnForm } from '../../auth/guest.ts';
import { isRefusal, type Refusal, type RefusalName } from '../../domain/outcome.ts';
import type { NotWritten } from '../../ports/accounts.ts';
import { readPost } from '../../reads/index.ts';
import type { Visit } from '../context.ts';
import { readSent } from '../form.ts';
import { mayGoOn } from '../limits.ts';
import { say } from '../messages.ts';
import type { SentFile } from '../multipart.ts';
import { TOKEN } from '../parts/form.tsx';
import { failurePage } from '../respond.tsx';
import { leadTo } from '../sign-in/door.ts';
import { joinPath, pathOf, replyPath, withQuery } from '../site.ts';

export type Env = Visit<'space' | 'private'>['Bindings'];

/** Null where nobody is signed in. */
export function writerOf({ place: { site } }: Env): Writer | null {
  const { space, standing, guest } = site;
  return standing && guest.browser ? { space, standing, browser: guest.browser } : null;
}

/** `next`: where to go on; the same address, where it can be asked for. */
export const toSignIn = ({ url }: Env, next = url.pathname + url.search): Response =>
  leadTo(withQuery('/login', { next }));

/** Who may not write here hears at the page of joining why they came there, and comes back from it. */
export const toJoin = ({ url }: Env): Response => leadTo(joinPath(url.pathname + url.search));

/** What was sent; `alert`: why it cannot be acted upon. What somebody wrote is never thrown away for that. */
export interface Sent {
  fields: URLSearchParams;
  files: SentFile[];
  writer: Writer | null;
  alert: string | null;
  /** That goes with the alert. */
  status: number;
}

export async function sent(env: Env, request: Request): Promise<Sent | Response> {
  const writer = writerOf(env);
  const isWithin = await mayGoOn(env.web, request, 'write', writer?.standing.did ?? null);
  const form = await readSent(request, writer !== null && isWithin);
  if (form === null) return failurePage(env.place, 400);
  const { fields } = form;
  if (!isWithin) {
    return { ...form, writer, alert: say.notWritten('too-many'), status: STATUS['too-many'] };
  }
  if (!writer) return { ...form, writer, alert: say.notWritten('signed-out'), status: STATUS['signed-out'] };
  const isOwn = isOwnForm(env.place.site.guest, request, fields.get(TOKEN));
  return { ...form, writer, alert: isOwn ? null : say.staleForm, status: 400 };
}

/** The outcome in words, and the status that goes with it. */
export function failure(outcome: NotWritten | Refusal): { alert: string; status: number } {
  if (!isRefusal(outcome)) return { alert: say.notWritten(outcome.failed), status: STATUS[outcome.failed] };
  const words = say.refusedBy(outcome.refusal);
  if (words !== null) return { alert: words, status: REFUSED[outcome.refusal] ?? 400 };
  if (outcome.refusal === 'NotPermitted') return { alert: say.notPermitted, status: 403 };
  if (outcome.refusal === 'RecordNotFound') return { alert: say.notWritten('changed'), status: 404 };
  return { alert: say.invalid(outcome.message), status: 400 };
}

const REFUSED: Partial<Record<RefusalName, number>> = {
  ...{ Banned: 403, LastSteward: 409, InviteNotFound: 404, MemberNotFound: 404, NotFound: 404 },
  ...{ TooMany: 429, TooSoon: 429, GroupNotConnected: 502, UpstreamFailure: 502 },
};

const STATUS: Record<NotWritten['failed'], number> = {
  ...{ 'signed-out': 401, refused: 403, changed: 409, unreachable: 502, 'too-many': 429 },
};

/** On to the page that shows it. */
export async function toWritten({ web }: Env, outcome: Outcome): Promise<Response> {
  // Counts on the next page are of now.
  web.read.spaces.forget();
  const found = isDone(outcome) ? await readPost(web.read, outcome.uri) : null;
  if (found === null || isRefusal(found)) return leadTo('/');
  return leadTo(found.post.root === null ? pathOf(found.post) : (replyPath(found.post) ?? '/'));
}
