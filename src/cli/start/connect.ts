/** Has the instance act for the sample's groups: from page to page, as a steward who connects the group account in a browser. */
import type { Atmosphere, LocalAccount, LocalSpace } from '../shared/atmosphere.ts';
import { CommandError } from '../shared/terminal.ts';
import { type Page, Walk } from './walk.ts';

/** Of the PDS's own sign-in page, as its script asks for it. */
const PDS_API = '/@atproto/oauth-provider/~api';

type Account = Pick<LocalAccount, 'did' | 'handle' | 'password'>;

export async function connectGroups({ instance, spaces, accounts }: Atmosphere): Promise<void> {
  const { port } = new URL(instance);
  for (const space of spaces) {
    const steward = accounts.find((account) => account.steward.includes(space.did));
    if (steward) await connect(`http://${space.host}:${port}`, space, steward);
  }
}

async function connect(origin: string, space: LocalSpace, steward: Account): Promise<void> {
  const walk = new Walk();
  const signIn = await walk.open(`${origin}/login?next=/group`);
  const asked = await walk.submit(signIn, '/login', { next: '/group', who: steward.handle });
  const group = await consent(walk, asked, steward);
  const wanted = await walk.submit(group, '/group/connect', {});
  const { url, status } = await consent(walk, wanted, space);
  if (status !== 200 || url.origin !== origin || url.pathname !== '/group' || url.searchParams.has('problem'))
    throw new CommandError(`${space.handle} could not be connected: it ended at ${url} with ${status}`);
}

/** At the server of an account, which asks for its password and whether the site may; then wherever that leads. */
async function consent(walk: Walk, page: Page, { did, handle, password }: Account): Promise<Page> {
  if (page.url.pathname !== '/oauth/authorize')
    throw new CommandError(`${handle} was not led to its server: ${page.url} answered ${page.status}`);
  const headers = { 'x-csrf-token': walk.cookie(page, 'csrf-token') };
  const who = { locale: 'en', username: handle, password, remember: true };
  await walk.call(page, `${PDS_API}/sign-in`, who, headers);
  const { url } = await walk.call<{ url: string }>(page, `${PDS_API}/consent`, { did }, headers);
  return walk.open(url, page);
}
