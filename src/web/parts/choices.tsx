// One of a few, each in words.
interface ChoicesProps {
  name: string;
  legend: string;
  value: string;
  options: readonly (readonly [value: string, words: string])[];
}

export const Choices = ({ name, legend, value, options }: ChoicesProps) => (
  <fieldset class="choices">
    <legend>{legend}</legend>
    {options.map(([one, words]) => (
      <label>
        <input type="radio" name={name} value={one} checked={one === value} required /> {words}
      </label>
    ))}
  </fieldset>
);
