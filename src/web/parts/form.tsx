// Forms that change something: each carries the token by which the page that it came from is known.
import type { Child } from 'hono/jsx';
import { say } from '../messages.ts';
import type { Site } from '../site.ts';

type Token = Site['guest']['token'];

/** The field that holds the token. */
export const TOKEN = 'csrf';

interface FormProps {
  action: string;
  token: Token;
  /** Sent along unseen. */
  values?: Record<string, string | null | undefined>;
  class?: string;
  /** It takes files as well. */
  enctype?: 'multipart/form-data';
  children: Child;
}

export const Form = ({ action, token, values = {}, children, ...rest }: FormProps) => (
  <form method="post" action={action} {...rest}>
    <input type="hidden" name={TOKEN} value={token ?? ''} />
    {Object.entries(values).map(([name, value]) => (value ? <input type="hidden" name={name} value={value} /> : null))}
    {children}
  </form>
);

interface FieldProps {
  id: string;
  label: string;
  hint?: string;
  children: Child;
}

/** A label, the field, and a hint that the field names in `aria-describedby` as `<id>-hint`. */
export const Field = ({ id, label, hint, children }: FieldProps) => (
  <div class="field">
    <label for={id}>{label}</label>
    {children}
    {hint && (
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
    )}
  </div>
);

interface ChoiceProps {
  id: string;
  label: string;
  value: string;
  options: [value: string, words: string][];
}

export const Choice = ({ id, label, value, options }: ChoiceProps) => (
  <Field id={id} label={label}>
    <select id={id} name={id}>
      {options.map(([one, words]) => (
        <option value={one} selected={one === value}>
          {words}
        </option>
      ))}
    </select>
  </Field>
);

/** What went wrong, read out as soon as the page is there. */
export const Alert = ({ children }: { children: Child }) => (
  <p class="alert" role="alert">
    {children}
  </p>
);

interface WhoProps {
  guest: Site['guest'];
  here: string;
  /** Where there is a page of what one is told; this host by default. */
  hub?: string;
}

/** In the head of every page: the way in, or who one is. */
export const WhoIsHere = ({ guest, here, hub = '' }: WhoProps) => (
  <p class="you">
    {guest.viewer ? (
      <>
        <Told unread={guest.unread} hub={hub} />
        <a href="/account">
          <span class="unseen">{say.signedInAs} </span>
          <bdi>{guest.viewer.handle ?? guest.viewer.did}</bdi>
        </a>
      </>
    ) : (
      <a href={here === '' ? '/login' : `/login?next=${encodeURIComponent(here)}`}>{say.signIn}</a>
    )}
  </p>
);

/** The way to what one is told, with a mark where there is something new. */
const Told = ({ unread, hub }: { unread: number; hub: string }) => (
  <a href={`${hub}/notifications`} class="told">
    {say.notifications}
    {unread > 0 && (
      <>
        {' '}
        <span class="mark">
          {unread}
          <span class="unseen"> {say.notSeenYet}</span>
        </span>
      </>
    )}
  </a>
);
