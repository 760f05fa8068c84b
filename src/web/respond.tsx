// Pages as responses.
import type { Child } from 'hono/jsx';
import type { Guest } from '../auth/guest.ts';
import type { Refusal } from '../domain/outcome.ts';
import { STYLE_PATH, stylesheetsOf } from './assets.ts';
import type { Place, WebContext } from './context.ts';
import { type CardImage, type Head, htmlDocument, type PageScript } from './head.ts';
import { PAGE_HEADERS, pageHeaders } from './headers.ts';
import { say } from './messages.ts';
import { type Failure, FailureText } from './pages/error.tsx';
import { WhoIsHere } from './parts/form.tsx';
import { Frame, InstanceFrame, SpaceFrame } from './parts/frame.tsx';
import { frontName, isListed, type Site, spaceName, withQuery } from './site.ts';

export interface PageHead {
  /** Null on the front page, which is called as the space is. */
  title: string | null;
  description: string;
  /** Canonical path, with query. */
  path: string;
  type?: Head['type'];
  record?: string | null;
  linkedData?: object | null;
  image?: CardImage | null;
  next?: string | null;
  script?: PageScript | null;
  /** False for pages that search engines need not keep. */
  index?: boolean;
}

export function sitePage(site: Site, page: PageHead, body: Child, status = 200): Response {
  const name = spaceName(site.space);
  const index = isListed(site.space) && page.index !== false;
  const head = {
    ...{ type: 'website' as const, ...page, index, siteName: name },
    // Whoever draws previews is no member.
    image: site.space.visibility === 'private' ? null : (page.image ?? null),
    title: page.title === null ? name : `${page.title} · ${name}`,
    canonical: site.origin + page.path,
    stylesheets: stylesheetsOf(site.space),
  };
  return htmlResponse(head, body, { status, isPersonal: site.guest.viewer !== null });
}

export interface Manner {
  status?: number;
  script?: PageScript;
  /** Beside those that the place has. */
  stylesheet?: string;
  isPersonal?: boolean;
  leaves?: string;
}

export function htmlResponse(
  head: Head,
  body: Child,
  { status = 200, isPersonal = false, leaves }: Manner = {},
): Response {
  const headers = pageHeaders({ index: head.index, hasScript: Boolean(head.script), isPersonal, leaves });
  return new Response(htmlDocument(head, String(body)), { status, headers });
}

/** A page about the visitor rather than the place, with what the place has around its pages. */
export function placePage(place: Place, title: string, body: Child, manner: Manner = {}): Response {
  const head: Head = {
    ...{ title: `${title} · ${frontPageName(place)}`, description: '', siteName: '', canonical: null },
    ...{ index: false, type: 'website', script: manner.script ?? null },
    stylesheets: [...stylesheetsAt(place), ...(manner.stylesheet ? [manner.stylesheet] : [])],
  };
  return htmlResponse(head, framed(place, body), { ...manner, isPersonal: true });
}

/** A page that is the same at every host: search engines are sent to the instance's own. */
export function docsPage(
  place: Extract<Place, { is: 'space' | 'instance' }>,
  { title, description, canonical }: Pick<Head, 'title' | 'description' | 'canonical'>,
  body: Child,
): Response {
  const head: Head = {
    ...{ title: `${title} · ${frontPageName(place)}`, description, siteName: frontPageName(place), canonical },
    ...{ index: place.is === 'instance', type: 'website', stylesheets: stylesheetsAt(place) },
  };
  return htmlResponse(head, framed(place, body), { isPersonal: guestAt(place)?.viewer != null });
}

const stylesheetsAt = (place: Place): string[] =>
  place.is === 'space' ? stylesheetsOf(place.site.space) : [STYLE_PATH];

/** What the place is called. */
export function frontPageName(place: Place): string {
  if (place.is === 'space') return spaceName(place.site.space);
  return place.is === 'private' ? frontName(place.front) : place.instance.host;
}

/** Asked for anew every time: the place may change again. */
export const redirectTo = (path: string, status: 301 | 302): Response =>
  new Response(null, { status, headers: { ...PAGE_HEADERS, location: path } });

/** What the domain refused, as a page. Only a bad request says why: what is not there has nothing to say. */
export function refusalPage(place: Place, { refusal, message }: Refusal): Response {
  const { pathname, searchParams } = new URL(`https://here.invalid${place.here}`);
  const anew = (query: Record<string, string>): Failure['home'] => {
    const href = withQuery(pathname, query);
    return href === place.here ? homeOf(place) : { href, words: say.anew };
  };
  if (refusal === 'InvalidRequest') return failurePage(place, 400, message, anew({}));
  const { cursor: _, ...rest } = Object.fromEntries(searchParams);
  return refusal === 'BadCursor' ? failurePage(place, 400, say.badCursor, anew(rest)) : failurePage(place, 404);
}

/** Where the reader may go on from an error. */
const homeOf = (place: Place): Failure['home'] =>
  place.is === 'unknown' ? { href: place.instance.origin, words: say.toInstance } : { href: '/', words: say.toHome };

/** Every status but 200 is a page of the site it happened on. */
export function failurePage(
  place: Place,
  status: Failure['status'],
  detail?: string,
  home: Failure['home'] = homeOf(place),
): Response {
  const text = <FailureText {...{ status, detail, home }} />;
  const head: Head = {
    title: say.errorTitles[status] ?? '',
    ...{ description: '', siteName: '', canonical: null, index: false, type: 'website' },
    stylesheets: stylesheetsAt(place),
  };
  const response = htmlResponse(head, framed(place, text, place.here), {
    status,
    isPersonal: Boolean(guestAt(place)?.viewer),
  });
  if (status === 405) response.headers.set('allow', 'GET, HEAD');
  return response;
}

const guestAt = (place: Place): Guest | null =>
  place.is === 'space' ? place.site.guest : place.is === 'unknown' ? null : place.guest;

/** `here`: where signing in leads back to, where the page may be there for those who have done so. */
function framed(place: Place, text: Child, here = ''): Child {
  if (place.is === 'space') {
    return (
      <SpaceFrame site={place.site} here="">
        {text}
      </SpaceFrame>
    );
  }
  if (place.is === 'instance') {
    return (
      <InstanceFrame instance={place.instance} guest={place.guest} isHome={false}>
        {text}
      </InstanceFrame>
    );
  }
  return (
    <Frame
      name={frontPageName(place)}
      isHome={false}
      home={homeOf(place).href}
      search={null}
      you={place.is === 'private' ? <WhoIsHere guest={place.guest} here={here} hub={place.instance.origin} /> : null}
      foot={<p>{say.instanceNote}</p>}
    >
      {text}
    </Frame>
  );
}

/** A fault says nothing of itself. */
export const faultPage = (place: Place, { requestId }: WebContext): Response =>
  failurePage(place, 500, say.requestId(requestId));
