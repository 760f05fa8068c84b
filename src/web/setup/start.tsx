// Beginning a founding, going on with it, and giving it up.
import { giveUp } from '../../actions/founding/group.ts';
import { say } from '../messages.ts';
import { StartText } from '../pages/setup/start.tsx';
import { leadTo } from '../sign-in/door.ts';
import { withQuery } from '../site.ts';
import { deskAt, type Env, fieldsOf, personAt, sentAt, setupPage } from './desk.ts';

interface Shown {
  alert?: string | null;
  status?: number;
  code?: string;
}

const LONGEST_CODE = 100;

export async function startPage(env: Env, { alert = null, status = 200, code }: Shown = {}): Promise<Response> {
  const { place, url, web } = env;
  const person = await personAt(env);
  const refused = person?.refused ?? null;
  const why =
    refused?.refusal === 'RateLimitExceeded' ? say.setup.tooManyFounded : say.setup.mayNot[web.founding.policy];
  const props = {
    ...{ token: place.guest.token, isSignedIn: person !== null, alert },
    founding: refused ? null : (person?.founder.founding ?? null),
    mayNot: refused && why,
    code: (code ?? url.searchParams.get('code') ?? '').slice(0, LONGEST_CODE),
  };
  return setupPage(place, say.setup.foundSpace, <StartText {...props} />, { status });
}

/** A code counts here alone: an address that is looked at uses none up. */
export async function begin(env: Env, request: Request): Promise<Response> {
  const person = await personAt(env);
  if (!person) return leadTo(withQuery('/login', { next: '/setup' }));
  const sent = await fieldsOf(env, request);
  if (sent instanceof Response) return sent;
  const code = sent.given('code').trim().slice(0, LONGEST_CODE);
  if (sent.alert) return startPage(env, { alert: sent.alert, status: sent.status, code });
  if (code === '' && person.refused) return startPage(env, { status: 403 });
  const begun = await env.web.founding.foundings.begin(person.did, code || null);
  return begun ? leadTo('/setup') : startPage(env, { alert: say.setup.badCode, status: 400 });
}

export async function drop(env: Env, request: Request): Promise<Response> {
  const sent = await sentAt(env, request);
  if (sent instanceof Response) return sent;
  if (sent.alert) return startPage(env, sent);
  await giveUp(sent.founding, sent.deps);
  return leadTo('/setup');
}

/** A page of a step, for whoever is at it. */
export async function step(
  env: Env,
  page: (desk: Exclude<Awaited<ReturnType<typeof deskAt>>, Response>) => Promise<Response> | Response,
): Promise<Response> {
  const desk = await deskAt(env);
  return desk instanceof Response ? desk : page(desk);
}
