// Showing a post in another space.
import type { Original, PostItem } from '../../domain/post.ts';
import type { Target } from '../../reads/index.ts';
import { say } from '../messages.ts';
import { Alert, Choice, Field, Form } from '../parts/form.tsx';
import { addressAt, authorName, pathOf, type Site, spaceName } from '../site.ts';
import { withKey } from '../writing/key.ts';

interface Props {
  site: Site;
  alert: string | null;
  post: PostItem;
  targets: Target[];
  chosen: string;
  note: string;
  recordKey: string;
}

export const CrosspostText = ({ site, alert, post, targets, chosen, note, recordKey }: Props) => (
  <div class="reading narrow">
    <h1>{say.crosspostTitle}</h1>
    {alert && <Alert>{alert}</Alert>}
    <blockquote dir="auto">
      <p class="meta">{authorName(post.author)}</p>
      <p>{post.title || say.untitled}</p>
    </blockquote>
    {targets.length === 0 ? (
      <p>{say.crosspostNowhere}</p>
    ) : (
      <Form
        action={withKey('/write/crosspost', recordKey)}
        token={site.guest.token}
        values={{ uri: post.uri }}
        class="fields"
      >
        <Choice
          {...{ id: 'space', label: say.crosspostInto, value: chosen }}
          options={targets.map(({ space }) => [space.did, spaceName(space)])}
        />
        <Field id="note" label={say.crosspostNote} hint={say.crosspostNoteHint}>
          <textarea id="note" name="note" rows={3} maxlength={1000} dir="auto" aria-describedby="note-hint">
            {note}
          </textarea>
        </Field>
        <p class="hint">{say.crosspostText}</p>
        <p class="acts">
          <button type="submit">{say.crosspostSend}</button>
        </p>
      </Form>
    )}
    <p>
      <a href={pathOf(post)}>{say.backToPost}</a>
    </p>
  </div>
);

export const CrosspostDone = ({ site, post, shown }: { site: Site; post: PostItem; shown: Original }) => (
  <div class="reading narrow">
    <h1>{say.crosspostTitle}</h1>
    <p role="status">{say.crosspostDone(spaceName(shown.space))}</p>
    <p>
      <a href={addressAt(site, shown)}>{say.crosspostSee}</a>
    </p>
    <p>
      <a href={pathOf(post)}>{say.backToPost}</a>
    </p>
  </div>
);
