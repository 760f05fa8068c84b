// The page of one's name at a space, and what its forms do.
import { claimName, giveBackName, switchNames } from '../../actions/names.ts';
import { labelFrom } from '../../domain/names.ts';
import type { Refusal } from '../../domain/outcome.ts';
import { refusalOf } from '../../domain/permission.ts';
import { givesNames, readName } from '../../reads/index.ts';
import type { Visit } from '../context.ts';
import { say } from '../messages.ts';
import { NAME, NameText } from '../pages/name.tsx';
import { placePage } from '../respond.tsx';
import { leadTo } from '../sign-in/door.ts';
import { failure } from '../writing/desk.ts';
import { sentByViewer, toSignIn } from './desk.tsx';

type Env = Visit<'space'>['Bindings'];

export async function namePage(env: Env, refused: Refusal | null = null, typed = ''): Promise<Response> {
  const { web, url, place } = env;
  const { site } = place;
  const { space, standing } = site;
  if (!standing) return toSignIn(NAME);
  const [held, areGiven] = await Promise.all([
    readName(web.read, space.did, standing.did),
    givesNames(web.read, space),
  ]);
  const { alert, status } = refused ? failure(refused) : { alert: null, status: 200 };
  const props = {
    ...{ site, typed, name: held?.name ?? null, host: space.hosts[0] ?? url.hostname },
    isGiven: web.memberNames && areGiven,
    mayTake: refusalOf(standing, { do: 'take-name' }) === null,
    maySwitch: web.memberNames && refusalOf(standing, { do: 'configure-names' }) === null,
    alert,
  };
  return placePage(place, say.yourName, <NameText {...props} />, { status });
}

export async function takeName(env: Env, request: Request): Promise<Response> {
  const given = await sentByViewer(env, request, NAME);
  if (given instanceof Response) return given;
  const { web, place } = env;
  const { space, standing } = place.site;
  if (!standing || !web.memberNames) return leadTo(NAME);
  const typed = (given.fields.get('name') ?? '').slice(0, 253);
  const deps = { db: web.read.db, now: web.read.now, instanceHosts: web.instanceHosts };
  const refused = await claimName(space, standing, labelFrom(typed, space.hosts[0] ?? ''), deps);
  return refused ? namePage(env, refused, typed) : leadTo(NAME);
}

export async function dropName(env: Env, request: Request): Promise<Response> {
  const given = await sentByViewer(env, request, NAME);
  if (given instanceof Response) return given;
  const { space, standing } = env.place.site;
  if (standing) await giveBackName(space, standing, env.web.read);
  return leadTo(NAME);
}

export async function switchSpaceNames(env: Env, request: Request): Promise<Response> {
  const given = await sentByViewer(env, request, NAME);
  if (given instanceof Response) return given;
  const { space, standing } = env.place.site;
  const refused = standing && (await switchNames(space, standing, given.fields.has('give'), env.web.read));
  return refused ? namePage(env, refused) : leadTo(NAME);
}
