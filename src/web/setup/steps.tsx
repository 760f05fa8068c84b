// The steps that only ask: what the space is called, how it works, who acts for it; and the last one, which does it all.
import { openDoors, refuseName } from '../../actions/founding/open.ts';
import { namedStewards } from '../../actions/founding/stewards.ts';
import type { About, Ways } from '../../domain/founding.ts';
import { aboutFrom, type Given, SECTION_ROWS, waysFrom } from '../../domain/founding-input.ts';
import { isRefusal } from '../../domain/outcome.ts';
import { DEFAULT_SECTIONS } from '../../domain/sections.ts';
import type { FoundingChange } from '../../ports/foundings.ts';
import { hostOf, originOf } from '../context.ts';
import { say } from '../messages.ts';
import { AboutStep } from '../pages/setup/about.tsx';
import { OpenStep, StewardsStep } from '../pages/setup/stewards.tsx';
import { typedOf, WaysStep, type WaysTyped } from '../pages/setup/ways.tsx';
import { leadTo } from '../sign-in/door.ts';
import { withQuery } from '../site.ts';
import { type Desk, type Env, sentAt, setupPage, statusOf } from './desk.ts';
import { settlePictures } from './pictures.ts';

interface Shown<T> {
  alert?: string | null;
  status?: number;
  typed?: T;
}

const UNNAMED: About = { displayName: '', description: '', lang: '' };

export function aboutStep({ env, founding, token }: Desk, shown: Shown<About> = {}): Response {
  const { alert = null, status = 200, typed = founding.about ?? UNNAMED } = shown;
  return setupPage(env.place, say.setup.steps.about, <AboutStep {...{ founding, token, alert, typed }} />, { status });
}

export async function saveAbout(env: Env, request: Request): Promise<Response> {
  const sent = await sentAt(env, request);
  if (sent instanceof Response) return sent;
  const { given, deps, founding } = sent;
  const typed = { displayName: given('name'), description: given('description'), lang: given('lang') };
  if (sent.alert) return aboutStep(sent, { ...sent, typed });
  const about = aboutFrom(given);
  if (isRefusal(about)) return aboutStep(sent, { typed, alert: say.setup.serverFails(about.message), status: 400 });
  const refused = await refuseName(about.displayName, founding.group?.did ?? null, deps);
  if (refused) return aboutStep(sent, { typed, alert: say.setup.serverFails(refused.message), status: 400 });
  const bad = await settlePictures(sent);
  if (bad) return aboutStep(sent, { typed, alert: say.setup.badPicture(bad), status: 400 });
  return decide(sent, { about });
}

const USUAL: Ways = {
  ...{ joinPolicy: 'open', postPolicy: 'members', visibility: 'public', external: true, instances: [] },
  ...{ sections: DEFAULT_SECTIONS, theme: 'paper' },
};

export function waysStep({ env, founding, token }: Desk, shown: Shown<WaysTyped> = {}): Response {
  const { alert = null, status = 200, typed = typedOf(founding.ways ?? USUAL) } = shown;
  return setupPage(env.place, say.setup.steps.ways, <WaysStep {...{ founding, token, alert, typed }} />, { status });
}

export async function saveWays(env: Env, request: Request): Promise<Response> {
  const sent = await sentAt(env, request);
  if (sent instanceof Response) return sent;
  const typed = waysTyped(sent.given);
  if (sent.alert) return waysStep(sent, { ...sent, typed });
  const ways = waysFrom(sent.given);
  if (isRefusal(ways)) return waysStep(sent, { typed, alert: say.setup.serverFails(ways.message), status: 400 });
  return decide(sent, { ways });
}

const waysTyped = (given: Given): WaysTyped => ({
  ...{ joinPolicy: given('join'), postPolicy: given('post'), visibility: given('visibility'), theme: given('theme') },
  ...{ external: given('external') !== '', instances: given('instances') },
  rows: Array.from({ length: SECTION_ROWS }, (_, index) => ({
    ...{ name: given(`section-${index + 1}`), kind: given(`kind-${index + 1}`), id: given(`id-${index + 1}`) },
  })),
});

export function stewardsStep({ env, founding, token }: Desk, shown: Shown<string> = {}): Response {
  const named = (founding.stewards ?? []).map(({ did, handle }) => handle ?? did).join('\n');
  const { alert = null, status = 200, typed = named } = shown;
  return setupPage(env.place, say.setup.steps.stewards, <StewardsStep {...{ founding, token, alert, typed }} />, {
    status,
  });
}

export async function saveStewards(env: Env, request: Request): Promise<Response> {
  const sent = await sentAt(env, request);
  if (sent instanceof Response) return sent;
  const typed = sent.given('stewards');
  if (sent.alert) return stewardsStep(sent, { ...sent, typed });
  const stewards = await namedStewards(typed, sent.founding, sent.deps);
  if (!isRefusal(stewards)) return decide(sent, { stewards });
  return stewardsStep(sent, { typed, alert: say.setup.serverFails(stewards.message), status: statusOf(stewards) });
}

async function decide({ deps, founding }: Desk, change: FoundingChange): Promise<Response> {
  await deps.foundings.change(founding.by, change);
  return leadTo('/setup');
}

export function openStep({ env, founding, token }: Desk, alert: string | null = null, status = 200): Response {
  // From the form on to the new site.
  const leaves = founding.host && originOf(env.web, env.url, founding.host.name);
  const manner = { status, ...(leaves ? { leaves } : {}) };
  return setupPage(env.place, say.setup.openDoors, <OpenStep {...{ founding, token, alert }} />, manner);
}

export async function open(env: Env, request: Request): Promise<Response> {
  const sent = await sentAt(env, request);
  if (sent instanceof Response) return sent;
  if (sent.alert) return openStep(sent, sent.alert, sent.status);
  const outcome = await openDoors(sent.founding, sent.browser, sent.deps);
  env.web.read.spaces.forget();
  if ('opened' in outcome) {
    // They arrive as who they are.
    const from = originOf(env.web, env.url, hostOf(env.url));
    return leadTo(withQuery(`${originOf(env.web, env.url, outcome.opened)}/login/pull`, { from, next: '/' }));
  }
  const status = isRefusal(outcome) ? statusOf(outcome) : 502;
  const why = isRefusal(outcome) ? outcome.message : say.notWritten(outcome.failed).replace(/\.$/, '');
  return openStep(sent, say.setup.notOpened(why), status);
}
