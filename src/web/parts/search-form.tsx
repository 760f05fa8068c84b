// The field for search, in the head of a site and on the page of results.
import { say } from '../messages.ts';

/** Bound to one page: `id` tells two forms on it apart. */
export const SearchForm = ({ id, label, value = '' }: { id: string; label: string; value?: string }) => (
  <search>
    <form class="search" action="/search">
      <label class="unseen" for={id}>
        {label}
      </label>
      <input id={id} type="search" name="q" value={value} maxlength={200} placeholder={label} required />
      <button type="submit">{say.search}</button>
    </form>
  </search>
);
