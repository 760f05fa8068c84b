// Choosing the hostname, and looking at it from outside.
import { checkHost, chooseHost } from '../../actions/founding/host.ts';
import { isRefusal } from '../../domain/outcome.ts';
import { mayGoOn } from '../limits.ts';
import { say } from '../messages.ts';
import { HostStep } from '../pages/setup/host.tsx';
import { leadTo } from '../sign-in/door.ts';
import { type Desk, type Env, sentAt, setupPage, statusOf, TIRED } from './desk.ts';

interface Shown {
  alert?: string | null;
  status?: number;
  typed?: { label: string; host: string };
}

const NOTHING = { label: '', host: '' };

async function hostStep(desk: Desk, { alert = null, status = 200, typed = NOTHING }: Shown = {}): Promise<Response> {
  const { env, deps, founding, token } = desk;
  // The account comes first: DNS names it.
  if (!founding.group) return leadTo('/setup/group');
  // Looking asks others, as many times as a form may.
  const { host, checks } = status === TIRED ? { host: founding.host, checks: [] } : await checkHost(founding, deps);
  const home = env.place.instance.host;
  const props = { founding: { ...founding, host }, token, alert, domain: deps.foundersDomain, home, checks, typed };
  return setupPage(env.place, say.setup.steps.host, <HostStep {...props} />, { status });
}

export async function hostPage(desk: Desk, request: Request): Promise<Response> {
  const mayLook = await mayGoOn(desk.env.web, request, 'write', desk.founding.by);
  return hostStep(desk, mayLook ? {} : { alert: say.problem('too-many'), status: TIRED });
}

export async function takeHost(env: Env, request: Request): Promise<Response> {
  const sent = await sentAt(env, request);
  if (sent instanceof Response) return sent;
  const { given, deps, founding } = sent;
  const typed = { label: given('label').trim().slice(0, 63), host: given('host').trim().slice(0, 253) };
  if (sent.alert) return hostStep(sent, { alert: sent.alert, status: sent.status, typed });
  const wanted = typed.label !== '' && deps.foundersDomain ? `${typed.label}.${deps.foundersDomain}` : typed.host;
  const chosen = await chooseHost(founding, wanted, deps);
  if (!isRefusal(chosen)) return leadTo('/setup/host');
  return hostStep(sent, { alert: say.setup.serverFails(chosen.message), status: statusOf(chosen), typed });
}
