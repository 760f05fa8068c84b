// What all steps of a founding have in common: who founds, how far they are, and what a form sent.
import type { Child } from 'hono/jsx';
import type { FoundingDeps } from '../../actions/founding/deps.ts';
import { isOwnForm } from '../../auth/guest.ts';
import type { Founder, Founding } from '../../domain/founding.ts';
import type { Given } from '../../domain/founding-input.ts';
import type { Did } from '../../domain/model.ts';
import type { Refusal } from '../../domain/outcome.ts';
import { refusalToFound } from '../../domain/permission.ts';
import type { Browser } from '../../ports/accounts.ts';
import { SETUP_STYLE_PATH } from '../assets.ts';
import type { Visit } from '../context.ts';
import { readSent } from '../form.ts';
import { mayGoOn } from '../limits.ts';
import { say } from '../messages.ts';
import type { SentFile } from '../multipart.ts';
import { TOKEN } from '../parts/form.tsx';
import { failurePage, type Manner, placePage } from '../respond.tsx';
import { leadTo } from '../sign-in/door.ts';
import { withQuery } from '../site.ts';

export type Env = Visit<'instance'>['Bindings'];

export interface Person {
  did: Did;
  browser: Browser;
  founder: Founder;
  /** Why they may not found, where they may not. */
  refused: Refusal | null;
}

export interface Desk {
  env: Env;
  deps: FoundingDeps;
  token: string | null;
  founding: Founding;
  browser: Browser;
}

/** Null where nobody is signed in. */
export async function personAt({ place: { guest }, web }: Env): Promise<Person | null> {
  const { viewer, browser } = guest;
  if (!viewer || !browser) return null;
  const { foundings, policy } = web.founding;
  const founder = await foundings.founder(viewer.did);
  return { did: viewer.did, browser, founder, refused: refusalToFound(policy, founder) };
}

/** Whoever has begun nothing, or may not, is told so on the first page. */
export async function deskAt(env: Env): Promise<Desk | Response> {
  const { url, web, place } = env;
  const person = await personAt(env);
  if (!person) return leadTo(withQuery('/login', { next: url.pathname }));
  const { browser, refused, founder } = person;
  if (refused || !founder.founding) return leadTo('/setup');
  return { env, deps: web.founding, token: place.guest.token, founding: founder.founding, browser };
}

export const setupPage = (place: Env['place'], title: string, body: Child, manner: Manner = {}): Response =>
  placePage(place, title, body, { ...manner, stylesheet: SETUP_STYLE_PATH });

export interface Sent {
  files: SentFile[];
  given: Given;
  /** Why nothing can be done with it, and the status that goes with that. */
  alert: string | null;
  status: number;
}

/** Too much was asked of late: nobody else is asked for it now. */
export const TIRED = 429;

export async function fieldsOf(env: Env, request: Request): Promise<Sent | Response> {
  const { viewer } = env.place.guest;
  const isWithin = await mayGoOn(env.web, request, 'write', viewer?.did ?? null);
  const form = await readSent(request, viewer !== null && isWithin);
  if (form === null) return failurePage(env.place, 400);
  const { fields, files } = form;
  const given: Given = (name) => fields.get(name) ?? '';
  if (!isWithin) return { files, given, alert: say.problem('too-many'), status: TIRED };
  const isOwn = isOwnForm(env.place.guest, request, fields.get(TOKEN));
  return { files, given, alert: isOwn ? null : say.staleForm, status: isOwn ? 200 : 400 };
}

/** A form of a step. What was typed is never thrown away. */
export async function sentAt(env: Env, request: Request): Promise<(Desk & Sent) | Response> {
  const desk = await deskAt(env);
  if (desk instanceof Response) return desk;
  const sent = await fieldsOf(env, request);
  return sent instanceof Response ? sent : { ...desk, ...sent };
}

export const statusOf = ({ refusal }: Refusal): number =>
  refusal === 'RateLimitExceeded' ? TIRED : refusal === 'UpstreamFailure' || refusal === 'PdsNotFound' ? 502 : 400;
