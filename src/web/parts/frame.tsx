// The landmarks every page has: head with name and search, the page itself, foot.
import type { Child } from 'hono/jsx';
import { mediaPath } from '../../domain/media.ts';
import { say } from '../messages.ts';
import { type Instance, type Site, sectionName, spaceName } from '../site.ts';
import { Dormant } from './dormant.tsx';
import { WhoIsHere } from './form.tsx';
import { SearchForm } from './search-form.tsx';

/** Where whoever has a legal notice learns what to do; the same on every host. */
export const CONTACT = '/contact';

interface FrameProps {
  name: string;
  /** Whether the name is the page's own heading. */
  isHome: boolean;
  /** Path of the space's own picture. */
  avatar?: string | null;
  /** Address of the front page. */
  home?: string;
  /** The field for search; null where there is none. */
  search: { label: string; value?: string } | null;
  lang?: string | undefined;
  /** The way in, or who one is. */
  you?: Child;
  nav?: Child;
  foot: Child;
  children: Child;
}

export function Frame({ name, isHome, avatar, home = '/', search, lang, you, nav, foot, children }: FrameProps) {
  const Name = isHome ? 'h1' : 'p';
  return (
    <>
      <a class="skip" href="#main">
        {say.skip}
      </a>
      <header class="top">
        <div>
          <Name class="brand" dir="auto" lang={lang}>
            {avatar && <img class="avatar" src={avatar} alt="" width={40} height={40} />}
            {isHome ? name : <a href={home}>{name}</a>}
          </Name>
          {search && <SearchForm id="q" {...search} />}
          {you}
        </div>
        {nav}
      </header>
      <main id="main" tabindex={-1}>
        {children}
      </main>
      <footer class="foot">{foot}</footer>
    </>
  );
}

interface SpaceFrameProps {
  site: Site;
  /** Path of the page, to mark where the reader is. */
  here: string;
  /** The section that the page belongs to. */
  within?: string | undefined;
  hasSearch?: boolean;
  children: Child;
}

export function SpaceFrame({ site, here, within, hasSearch = true, children }: SpaceFrameProps) {
  const { space, instance } = site;
  const name = spaceName(space);
  return (
    <Frame
      name={name}
      avatar={space.avatar && mediaPath(space.did, space.avatar, 'avatar')}
      lang={space.langs[0]}
      isHome={here === '/'}
      search={hasSearch ? { label: say.searchIn(name) } : null}
      you={<WhoIsHere guest={site.guest} here={here} />}
      nav={<Sections site={site} here={here} within={within} />}
      foot={
        <>
          <p>
            <a href="/about">{say.aboutAndRules}</a>
            <a href="/status">{say.statusLink}</a>
            <a href="/docs/api">{say.api}</a>
            <a href={instance.origin}>{say.onInstance(instance.host)}</a>
            <a href={CONTACT}>{say.contact}</a>
          </p>
          <p>{say.footNote}</p>
        </>
      }
    >
      <Dormant site={site} />
      {site.groupTrouble && (
        <p class="alert">
          {say.groupTroubleNote} <a href="/group">{say.toReconnect}</a>
        </p>
      )}
      {children}
    </Frame>
  );
}

type NavProps = Pick<SpaceFrameProps, 'site' | 'here' | 'within'>;

const Sections = ({ site, here, within }: NavProps) => (
  <nav class="sections" aria-label={say.sectionsNav}>
    <ul>
      <NavItem href="/" words={say.allPosts} current={here === '/' ? 'page' : undefined} />
      {site.space.policy.sections.map((section) => (
        <NavItem
          href={`/${section.id}`}
          words={sectionName(section)}
          lang={site.space.langs[0]}
          current={here === `/${section.id}` ? 'page' : section.id === within ? 'true' : undefined}
        />
      ))}
      <NavItem href="/about" words={say.about} current={here === '/about' ? 'page' : undefined} />
    </ul>
  </nav>
);

interface NavItemProps {
  href: string;
  words: string;
  current: 'page' | 'true' | undefined;
  lang?: string | undefined;
}

const NavItem = ({ href, words, current, lang }: NavItemProps) => (
  <li>
    <a href={href} lang={lang} aria-current={current}>
      {words}
    </a>
  </li>
);

interface InstanceFrameProps {
  instance: Instance;
  guest: Site['guest'];
  isHome: boolean;
  /** What was searched for. */
  search?: string;
  children: Child;
}

export const InstanceFrame = ({ instance, guest, isHome, search = '', children }: InstanceFrameProps) => (
  <Frame
    name={instance.host}
    isHome={isHome}
    search={{ label: say.searchSpaces, value: search }}
    you={<WhoIsHere guest={guest} here="" />}
    foot={
      <>
        <p>
          <a href="/status">{say.statusLink}</a>
          <a href="/docs/api">{say.api}</a>
          <a href={CONTACT}>{say.contact}</a>
        </p>
        <p>{say.instanceNote}</p>
      </>
    }
  >
    {children}
  </Frame>
);
