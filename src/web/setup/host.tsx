// Choosing the hostname, and looking at it from outside.
import { checkHost, chooseHost } from '../../actions/founding/host.ts';
import { isRefusal } from '../../domain/outcome.ts';
import { say } from '../messages.ts';
import { HostStep } from '../pages/setup/host.tsx';
import { leadTo } from '../sign-in/door.ts';
import { type Desk, type Env, sentAt, setupPage, statusOf } from './desk.ts';

interface Shown {
  alert?: string | null;
  status?: number;
  typed?: { label: string; host: string };
}

const NOTHING = { label: '', host: '' };

export async function hostStep(
  desk: Desk,
  { alert = null, status = 200, typed = NOTHING }: Shown = {},
): Promise<Response> {
  const { env, deps, founding, token } = desk;
  // The account comes first: DNS names it.
  if (!founding.group) return leadTo('/setup/group');
  const { host, checks } = await checkHost(founding, deps);
  const home = env.place.instance.host;
  const props = { founding: { ...founding, host }, token, alert, domain: deps.foundersDomain, home, checks, typed };
  return setupPage(env.place, say.setup.steps.host, <HostStep {...props} />, { status });
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
