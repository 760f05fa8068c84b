// The way on from a page of a list, and back to its beginning.
import { say } from '../messages.ts';

interface Props {
  /** Address of the next page; null on the last. */
  next: string | null;
  words: string;
  /** Address of the first page; null on it. */
  start: string | null;
}

export const Pager = ({ next, words, start }: Props) =>
  next === null && start === null ? null : (
    <nav class="pager" aria-label={say.pagesNav}>
      {next && (
        <a class="button" href={next} rel="next">
          {words}
        </a>
      )}
      {start && <a href={start}>{say.toStart}</a>}
    </nav>
  );
