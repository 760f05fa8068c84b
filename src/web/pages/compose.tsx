// Writing: the forms of posts and replies, and the question before something is deleted.

import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { PostDraft } from '../../domain/compose.ts';
import type { PostItem } from '../../domain/model.ts';
import { sectionsFor } from '../../domain/sections.ts';
import { beginning } from '../excerpt.ts';
import { renderMarkdown } from '../markdown.ts';
import { say } from '../messages.ts';
import { Alert, Field, Form } from '../parts/form.tsx';
import { authorName, pathOf, replyPath, type Site, sectionName } from '../site.ts';
import { KINDS, type Kind } from '../writing/kinds.ts';

interface Common {
  site: Site;
  alert: string | null;
}

export interface PostFormProps extends Common {
  kind: Kind;
  draft: PostDraft;
  isPreview: boolean;
  /** What is edited, and the version of it that was seen; null for a new post. */
  editing: { uri: string; seen: string } | null;
}

export const PostForm = ({ site, alert, kind, draft, isPreview, editing }: PostFormProps) => (
  <div class="reading">
    <h1>{editing ? say.editTitle : say.newPost[kind]}</h1>
    {alert && <Alert>{alert}</Alert>}
    {isPreview && (
      <section class="preview" aria-label={say.preview} lang={draft.lang || undefined}>
        <h2 dir="auto">{draft.title}</h2>
        <div class="prose">{raw(renderMarkdown(draft.text))}</div>
      </section>
    )}
    <Form
      action={editing ? '/write/edit' : `/write/${kind}`}
      token={site.guest.token}
      values={editing ?? {}}
      class="fields"
    >
      <Words draft={draft} />
      <Details site={site} kind={kind} draft={draft} />
      <p class="hint">{say.publicNote}</p>
      <p class="acts">
        <button type="submit">{editing ? say.save : say.publish}</button>
        <button type="submit" name="preview" value="1" class="quiet">
          {say.preview}
        </button>
      </p>
    </Form>
  </div>
);

const Words = ({ draft }: { draft: PostDraft }) => (
  <>
    <Field id="title" label={say.postTitle}>
      <input id="title" name="title" value={draft.title} required maxlength={300} dir="auto" />
    </Field>
    <Field id="text" label={say.postText} hint={say.markdownHint}>
      <textarea id="text" name="text" rows={14} maxlength={200_000} dir="auto" aria-describedby="text-hint">
        {draft.text}
      </textarea>
    </Field>
  </>
);

function Details({ site, kind, draft }: Pick<PostFormProps, 'site' | 'kind' | 'draft'>) {
  const sections = sectionsFor(site.space.policy.sections, KINDS[kind]);
  return (
    <div class="details">
      {sections.length > 1 && (
        <Choice
          {...{ id: 'section', label: say.section, value: draft.section }}
          options={sections.map((section) => [section.id, sectionName(section)])}
        />
      )}
      <Field id="tags" label={say.tags} hint={say.tagsHint}>
        <input id="tags" name="tags" value={draft.tags} maxlength={600} dir="auto" aria-describedby="tags-hint" />
      </Field>
      <Field id="lang" label={say.lang} hint={say.langHint}>
        <input id="lang" name="lang" value={draft.lang} maxlength={35} aria-describedby="lang-hint" />
      </Field>
      <Choice
        {...{ id: 'warning', label: say.warningField, value: draft.warning }}
        options={[['', say.noWarning], ...Object.entries(say.warnings)]}
      />
      {kind === 'story' && (
        <Choice
          {...{ id: 'feedback', label: say.feedbackField, value: draft.feedback }}
          options={[['', say.feedbackUnsaid], ...Object.entries(say.feedbackShort)]}
        />
      )}
    </div>
  );
}

interface ChoiceProps {
  id: string;
  label: string;
  value: string;
  options: [value: string, words: string][];
}

const Choice = ({ id, label, value, options }: ChoiceProps) => (
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

export interface ReplyFormProps extends Common {
  text: string;
  /** What is answered; null where a reply is edited. */
  to: PostItem | null;
  editing: { uri: string; seen: string } | null;
}

export const ReplyForm = ({ site, alert, text, to, editing }: ReplyFormProps) => (
  <div class="reading">
    <h1>{editing ? say.editTitle : say.answer}</h1>
    {alert && <Alert>{alert}</Alert>}
    {to && (
      <blockquote dir="auto">
        <p class="meta">{say.answering(authorName(to.author))}</p>
        <p>{to.root === null ? to.title : beginning(to.excerpt, 300)}</p>
      </blockquote>
    )}
    <ReplyFields token={site.guest.token} text={text} values={editing ?? { to: to?.uri }} isEdit={editing !== null} />
  </div>
);

interface ReplyFieldsProps {
  token: string | null;
  text?: string;
  values: Record<string, string | undefined>;
  isEdit?: boolean;
}

/** Also below every thread. */
export const ReplyFields = ({ token, text = '', values, isEdit = false }: ReplyFieldsProps) => (
  <Form action={isEdit ? '/write/edit' : '/write/reply'} token={token} values={values} class="fields">
    <Field id="reply" label={say.yourReply} hint={say.replyHint}>
      <textarea id="reply" name="text" rows={5} required maxlength={10_000} dir="auto" aria-describedby="reply-hint">
        {text}
      </textarea>
    </Field>
    <p class="acts">
      <button type="submit">{isEdit ? say.save : say.sendReply}</button>
    </p>
  </Form>
);

export const DeleteText = ({ site, alert, post }: Common & { post: PostItem }): Child => (
  <div class="reading narrow">
    <h1>{say.deleteTitle}</h1>
    {alert && <Alert>{alert}</Alert>}
    <blockquote dir="auto">
      <p>{post.root === null ? post.title : beginning(post.excerpt, 300)}</p>
    </blockquote>
    <p>{say.deleteText}</p>
    <Form action="/write/delete" token={site.guest.token} values={{ uri: post.uri }} class="acts">
      <button type="submit">{say.delete}</button>{' '}
      <a href={post.root === null ? pathOf(post) : (replyPath(post) ?? '/')}>{say.keep}</a>
    </Form>
  </div>
);
