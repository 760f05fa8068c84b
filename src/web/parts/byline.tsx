// Who wrote something.
import type { PostItem } from '../../domain/post.ts';
import { say } from '../messages.ts';
import { authorName, authorPath } from '../site.ts';

/** Handles stand apart from the text around them, whatever their direction. */
export const Byline = ({ author }: { author: PostItem['author'] }) => (
  <>
    <a class="who" href={authorPath(author)}>
      <bdi>{authorName(author)}</bdi>
    </a>
    {author.handle === null && <span>{say.unknownHandle}</span>}
  </>
);
