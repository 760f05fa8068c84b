// What all forms about members have in common: who acts, what was sent, and where it leads.
import type { Actor } from '../../actions/roster/halves.ts';
import type { SpaceDetails } from '../../domain/model.ts';
import { isRefusal, type Refusal } from '../../domain/outcome.ts';
import { type Deed, refusalOf } from '../../domain/permission.ts';
import { leadTo } from '../sign-in/door.ts';
import type { Site } from '../site.ts';
import { type Env, failure, sent, toSignIn } from '../writing/desk.ts';

/** What a page shows when it was not done. */
export interface Told {
  alert?: string;
  status?: number;
  fields?: URLSearchParams;
}

type Page = (env: Env, told: Told) => Response | Promise<Response>;

/** Acts for whoever is signed in; then on to `back`, or to the page with the reason, with what was typed. */
export async function acting(
  env: Env,
  request: Request,
  page: Page,
  work: (actor: Actor, fields: URLSearchParams) => Promise<Refusal | Response | null>,
  back: (fields: URLSearchParams) => string,
): Promise<Response> {
  const given = await sent(env, request);
  if (given instanceof Response) return given;
  const { writer, alert, status, fields } = given;
  if (!writer) return toSignIn(env);
  if (alert) return page(env, { alert, status, fields });
  const done = await work(writer, fields);
  if (done instanceof Response) return done;
  if (done && isRefusal(done)) return page(env, { ...failure(done), fields });
  env.web.read.spaces.forget();
  return leadTo(back(fields));
}

/** Whether whoever looks may; who may not is not told that there is anything. */
export const may = ({ standing }: Pick<Site, 'standing'>, deed: Deed): boolean =>
  standing !== null && refusalOf(standing, deed) === null;

export const roleName = ({ roles }: SpaceDetails, id: string): string =>
  roles.find((role) => role.id === id)?.displayName ?? id;

/** A DID as it was sent; what is none fits nobody. */
export const didIn = (fields: URLSearchParams, name = 'did'): string => fields.get(name)?.trim() ?? '';
