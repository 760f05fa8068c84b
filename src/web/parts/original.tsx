// What a crosspost shows: whose it is, where it stands, and the way there.
import type { PostItem } from '../../domain/post.ts';
import { beginning } from '../excerpt.ts';
import { say } from '../messages.ts';
import { addressAt, authorName, type Site, spaceName } from '../site.ts';
import { isWithheld, warningWords } from './warning.tsx';

const EXCERPT = 280;

export function OriginalBox({ post, site }: { post: PostItem; site: Site }) {
  const { original } = post;
  if (!original) return <p class="note">{say.originalGone}</p>;
  const { title, author, excerpt, labels } = original.post;
  const isClosed = isWithheld(labels) && !site.guest.viewer;
  const warning = isClosed ? say.signedInOnly : warningWords(labels);
  return (
    <blockquote class="original">
      <p class="meta">{say.originalOf(authorName(author), spaceName(original.space))}</p>
      <p>
        <a href={addressAt(site, original)} dir="auto">
          {title || say.untitled}
        </a>
      </p>
      {warning ? <p class="note">{warning}</p> : <p dir="auto">{beginning(excerpt, EXCERPT)}</p>}
    </blockquote>
  );
}
