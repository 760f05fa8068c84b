// About a space: what it is for, how to join, rules, roles, and where its records are.
import { raw } from 'hono/html';
import type { Role, Rule, SpaceDetails } from '../../domain/model.ts';
import { clip, withoutTricks } from '../../domain/text.ts';
import { UGC_REL } from '../links.ts';
import { renderMarkdown } from '../markdown.ts';
import { say } from '../messages.ts';
import { Counts } from '../parts/about-box.tsx';
import { Form } from '../parts/form.tsx';
import { SpaceFrame } from '../parts/frame.tsx';
import { Paragraphs } from '../parts/paragraphs.tsx';
import { Belonging, ForStewards } from '../parts/taking-part.tsx';
import { profileUri, type Site, spaceName } from '../site.ts';

interface AboutProps {
  site: Site;
  isFollowed: boolean;
  /** How many ask to be let in. */
  asking: number;
}

export function AboutPage({ site, isFollowed, asking }: AboutProps) {
  const { space } = site;
  return (
    <SpaceFrame site={site} here="/about">
      <div class="reading prose">
        <h1 dir="auto">{say.aboutSpace(spaceName(space))}</h1>
        <Paragraphs text={space.description} lang={space.langs[0]} />
        <Counts space={space} />
        <h2>{say.joinHeading}</h2>
        <p>
          {say.joining[space.joinPolicy]} {say.posting[space.policy.postPolicy]}
        </p>
        <Belonging site={site} />
        {site.standing && <Following site={site} isFollowed={isFollowed} />}
        <ForStewards site={site} asking={asking} />
        <Rules rules={space.rules} lang={space.langs[0]} />
        <Roles roles={space.roles} lang={space.langs[0]} />
        <h2>{say.ownRecords}</h2>
        <p>{say.ownRecordsText}</p>
        <h2>{say.mediaHeading}</h2>
        <p>{say.mediaKept}</p>
        <Elsewhere space={space} />
      </div>
    </SpaceFrame>
  );
}

const Following = ({ site: { guest }, isFollowed }: { site: Site; isFollowed: boolean }) => (
  <Form action="/follow" token={guest.token} values={{ follow: isFollowed ? null : '1' }}>
    <p class="hint">{isFollowed ? say.isFollowed : say.followText}</p>
    <button type="submit" class="quiet">
      {isFollowed ? say.unfollow : say.follow}
    </button>
  </Form>
);

const Rules = ({ rules, lang }: { rules: Rule[]; lang: string | undefined }) => (
  <>
    <h2 id="rules">{say.rules}</h2>
    {rules.length === 0 && <p>{say.noRules}</p>}
    {rules.map(({ title, text }) => (
      <section lang={lang}>
        <h3 dir="auto">{title}</h3>
        {raw(renderMarkdown(text, 3))}
      </section>
    ))}
  </>
);

const LONGEST = 2000;

const Roles = ({ roles, lang }: { roles: Role[]; lang: string | undefined }) =>
  roles.length === 0 ? null : (
    <>
      <h2>{say.roles}</h2>
      <p>{say.stewards}</p>
      <dl>
        {roles.map(({ displayName, description, actions }) => (
          <>
            <dt dir="auto" lang={lang}>
              {displayName}
            </dt>
            <dd>
              {description && (
                <p class="said" dir="auto" lang={lang}>
                  {clip(withoutTricks(description), LONGEST)}
                </p>
              )}
              <p class="note">{say.roleMay(actions)}</p>
            </dd>
          </>
        ))}
      </dl>
    </>
  );

const Elsewhere = ({ space }: { space: SpaceDetails }) => (
  <>
    <h2>{say.links}</h2>
    <dl>
      {space.url && (
        <>
          <dt>{say.website}</dt>
          <dd>
            <a href={space.url} rel={UGC_REL}>
              {space.url}
            </a>
          </dd>
        </>
      )}
      <dt>{say.account}</dt>
      <dd>{space.handle ?? space.did}</dd>
      <dt>{say.did}</dt>
      <dd>{space.did}</dd>
      <dt>{say.asData}</dt>
      <dd>
        <a href={profileUri(space.did)}>{profileUri(space.did)}</a>
      </dd>
    </dl>
  </>
);
