// The account of the space, step by step: a server's terms, an account made there or named, and consent as that account.
import { isConnected, makeGroup, nameGroup, serverTerms } from '../../actions/founding/group.ts';
import { isRefusal } from '../../domain/outcome.ts';
import type { ServerTerms } from '../../ports/new-accounts.ts';
import { scriptPath } from '../assets.ts';
import { say } from '../messages.ts';
import { GroupStep, MakeStep } from '../pages/setup/group.tsx';
import { problemIn, toConsent } from '../sign-in/consent.ts';
import { leadTo } from '../sign-in/door.ts';
import { type Desk, type Env, type Sent, sentAt, setupPage, statusOf, TIRED } from './desk.ts';

interface Shown {
  alert?: string | null;
  status?: number;
  server?: string;
  subject?: string;
  /** To choose another one. */
  isOther?: boolean;
}

export async function groupStep(desk: Desk, shown: Shown = {}): Promise<Response> {
  const { env, deps, founding, token } = desk;
  const { alert = problemIn(env.url), status = 200, subject = '' } = shown;
  const server = shown.server ?? env.web.recommendedPds[0] ?? '';
  const isOther = shown.isOther ?? env.url.searchParams.has('other');
  const connected = await isConnected(founding, deps);
  const group = founding.group && !isOther ? { ...founding.group, isConnected: connected } : null;
  const now = { ...founding, group: founding.group && { ...founding.group, isConnected: connected } };
  const props = { founding: now, token, alert, group, server, subject };
  return setupPage(env.place, say.setup.steps.group, <GroupStep {...props} />, { status, leaves: leaves(env) });
}

const leaves = ({ web }: Env): string => (web.development ? 'https: http:' : 'https:');

export async function askServer(env: Env, request: Request): Promise<Response> {
  const sent = await sentAt(env, request);
  if (sent instanceof Response) return sent;
  const server = sent.given('server').slice(0, 300);
  const shown = { server, isOther: true };
  if (sent.alert) return groupStep(sent, { ...shown, alert: sent.alert, status: sent.status });
  const terms = await serverTerms(server, sent.deps);
  if (!isRefusal(terms)) return makeStep(sent, terms);
  return groupStep(sent, { ...shown, alert: say.setup.serverFails(terms.message), status: statusOf(terms) });
}

function makeStep(sent: Desk & Sent, terms: ServerTerms, alert: string | null = null, status = 200): Response {
  const { env, founding, token, given } = sent;
  const part = (name: string): string => given(name).slice(0, 300);
  const typed = {
    ...{ name: part('name'), domain: part('domain'), email: part('email') },
    ...{ invite: part('invite'), recovery: part('recovery') },
  };
  const script = { src: scriptPath('recovery'), data: RECOVERY_WORDS };
  return setupPage(env.place, say.setup.makeAccount, <MakeStep {...{ founding, token, alert, terms, typed }} />, {
    ...{ status, script },
  });
}

const RECOVERY_WORDS = {
  ...{
    make: say.setup.recoveryMake,
    save: say.setup.recoverySave,
    secret: say.setup.recoverySecret,
    saved: say.setup.recoverySaved,
  },
};

export async function makeAccount(env: Env, request: Request): Promise<Response> {
  const sent = await sentAt(env, request);
  if (sent instanceof Response) return sent;
  const { given, deps, founding } = sent;
  const server = given('server').slice(0, 300);
  if (sent.status === TIRED) return tired(sent, server);
  const terms = await serverTerms(server, deps);
  if (isRefusal(terms)) {
    const alert = say.setup.serverFails(terms.message);
    return groupStep(sent, { alert, server, isOther: true, status: statusOf(terms) });
  }
  if (sent.alert) return makeStep(sent, terms, sent.alert, sent.status);
  const wanted = {
    ...{ name: given('name'), domain: given('domain'), email: given('email'), password: given('password') },
    ...{ inviteCode: given('invite'), recoveryKey: given('recovery') },
  };
  const made = await makeGroup(founding, terms, wanted, deps);
  if (isRefusal(made)) return makeStep(sent, terms, say.setup.serverFails(made.message), statusOf(made));
  if (!('failed' in made)) return leadTo('/setup/group');
  const [alert, status] =
    made.failed === 'refused' ? [say.setup.notMade(made.message), 400] : [say.setup.mayBeMade(made.message), 502];
  return makeStep(sent, terms, alert, status);
}

/** The server is not asked now: its terms are those that the form itself was made of, as far as it tells. */
async function tired(sent: Desk & Sent, pds: string): Promise<Response> {
  const { given, alert } = sent;
  if (!URL.canParse(pds)) return groupStep(sent, { alert, server: pds, isOther: true, status: TIRED });
  const terms = { pds, domains: [given('domain').slice(0, 300)], needsInvite: given('invite') !== '' };
  const unsaid = { needsPhone: false, termsOfService: null, privacyPolicy: null };
  return makeStep(sent, { ...terms, ...unsaid }, alert, TIRED);
}

export async function nameAccount(env: Env, request: Request): Promise<Response> {
  const sent = await sentAt(env, request);
  if (sent instanceof Response) return sent;
  const subject = sent.given('subject').slice(0, 300);
  if (sent.alert) return groupStep(sent, { subject, isOther: true, alert: sent.alert, status: sent.status });
  const named = await nameGroup(sent.founding, subject, sent.deps);
  if (!isRefusal(named)) return leave({ ...sent, founding: named });
  return groupStep(sent, {
    subject,
    isOther: true,
    alert: say.setup.serverFails(named.message),
    status: statusOf(named),
  });
}

export async function connect(env: Env, request: Request): Promise<Response> {
  const sent = await sentAt(env, request);
  if (sent instanceof Response) return sent;
  return sent.alert ? groupStep(sent, sent) : leave(sent);
}

async function leave(desk: Desk): Promise<Response> {
  const { group, by } = desk.founding;
  if (!group) return leadTo('/setup/group');
  const connects = { group: group.did, by, more: false };
  return toConsent(desk.env, connects, '/setup/group', (alert, status) => groupStep(desk, { alert, status }));
}
