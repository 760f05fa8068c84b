// What the instance holds about the one who asks: on one page, as an archive, and gone.
import { archiveFiles, zipped } from '../../actions/archive.ts';
import { eraseAll, HOLDINGS, type HoldingDeps } from '../../actions/holdings.ts';
import { sessionCookie } from '../../auth/cookies.ts';
import { NOBODY } from '../../auth/guest.ts';
import type { Did } from '../../domain/model.ts';
import { isRefusal } from '../../domain/outcome.ts';
import type { Browser } from '../../ports/accounts.ts';
import { readHeldRecords, readSpace } from '../../reads/index.ts';
import { fileHeaders } from '../headers.ts';
import { say } from '../messages.ts';
import { DATA, DataText, ErasedText, EraseText } from '../pages/data.tsx';
import { failurePage, placePage } from '../respond.tsx';
import { guestOf } from '../sign-in/door.ts';
import { spaceName } from '../site.ts';
import { type Env, sentByViewer, toSignIn } from './desk.tsx';

const depsOf = ({ web }: Env, browser: Browser): HoldingDeps => ({
  ...{ ...web.own, db: web.read.db, browser },
  founding: web.founding,
});

export async function dataPage(env: Env): Promise<Response> {
  const { viewer, browser, token } = guestOf(env);
  if (!viewer || !browser) return toSignIn(DATA);
  const { read } = env.web;
  const deps = depsOf(env, browser);
  const [counts, held] = await Promise.all([
    readHeldRecords(read, viewer.did),
    Promise.all(HOLDINGS.map(async ({ name, list }) => ({ name, entries: await list(viewer.did, deps) }))),
  ]);
  const spaces = [...new Set(counts.map(({ space }) => space))];
  const found = await Promise.all(spaces.map((did) => readSpace(read, did)));
  const names = new Map<Did, string>(found.flatMap((one) => (isRefusal(one) ? [] : [[one.did, spaceName(one)]])));
  return unkept(placePage(env.place, say.yourData, <DataText {...{ token, counts, held, names }} />));
}

/** Nothing of it may be kept by anybody on the way. */
function unkept(response: Response): Response {
  response.headers.set('cache-control', 'private, no-store');
  return response;
}

export async function exportData(env: Env, request: Request): Promise<Response> {
  const given = await sentByViewer(env, request, DATA);
  if (given instanceof Response) return given;
  const { did } = given.viewer;
  const { browser } = guestOf(env);
  if (!browser) return toSignIn(DATA);
  const counts = await readHeldRecords(env.web.read, did);
  const files = archiveFiles(did, counts, depsOf(env, browser));
  const name = `commonplace-${did.replaceAll(/[^\w.-]/g, '_')}.zip`;
  const headers = {
    ...fileHeaders('application/zip', 'private, no-store'),
    'content-disposition': `attachment; filename="${name}"`,
  };
  return new Response(zipped(files), { headers });
}

export async function erasePage(env: Env, alert: string | null = null): Promise<Response> {
  const { viewer, token } = guestOf(env);
  if (!viewer) return toSignIn(`${DATA}/erase`);
  const text = <EraseText token={token} alert={alert} />;
  return unkept(placePage(env.place, say.eraseTitle, text, { status: alert === null ? 200 : 400 }));
}

export async function eraseData(env: Env, request: Request): Promise<Response> {
  const given = await sentByViewer(env, request, `${DATA}/erase`);
  if (given instanceof Response) return given;
  const guest = guestOf(env);
  if (!given.fields.has('sure')) return erasePage(env, say.eraseNotSure);
  if (!guest.browser) return failurePage(env.place, 400, say.staleForm);
  const refused = await eraseAll(given.viewer.did, depsOf(env, guest.browser));
  if (refused) return erasePage(env, refused.refusal === 'LastSteward' ? say.eraseLastSteward : say.eraseIsSpace);
  env.web.read.spaces.forget();
  const response = unkept(placePage(withoutViewer(env.place), say.erased, <ErasedText />));
  response.headers.append('set-cookie', sessionCookie(guest.entries.slice(1)));
  return response;
}

/** As the next page will be. */
const withoutViewer = (place: Env['place']): Env['place'] =>
  place.is === 'space'
    ? { ...place, site: { ...place.site, guest: NOBODY, standing: null } }
    : { ...place, guest: NOBODY };
