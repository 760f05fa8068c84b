// What somebody may do next, where a page shows a space or what is written in it.
import type { Action } from '../../domain/roles.ts';
import { sectionsFor } from '../../domain/sections.ts';
import { say } from '../messages.ts';
import { MOST_ASKING, type Site, withQuery } from '../site.ts';
import { KINDS, type Kind } from '../writing/kinds.ts';

/** In the box about the space: whether one belongs, and how to. */
export function Belonging({ site: { space, standing } }: { site: Site }) {
  if (standing?.joined) {
    return (
      <p>
        {standing.admitted ? say.isMember : say.hasAsked}{' '}
        {standing.admitted && <a href="/account/name">{say.yourName}</a>} <a href="/leave">{say.leaveHere}</a>
      </p>
    );
  }
  return space.joinPolicy !== 'invite' || standing?.admitted ? (
    <p>
      <a class="button" href="/join">
        {standing?.admitted || space.joinPolicy === 'open' ? say.join : say.ask}
      </a>
    </p>
  ) : null;
}

/** So many wait for an answer. */
export const Asking = ({ count }: { count: number }) =>
  count === 0 ? null : (
    <>
      {' '}
      <span class="mark">{count < MOST_ASKING ? count : `${MOST_ASKING}+`}</span>
    </>
  );

/** The way to what they look after. */
export const ForStewards = ({ site: { space, standing }, asking }: { site: Site; asking: number }) => {
  const may = (action: Action): boolean => standing?.actions.includes(action) ?? false;
  return (
    <>
      {may('admit') && space.joinPolicy === 'approval' && (
        <p>
          <a href="/members/requests">{say.toRequests}</a>
          <Asking count={asking} />
        </p>
      )}
      {(may('space.configure') || may('group.configure')) && (
        <p>
          <a href={may('space.configure') ? '/settings' : '/settings/roles'}>{say.toSettings}</a>
        </p>
      )}
      {may('group.configure') && (
        <p>
          <a href="/group">{say.toGroup}</a>
        </p>
      )}
    </>
  );
};

/** Above a list of posts. `section` null for the list of all. */
export function NewPosts({ site: { space, standing }, section }: { site: Site; section: string | null }) {
  if (!standing?.actions.includes('post')) return null;
  const { sections } = space.policy;
  const takes = (kind: Kind): boolean => {
    const taking = sectionsFor(sections, KINDS[kind]);
    return section === null ? taking.length > 0 : taking.some(({ id }) => id === section);
  };
  const kinds = (Object.keys(KINDS) as Kind[]).filter(takes);
  return kinds.length === 0 ? null : (
    <p class="acts">
      {kinds.map((kind) => (
        <a class="button" href={withQuery(`/write/${kind}`, { section })}>
          {say.newPost[kind]}
        </a>
      ))}
    </p>
  );
}
