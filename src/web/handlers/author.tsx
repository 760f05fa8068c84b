// Answers requests for what one person wrote in a space.
import { isRefusal } from '../../domain/outcome.ts';
import { readAuthor, readOwnMutes, withOriginals } from '../../reads/index.ts';
import type { Visit } from '../context.ts';
import { say } from '../messages.ts';
import { AuthorPage, type AuthorShow } from '../pages/author.tsx';
import { choice, isRefused, text } from '../query.ts';
import { redirectTo, refusalPage, sitePage } from '../respond.tsx';
import { authorName, authorPath, spaceName, withQuery } from '../site.ts';

const LIMIT = 30;
const SHOWS: AuthorShow[] = ['posts', 'replies'];

/** At `/author/<handle or DID>`; the page's own address has the handle where there is one. */
export async function authorPage({ web, url, place }: Visit<'space'>['Bindings']): Promise<Response> {
  const who = url.pathname.slice('/author/'.length);
  const { site } = place;
  const show = choice(url, 'show', SHOWS, 'posts');
  const cursor = text(url, 'cursor');
  if (isRefused(show)) return refusalPage(place, show);
  if (isRefused(cursor)) return refusalPage(place, cursor);
  const name = who.startsWith('did:') ? who : who.toLowerCase();
  const query = { limit: LIMIT, [show === 'posts' ? 'postsCursor' : 'repliesCursor']: cursor };
  const author = await readAuthor(web.read, site.space, name, query);
  if (isRefusal(author)) return refusalPage(place, author);
  const path = authorPath(author);
  if (path !== url.pathname) return redirectTo(path + url.search, 302);
  const page = author[show];
  const items = { ...page, items: await withOriginals(web.read, site.space.did, page.items) };
  const isMuted = (await readOwnMutes(web.read)).has(author.did);
  const head = {
    title: say.authorIn(authorName(author), spaceName(site.space)),
    description: '',
    path: withQuery(path, { show: show === 'posts' ? null : show, cursor }),
    type: 'profile' as const,
    record: `at://${author.did}`,
    index: cursor === null && show === 'posts',
  };
  return sitePage(
    site,
    head,
    <AuthorPage site={site} author={author} show={show} items={items} isFirst={cursor === null} isMuted={isMuted} />,
  );
}
