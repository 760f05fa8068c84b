// Status of the instance and of one space.
import type { SpaceDetails } from '../../domain/model.ts';
import { readStatus } from '../../reads/index.ts';
import { STYLE_PATH } from '../assets.ts';
import type { Visit } from '../context.ts';
import { say } from '../messages.ts';
import { StatusText } from '../pages/status.tsx';
import { InstanceFrame, SpaceFrame } from '../parts/frame.tsx';
import { htmlResponse, sitePage } from '../respond.tsx';

const PATH = '/status';

const textOf = async ({ web }: Visit<'space' | 'instance'>['Bindings'], space: SpaceDetails | null) => (
  <StatusText status={await readStatus(web.read, space)} now={web.read.now} />
);

export async function spaceStatus(env: Visit<'space'>['Bindings']): Promise<Response> {
  const { site } = env.place;
  const text = await textOf(env, site.space);
  const head = { title: say.statusLink, description: say.statusDescription, path: PATH, index: false };
  return sitePage(
    site,
    head,
    <SpaceFrame site={site} here={PATH}>
      {text}
    </SpaceFrame>,
  );
}

export async function instanceStatus(env: Visit<'instance'>['Bindings']): Promise<Response> {
  const { instance, guest } = env.place;
  const text = await textOf(env, null);
  const head = {
    title: `${say.statusLink} · ${instance.host}`,
    ...{ description: say.statusDescription, siteName: instance.host, canonical: instance.origin + PATH },
    ...{ index: false, type: 'website' as const, stylesheets: [STYLE_PATH] },
  };
  return htmlResponse(
    head,
    <InstanceFrame instance={instance} guest={guest} isHome={false}>
      {text}
    </InstanceFrame>,
    { isPersonal: guest.viewer !== null },
  );
}
