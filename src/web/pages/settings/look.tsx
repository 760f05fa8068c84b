// How the space looks: the form.
import { say } from '../../messages.ts';
import { Choice, Field, Form } from '../../parts/form.tsx';
import { COLOURS, type Look, PRESETS, SCHEMES, type Scheme } from '../../presets.ts';
import { entries } from './profile.tsx';

interface Props {
  token: string | null;
  look: Look;
  seen: string;
}

export const LookForm = ({ token, look, seen }: Props) => (
  <>
    <p>{say.lookText}</p>
    <Form action="/settings/look" token={token} values={{ seen }} class="acts">
      <span>{say.presets}</span>
      {Object.keys(PRESETS).map((name) => (
        <button type="submit" name="preset" value={name} class="quiet">
          {name}
        </button>
      ))}
    </Form>
    <Form action="/settings/look" token={token} values={{ seen }} class="fields boxes">
      {SCHEMES.map((scheme) => (
        <Colours scheme={scheme} look={look} />
      ))}
      <div class="details">
        <Choice id="font" label={say.fontField} value={look.font} options={entries(say.fonts)} />
        <Choice id="width" label={say.widthField} value={look.width} options={entries(say.widths)} />
        <Field id="radius" label={say.radiusField}>
          <input id="radius" name="radius" type="number" min={0} max={24} value={look.radius} />
        </Field>
      </div>
      <p class="acts">
        <button type="submit">{say.save}</button>
      </p>
    </Form>
  </>
);

const Colours = ({ scheme, look }: { scheme: Scheme; look: Look }) => (
  <fieldset>
    <legend>{scheme === 'light' ? say.lightPage : say.darkPage}</legend>
    <div class="details">
      {COLOURS.map((colour) => {
        const id = `${scheme}-${colour}`;
        return (
          <Field id={id} label={say.colours[colour]}>
            <input id={id} name={id} type="color" value={look[scheme][colour]} />
          </Field>
        );
      })}
    </div>
  </fieldset>
);
