// A row of links, one of which is where the reader is.

export interface Tab {
  href: string;
  words: string;
  current: boolean;
}

export const Tabs = ({ label, tabs }: { label: string; tabs: Tab[] }) => (
  <nav aria-label={label}>
    <ul class="tabs">
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
