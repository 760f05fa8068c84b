// A row of links, one of which is where the reader is.

export interface Tab {
  href: string;
  words: string;
  current: boolean;
}

export const Tabs = ({ label, tabs, quiet = false }: { label: string; tabs: Tab[]; quiet?: boolean }) => (
  <nav aria-label={label}>
    <ul class={quiet ? 'tabs quiet' : 'tabs'}>
      {tabs.map(({ href, words, current }) => (
        <li>
          <a href={href} aria-current={current ? 'page' : undefined}>
            {words}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);
