// What somebody has begun to write here.
import { collectionOf, type Draft } from '../../domain/drafts.ts';
import type { JsonObject } from '../../domain/model.ts';
import { beginning } from '../excerpt.ts';
import { say } from '../messages.ts';
import { Alert, Form } from '../parts/form.tsx';
import { Ago } from '../parts/time.tsx';
import { type Site, withQuery } from '../site.ts';
import { kindOf } from '../writing/kinds.ts';

interface Props {
  site: Site;
  alert: string | null;
  drafts: Draft[];
}

export const DraftsText = ({ site, alert, drafts }: Props) => (
  <div class="reading">
    <h1>{say.drafts}</h1>
    {alert && <Alert>{alert}</Alert>}
    <p>{say.draftsText}</p>
    {drafts.length === 0 && <p class="empty">{say.noDrafts}</p>}
    {drafts.length > 0 && (
      <ul class="rows">
        {drafts.map((draft) => (
          <Row site={site} draft={draft} />
        ))}
      </ul>
    )}
  </div>
);

function Row({ site, draft }: { site: Site; draft: Draft }) {
  const name = nameOf(draft.record);
  return (
    <li>
      <div>
        <a href={pathOf(draft)} dir="auto">
          {name}
        </a>
        <p class="meta">
          <Ago at={draft.updatedAt} now={site.now} />
        </p>
      </div>
      <Form action="/write/drafts/delete" token={site.guest.token} values={{ draft: draft.id }}>
        <button type="submit" class="plain" aria-label={say.deleteDraft(name)}>
          {say.delete}
        </button>
      </Form>
    </li>
  );
}

const nameOf = ({ title, text }: JsonObject): string =>
  (typeof title === 'string' && title) || (typeof text === 'string' && beginning(text, 80)) || say.untitled;

const pathOf = (draft: Draft): string =>
  withQuery(`/write/${kindOf(collectionOf(draft)) ?? 'reply'}`, { draft: draft.id });
