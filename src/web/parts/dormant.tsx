// Above every page of a space without life: that it will be archived, or is.
import { refusalOf } from '../../domain/permission.ts';
import { say } from '../messages.ts';
import type { Site } from '../site.ts';
import { Form } from './form.tsx';
import { Moment } from './time.tsx';

export function Dormant({ site: { space, standing, guest } }: { site: Site }) {
  const { dormancy } = space;
  if (!dormancy) return null;
  const mayRevive = standing !== null && refusalOf(standing, { do: 'revive' }) === null;
  return (
    <div class="alert">
      {'archivedAt' in dormancy ? (
        <p>
          <strong>{say.setup.isArchived}</strong> {say.setup.archivedSince} <Moment at={dormancy.archivedAt} />.{' '}
          {say.setup.archivedText}
        </p>
      ) : (
        <p>
          <strong>{say.setup.willBeArchived}</strong> {say.setup.archivedFrom} <Moment at={dormancy.archivedFrom} />.{' '}
          {say.setup.warnedText}
        </p>
      )}
      {mayRevive && (
        <Form action="/space/revive" token={guest.token}>
          <button type="submit" class="quiet">
            {'archivedAt' in dormancy ? say.setup.openAgain : say.setup.keepOpen}
          </button>
        </Form>
      )}
    </div>
  );
}
