/** What members wrote, shown harmlessly: behind their own warnings, as text, in the colours of their space. */
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/domain/model.ts';
import { Community, didOf } from '../support/community.ts';
import { linkedData, openSite, picture, type Visited } from './visit.ts';

const HOME = 'https://inkwell.example';
const ADA = didOf('ada');
const site = openSite(env.DB);
let club: Community;

const labelled = (...values: string[]): JsonObject => ({
  labels: { $type: 'com.atproto.label.defs#selfLabels', values: values.map((val) => ({ val })) },
});

/** A story at a path of its own. */
async function told(title: string, more: JsonObject): Promise<Visited> {
  const uri = await club.story(ADA, title, more);
  return site.get(`${HOME}/stories/${uri.slice(uri.lastIndexOf('/') + 1)}`);
}

beforeAll(async () => {
  const profile = { displayName: 'The Inkwell' };
  club = await Community.found(env.DB, 'inkwell', { hosts: ['inkwell.example'], profile });
  await club.story(ADA, 'Something to be named by');
  await club.named(ADA, 'ada.example.com');
});

describe('content warnings', () => {
  test('fold the text away, everywhere', async () => {
    const page = await told('A hard story', {
      text: 'The gory details.',
      ...labelled('graphic-media', 'grief', 'constructor'),
    });
    expect(page.find('details')?.text).toContain('The gory details.');
    expect(page.find('summary')?.text).toBe('Content warning: violence or gore, grief, constructor');
    expect(page.find('meta', { name: 'description' })?.attributes.content).not.toContain('gory');
    expect(page.find('script')?.text).not.toContain('gory');
    expect((await site.get(`${HOME}/`)).text).not.toContain('gory');
  });

  test('keep from visitors what is meant for people who are signed in', async () => {
    const page = await told('For friends', { text: 'Between friends.', ...labelled('!no-unauthenticated') });
    expect(page.text).not.toContain('Between friends.');
    expect(page.text).toContain('only to people who are signed in');
    expect((await site.get(`${HOME}/`)).text).not.toContain('Between friends.');
  });
});

describe('hostile content', () => {
  /** The one script, and media of the site's own. */
  const OURS = /^\/(?:assets\/[\w-]+\.js|media\/did:plc:\w+\/\w+(?:\/\w+)?)$/;
  const BAD = '</script><script>alert(1)</script><img src=x onerror=alert(1)>"\'>';

  test('stays text wherever it is shown', async () => {
    const page = await told(BAD, {
      text: `${BAD}\n\n[x](javascript:alert(1)) ![y](https://e.example/"onerror=")`,
      tags: [BAD.slice(0, 60)],
      images: [picture(BAD)],
      ...labelled('"><b>'),
    });
    const pages = [page, await site.get(`${HOME}/`), await site.get(`${HOME}/author/ada.example.com`)];
    for (const { elements } of pages) {
      for (const { name, attributes } of elements) {
        expect(['script', 'img', 'iframe', 'object', 'embed', 'style', 'base', 'b']).not.toContain(
          attributes.type === 'application/ld+json' || OURS.test(attributes.src ?? '') ? '' : name,
        );
        for (const [attribute, value] of Object.entries(attributes)) {
          expect(attribute).not.toMatch(/^on|^style$|^srcdoc$/);
          if (attribute === 'href' || attribute === 'action')
            expect(value).not.toMatch(/^\s*(?:javascript|data|vbscript):/i);
        }
      }
    }
    expect(page.find('h1')?.text).toBe(BAD);
    expect(linkedData(page).headline).toBe(BAD);
  });

  test('of any length is given in time', async () => {
    const page = await told('w'.repeat(300), { text: `${'ẃ'.repeat(49_000)}` });
    expect(page.status).toBe(200);
  });
});

describe('a theme', () => {
  test('is a stylesheet of its own, under a name that changes with it', async () => {
    expect((await site.get(`${HOME}/`)).all('link', { rel: 'stylesheet' })).toHaveLength(1);
    await club.put(club.space, 'club.commonplace.space.theme', { light: { accent: '#7a2e4d' } }, 'self');
    const [, link] = (await site.get(`${HOME}/`)).all('link', { rel: 'stylesheet' });
    const path = link?.attributes.href ?? '';
    expect(path).toMatch(new RegExp(`^/theme/${club.space}/[a-z0-9-]+\\.css$`));
    const css = await site.get(HOME + path);
    expect(css.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(css.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(css.text).toContain('--accent:#7a2e4d');
    expect((await site.get(`${HOME}/favicon.svg`)).text).toContain('#7a2e4d');

    const old = await site.get(`${HOME}/theme/${club.space}/old.css`);
    expect([old.status, old.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    expect((await site.get(`${HOME}/theme/${ADA}/old.css`)).status).toBe(404);
  });
});

test('none of this was a fault', () => expect(site.faults).toEqual([]));
