// How the space looks. A theme that could not be read is refused, with the colours that are too much alike.
import { NSID } from '../../domain/collections.ts';
import { say } from '../messages.ts';
import { LookForm } from '../pages/settings/look.tsx';
import {
  areColours,
  COLOURS,
  type Illegible,
  illegibleIn,
  type Look,
  lookOf,
  PRESETS,
  SCHEMES,
  themeRecord,
} from '../presets.ts';
import type { Palette } from '../theme.ts';
import type { Env } from '../writing/desk.ts';
import { CHANGED, given, ownRecord, refusedPage, replacing, save, settingsPage, type Told, toPart } from './desk.tsx';

const shown = (env: Env, look: Look, seen: string, told: Told | null = null): Response =>
  settingsPage(env, 'look', <LookForm token={env.place.site.guest.token} look={look} seen={seen} />, told);

export async function lookPage(env: Env): Promise<Response> {
  const refused = refusedPage(env, 'look');
  if (refused) return refused;
  const { cid, value } = await ownRecord(env, NSID.theme);
  return shown(env, lookOf(value), cid);
}

export async function saveLook(env: Env, request: Request): Promise<Response> {
  const form = await given(env, request, 'look');
  if (form instanceof Response) return form;
  const { fields, writer } = form;
  const seen = fields.get('seen') ?? '';
  const name = fields.get('preset') ?? '';
  const preset = Object.hasOwn(PRESETS, name) ? PRESETS[name] : undefined;
  const look = preset ?? lookFrom(fields);
  if (form.told || preset) return shown(env, look, seen, form.told);
  if (!areColours(look)) return shown(env, lookOf(null), seen, { alert: say.badColour, status: 400 });
  const illegible = illegibleIn(look);
  if (illegible.length > 0) return shown(env, look, seen, { alert: say.illegible(inWords(illegible)), status: 400 });
  const { cid, value } = await ownRecord(env, NSID.theme);
  if (cid !== seen) return shown(env, look, seen, CHANGED);
  const record = themeRecord(value ?? { $type: NSID.theme, space: env.place.site.space.did }, look);
  const act = { act: 'put' as const, collection: NSID.theme, rkey: 'self', record, ...replacing(seen) };
  const told = await save(env, writer.standing.did, act);
  return told ? shown(env, look, seen, told) : toPart('look');
}

function lookFrom(fields: URLSearchParams): Look {
  const text = (name: string): string => fields.get(name) ?? '';
  const [light, dark] = SCHEMES.map((scheme) =>
    Object.fromEntries(COLOURS.map((colour) => [colour, text(`${scheme}-${colour}`).toLowerCase()])),
  ) as unknown as [Palette, Palette];
  return { light, dark, font: text('font'), width: text('width'), radius: text('radius') };
}

const inWords = (pairs: Illegible[]): string =>
  pairs
    .map(({ scheme, colour, behind, ratio }) =>
      say.illegiblePair(
        scheme === 'light' ? say.lightPage : say.darkPage,
        ...([say.colours[colour], say.colours[behind]] as const),
        ratio.toFixed(1),
      ),
    )
    .join('; ');
