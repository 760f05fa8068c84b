// What the space is, who may join and post: the form.
import type { ProfileDraft } from '../../../domain/settings.ts';
import { say } from '../../messages.ts';
import { Choice, Field, Form } from '../../parts/form.tsx';

interface Props {
  token: string | null;
  draft: ProfileDraft;
  seen: string;
  has: { avatar: boolean; banner: boolean };
}

const QUESTIONS = 5;

export const ProfileForm = ({ token, draft, seen, has }: Props) => (
  <Form action="/settings" token={token} values={{ seen }} class="fields" enctype="multipart/form-data">
    <Field id="displayName" label={say.spaceName}>
      <input id="displayName" name="displayName" value={draft.displayName} required maxlength={64} dir="auto" />
    </Field>
    <Field id="description" label={say.spaceDescription}>
      <textarea id="description" name="description" rows={6} maxlength={2000} dir="auto">
        {draft.description}
      </textarea>
    </Field>
    <div class="details">
      <Field id="url" label={say.spaceUrl} hint={say.spaceUrlHint}>
        <input id="url" name="url" type="url" value={draft.url} maxlength={1000} aria-describedby="url-hint" />
      </Field>
      <Field id="langs" label={say.spaceLangs} hint={say.spaceLangsHint}>
        <input id="langs" name="langs" value={draft.langs} maxlength={100} aria-describedby="langs-hint" />
      </Field>
    </div>
    <div class="details">
      <Choice
        id="joinPolicy"
        label={say.joinPolicyField}
        value={draft.joinPolicy}
        options={entries(say.joinPolicies)}
      />
      <Choice
        id="postPolicy"
        label={say.postPolicyField}
        value={draft.postPolicy}
        options={entries(say.postPolicies)}
      />
      <Choice
        id="visibility"
        label={say.visibilityField}
        value={draft.visibility}
        options={entries(say.visibilities)}
      />
    </div>
    <Questions questions={draft.joinQuestions} />
    <PictureField id="avatar" label={say.avatarField} isThere={has.avatar} />
    <PictureField id="banner" label={say.bannerField} isThere={has.banner} />
    <p class="acts">
      <button type="submit">{say.save}</button>
    </p>
  </Form>
);

export const entries = (words: Record<string, string>): [string, string][] => Object.entries(words);

const Questions = ({ questions }: { questions: ProfileDraft['joinQuestions'] }) => (
  <details open={questions.length > 0}>
    <summary>{say.joinQuestions}</summary>
    {Array.from({ length: QUESTIONS }, (_, i) => (
      <>
        <Field id={`question-${i}`} label={say.joinQuestion(i + 1)}>
          <input id={`question-${i}`} name="question" value={questions[i]?.text ?? ''} maxlength={300} dir="auto" />
        </Field>
        <label class="tick">
          <input type="checkbox" name="required" value={i} checked={questions[i]?.required === true} /> {say.mustAnswer}
        </label>
      </>
    ))}
  </details>
);

const PictureField = ({ id, label, isThere }: { id: string; label: string; isThere: boolean }) => (
  <div>
    <Field id={id} label={label} hint={say.spacePictureHint}>
      <input id={id} name={id} type="file" accept="image/png,image/jpeg,image/webp" aria-describedby={`${id}-hint`} />
    </Field>
    {isThere && (
      <label class="tick">
        <input type="checkbox" name="remove" value={id} /> {say.removePicture}
      </label>
    )}
  </div>
);
