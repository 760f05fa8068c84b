// Plain text with facets, as replies have it.
import type { Json } from '../../domain/model.ts';
import { type Run, textRuns } from '../facets.ts';
import { hostBehind, UGC_REL } from '../links.ts';
import { tagPath } from '../site.ts';

/** More empty lines than one say nothing, and a flood of them takes the page away from others. */
const calm = (text: string): string => text.replace(/\n[^\S\n]*(?:\n[^\S\n]*)+/g, '\n\n');

function Piece({ run: { text, feature } }: { run: Run }) {
  if (feature === null) return <>{calm(text)}</>;
  if ('mention' in feature) return <a href={`/author/${feature.mention}`}>{text}</a>;
  if ('tag' in feature) return <a href={tagPath(feature.tag)}>{text}</a>;
  const host = hostBehind(text, feature.link);
  return (
    <>
      <a href={feature.link} rel={UGC_REL}>
        {text}
      </a>
      {host && ` (${host})`}
    </>
  );
}

export const RichText = ({ text, facets }: { text: string; facets: Json | undefined }) => (
  <p class="said" dir="auto">
    {textRuns(text.trimEnd(), facets).map((run) => (
      <Piece run={run} />
    ))}
  </p>
);
