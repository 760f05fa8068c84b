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
          <strong>{say.isArchived}</strong> {say.archivedSince} <Moment at={dormancy.archivedAt} />. {say.archivedText}
        </p>
      ) : (
        <p>
          <strong>{say.willBeArchived}</strong> {say.archivedFrom} <Moment at={dormancy.archivedFrom} />.{' '}
          {say.warnedText}
        </p>
      )}
      {mayRevive && (
        <Form action="/space/revive" token={guest.token}>
          <button type="submit" class="quiet">
            {'archivedAt' in dormancy ? say.openAgain : say.keepOpen}
          </button>
        </Form>
      )}
    </div>
  );
}
