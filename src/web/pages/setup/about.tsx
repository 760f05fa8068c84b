// What the space is called, and what it is for.
import { type About, type Founding, PICTURE_NAMES, PICTURE_TYPES, type PictureName } from '../../../domain/founding.ts';
import { say } from '../../messages.ts';
import { Field, Form } from '../../parts/form.tsx';
import { StepFrame } from './frame.tsx';

export interface AboutStepProps {
  founding: Founding;
  token: string | null;
  alert: string | null;
  typed: About;
}

export const AboutStep = ({ founding, token, alert, typed }: AboutStepProps) => (
  <StepFrame founding={founding} here="about" alert={alert}>
    <Form action="/setup/about" token={token} class="fields" enctype="multipart/form-data">
      <Field id="name" label={say.setup.spaceName}>
        <input id="name" name="name" value={typed.displayName} required maxlength={640} dir="auto" />
      </Field>
      <Field id="description" label={say.setup.description} hint={say.setup.descriptionHint}>
        <textarea
          id="description"
          name="description"
          rows={5}
          maxlength={20_000}
          dir="auto"
          aria-describedby="description-hint"
        >
          {typed.description}
        </textarea>
      </Field>
      <Field id="lang" label={say.setup.spaceLang} hint={say.setup.spaceLangHint}>
        <input id="lang" name="lang" value={typed.lang} maxlength={35} aria-describedby="lang-hint" />
      </Field>
      {PICTURE_NAMES.map((name) => (
        <PictureField name={name} isKept={founding.pictures.includes(name)} />
      ))}
      <button type="submit">{say.setup.saveStep}</button>
    </Form>
  </StepFrame>
);

const PictureField = ({ name, isKept }: { name: PictureName; isKept: boolean }) => (
  <div>
    {isKept && (
      <p class="choices">
        <img src={`/setup/picture/${name}`} alt={say.setup.pictureKept(name)} height={64} />
        <label>
          <input type="checkbox" name={`drop-${name}`} value="1" /> {say.setup.takeAway(name)}
        </label>
      </p>
    )}
    <Field id={name} label={say.setup.spacePicture(name)} hint={say.setup.spacePictureHint(name)}>
      <input type="file" id={name} name={name} accept={PICTURE_TYPES.join(',')} aria-describedby={`${name}-hint`} />
    </Field>
  </div>
);
