// What every page of the settings has around its forms: the parts, and how the last change went.
import type { Child } from 'hono/jsx';
import { say } from '../../messages.ts';
import { Alert } from '../../parts/form.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { PATHS, type Part } from '../../settings/parts.ts';

interface FrameProps {
  parts: Part[];
  part: Part;
  alert: string | null;
  isSaved: boolean;
  children: Child;
}

export const SettingsFrame = ({ parts, part, alert, isSaved, children }: FrameProps) => (
  <div class="reading">
    <h1>{say.settings}</h1>
    <Tabs
      label={say.settingsNav}
      tabs={parts.map((one) => ({ href: PATHS[one], words: say.settingsParts[one], current: one === part }))}
    />
    {alert && <Alert>{alert}</Alert>}
    {!alert && isSaved && <p role="status">{say.settingsSaved}</p>}
    {children}
  </div>
);
