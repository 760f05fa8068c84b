// Writing: the forms of posts and replies, and the question before something is deleted.

import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { NSID } from '../../domain/collections.ts';
import { type PostDraft, type ReplyDraft, textOf } from '../../domain/compose.ts';
import type { Json } from '../../domain/model.ts';
import { mostPictures, type Picture } from '../../domain/pictures.ts';
import type { PostItem } from '../../domain/post.ts';
import { sectionsFor } from '../../domain/sections.ts';
import { beginning } from '../excerpt.ts';
import { renderMarkdown } from '../markdown.ts';
import { say } from '../messages.ts';
import { Alert, Choice, Field, Form } from '../parts/form.tsx';
import { PictureFields, PictureWords } from '../parts/pictures.tsx';
import { RichText } from '../parts/rich-text.tsx';
import { authorName, pathOf, replyPath, type Site, sectionName } from '../site.ts';
import { withKey } from '../writing/key.ts';
import { KINDS, type Kind } from '../writing/kinds.ts';

interface Common {
  site: Site;
  alert: string | null;
}

/** What is edited, and the version of it that was seen; null for something new. */
type Editing = { uri: string; seen: string } | null;

export interface PostFormProps extends Common {
  kind: Kind;
  draft: PostDraft;
  pictures: Picture[];
  /** The facets of what it will be; null where it is not looked at. */
  preview: Json[] | null;
  editing: Editing;
  /** Which draft it goes on with; null for none. */
  draftId: string | null;
  /** Under which it will be written. */
  recordKey: string;
}

export const PostForm = ({ site, alert, kind, draft, pictures, preview, editing, ...rest }: PostFormProps) => (
  <div class="reading">
    <h1>{editing ? say.editTitle : say.newPost[kind]}</h1>
    {alert && <Alert>{alert}</Alert>}
    {preview && (
      <Preview lang={draft.lang} pictures={pictures}>
        <h2 dir="auto">{draft.title}</h2>
        <div class="prose">{raw(renderMarkdown(textOf(draft), 2, preview))}</div>
      </Preview>
    )}
    <Form
      action={editing ? '/write/edit' : withKey(`/write/${kind}`, rest.recordKey)}
      token={site.guest.token}
      values={editing ?? { draft: rest.draftId }}
      class="fields"
      enctype="multipart/form-data"
    >
      <Words draft={draft} />
      <Details site={site} kind={kind} draft={draft} />
      <PictureFields pictures={pictures} most={mostPictures(KINDS[kind])} shownBy={shownBy(site, editing)} />
      <PublicNote isOpen />
      <Send words={editing ? say.save : say.publish} isDraftable={editing === null} />
    </Form>
  </div>
);

const shownBy = ({ standing }: Site, editing: Editing): string | null => (editing && standing ? standing.did : null);

const Preview = ({ lang, pictures, children }: { lang: string; pictures: Picture[]; children: Child }) => (
  <section class="preview" aria-label={say.preview} lang={lang || undefined}>
    {children}
    <PictureWords pictures={pictures} />
  </section>
);

/** Before the first word is sent, and at every other; in short below what others wrote. */
const PublicNote = ({ isOpen }: { isOpen: boolean }) => (
  <details class="hint" open={isOpen}>
    <summary>{say.publicNote}</summary>
    <p>{say.publicRemoval}</p>
  </details>
);

const Send = ({ words, isDraftable }: { words: string; isDraftable: boolean }) => (
  <p class="acts">
    <button type="submit">{words}</button>
    <button type="submit" name="preview" value="1" class="quiet">
      {say.preview}
    </button>
    {isDraftable && (
      <button type="submit" name="save-draft" value="1" class="quiet" formnovalidate>
        {say.saveDraft}
      </button>
    )}
    {isDraftable && <a href="/write/drafts">{say.drafts}</a>}
  </p>
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
      <Around {...draft} />
      {kind === 'story' && (
        <Choice
          {...{ id: 'feedback', label: say.feedbackField, value: draft.feedback }}
          options={[['', say.feedbackUnsaid], ...Object.entries(say.feedbackShort)]}
        />
      )}
    </div>
  );
}

const Around = ({ lang, warning }: Pick<ReplyDraft, 'lang' | 'warning'>) => (
  <>
    <Field id="lang" label={say.lang} hint={say.langHint}>
      <input id="lang" name="lang" value={lang} maxlength={35} aria-describedby="lang-hint" />
    </Field>
    <Choice
      {...{ id: 'warning', label: say.warningField, value: warning }}
      options={[['', say.noWarning], ...Object.entries(say.warnings)]}
    />
  </>
);

export interface ReplyFormProps extends Common {
  draft: ReplyDraft;
  pictures: Picture[];
  /** What is answered; null where a reply is edited. */
  to: PostItem | null;
  editing: Editing;
  /** The facets of what it will be; null where it is not looked at. */
  preview: Json[] | null;
  draftId: string | null;
  recordKey: string;
}

export const ReplyForm = ({ site, alert, draft, pictures, to, editing, preview, ...rest }: ReplyFormProps) => (
  <div class="reading">
    <h1>{editing ? say.editTitle : say.answer}</h1>
    {alert && <Alert>{alert}</Alert>}
    {to && (
      <blockquote dir="auto">
        <p class="meta">{say.answering(authorName(to.author))}</p>
        <p>{to.root === null ? to.title : beginning(to.excerpt, 300)}</p>
      </blockquote>
    )}
    {preview && (
      <Preview lang={draft.lang} pictures={pictures}>
        <RichText text={textOf(draft)} facets={preview} />
      </Preview>
    )}
    <ReplyFields
      {...{ site, draft, pictures }}
      values={editing ?? { to: to?.uri, draft: rest.draftId }}
      shownBy={shownBy(site, editing)}
      recordKey={editing ? null : rest.recordKey}
    />
  </div>
);

interface ReplyFieldsProps {
  site: Site;
  draft?: ReplyDraft;
  pictures?: Picture[];
  values: Record<string, string | null | undefined>;
  shownBy?: string | null;
  /** Null for an edit. */
  recordKey: string | null;
}

/** Also below every thread. */
export function ReplyFields({ site, draft, pictures = [], values, shownBy = null, recordKey }: ReplyFieldsProps) {
  const { text, lang, warning } = draft ?? { text: '', lang: site.space.langs[0] ?? '', warning: '' };
  return (
    <Form
      action={recordKey === null ? '/write/edit' : withKey('/write/reply', recordKey)}
      token={site.guest.token}
      values={values}
      class="fields"
      enctype="multipart/form-data"
    >
      <Field id="reply" label={say.yourReply} hint={say.replyHint}>
        <textarea id="reply" name="text" rows={5} maxlength={10_000} dir="auto" aria-describedby="reply-hint">
          {text}
        </textarea>
      </Field>
      <details open={warning !== ''}>
        <summary>{say.replyDetails}</summary>
        <div class="details">
          <Around lang={lang} warning={warning} />
        </div>
      </details>
      <PictureFields pictures={pictures} most={mostPictures(NSID.reply)} shownBy={shownBy} />
      <PublicNote isOpen={draft !== undefined} />
      <Send words={recordKey === null ? say.save : say.sendReply} isDraftable={recordKey !== null} />
    </Form>
  );
}

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
