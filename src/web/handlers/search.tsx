// Answers searches within a space.
import { isSpaceName } from '../../domain/names.ts';
import { isRefusal } from '../../domain/outcome.ts';
import { withoutTricks } from '../../domain/text.ts';
import { readOwnMutes, readSearch, readSpace, withOriginals, withoutMuted } from '../../reads/index.ts';
import { originOf, type Visit } from '../context.ts';
import { say } from '../messages.ts';
import { SearchPage } from '../pages/search.tsx';
import { isRefused, text } from '../query.ts';
import { refusalPage, sitePage } from '../respond.tsx';
import { spaceName, withQuery } from '../site.ts';

const LIMIT = 30;
/** The field takes no more. */
const LONGEST = 200;

export async function searchPage({ web, url, place }: Visit<'space'>['Bindings']): Promise<Response> {
  const { site } = place;
  const asked = text(url, 'q');
  const cursor = text(url, 'cursor');
  if (isRefused(asked)) return refusalPage(place, asked);
  if (isRefused(cursor)) return refusalPage(place, cursor);
  const q = withoutTricks(asked ?? '')
    .trim()
    .slice(0, LONGEST);
  const found = q === '' ? null : await readSearch(web.read, site.space, { q, limit: LIMIT, cursor });
  if (found !== null && isRefusal(found)) return refusalPage(place, found);
  const meant = isSpaceName(q) ? await readSpace(web.read, q) : null;
  const space = meant && !isRefusal(meant) && meant.hosts[0] ? meant : null;
  const named = space && { name: spaceName(space), href: `${originOf(web, url, space.hosts[0] ?? '')}/` };
  const shown = found && withoutMuted(found, await readOwnMutes(web.read));
  const items = shown && (await withOriginals(web.read, site.space.did, shown.items));
  const head = {
    title: q === '' ? say.search : say.searchTitle(q),
    description: '',
    path: withQuery('/search', { q, cursor }),
    index: false,
  };
  return sitePage(
    site,
    head,
    <SearchPage {...{ site, named, q }} found={shown && items && { ...shown, items }} isFirst={cursor === null} />,
  );
}
