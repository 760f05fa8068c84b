// Answers requests for what a post or reply was before.
import { isRefusal, refuse } from '../../domain/outcome.ts';
import { readVersions } from '../../reads/index.ts';
import type { Visit } from '../context.ts';
import { say } from '../messages.ts';
import { VersionsPage } from '../pages/versions.tsx';
import { refusalPage, sitePage } from '../respond.tsx';
import { versionsPath } from '../site.ts';

export async function versionsPage({ url, web, place }: Visit<'space'>['Bindings']): Promise<Response> {
  const { site } = place;
  const found = await readVersions(web.read, url.searchParams.get('uri') ?? '');
  if (isRefusal(found)) return refusalPage(place, found);
  const { post, versions } = found;
  if (post.space !== site.space.did) return refusalPage(place, refuse('PostNotFound', 'there is no such post here'));
  const head = { title: say.earlierVersions, description: '', path: versionsPath(post.uri), index: false };
  return sitePage(site, head, <VersionsPage site={site} post={post} versions={versions} />);
}
