/**
 * Who is in a space with a private roster cannot be found out: every page and method is asked as a visitor, a stranger, a member and a
 * member who may invite, while somebody is no member, has asked, is a member, is a steward, was invited, is banned; complete answers
 * are compared.
 */
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test } from 'vitest';
import { keepOrder } from '../../src/db/roster.ts';
import type { RosterOrder } from '../../src/domain/admission.ts';
import type { Did } from '../../src/domain/model.ts';
import type { Method } from '../../src/xrpc/method.ts';
import { METHODS } from '../../src/xrpc/methods.ts';
import { Community, didOf } from '../support/community.ts';
import { ask, HOME, signIn, takeDone } from '../support/workers/instance.ts';
import { METHOD_RULES } from './methods.ts';
import { INSTANCE_PAGES, PARTS, SPACE_PAGES } from './pages.ts';
import { type Place, storyKey } from './people.ts';

const HOST = 'veiled.example';
const [SUBJECT, INSIDER, INVITER, STEWARD, STRANGER] = ['subject', 'insider', 'inviter', 'steward', 'stranger'].map(
  (name) => didOf(`y${name}`),
) as [Did, Did, Did, Did, Did];
const VIEWERS: Record<string, Did | null> = { visitor: null, stranger: STRANGER, member: INSIDER, inviter: INVITER };

let club: Community;
let place: Place;

beforeAll(async () => {
  club = await Community.found(env.DB, 'veiled', { hosts: [HOST], profile: { postPolicy: 'members' } });
  const roles = [
    { role: 'inviter', actions: ['invite'], assignable: [] },
    { role: 'steward', actions: ['admit', 'eject', 'role.assign', 'group.configure'], assignable: ['steward'] },
  ];
  await club.put(club.space, 'club.commonplace.space.permissions', { roles, defaultRoles: [] }, 'self');
  await change({ order: 'conceal', space: club.space });
  club.admission.forget();
  await club.hold(INSIDER, { joined: true, admitted: true });
  await club.hold(INVITER, { joined: true, admitted: true, roles: ['inviter'] });
  await club.hold(STEWARD, { joined: true, admitted: true, roles: ['steward'] });
  await club.named(SUBJECT, 'subject.example');
  const story = await club.story(INSIDER, 'A title', {}, storyKey('public'));
  const reply = await club.reply(INSIDER, story, story, 'An answer');
  place = { kind: 'public', space: club.space, host: HOST, story, reply };
  for (const did of [SUBJECT, INSIDER, INVITER, STEWARD, STRANGER]) await signIn(did, [HOST, HOME]);
});

const change = async (order: RosterOrder): Promise<void> => {
  await keepOrder(env.DB, order, Date.now());
  await club?.work();
};

const queries = (METHODS as readonly Pick<Method, 'nsid' | 'type'>[]).map(({ nsid, type }) => ({ nsid, type }));
const ABOUT = ['author', 'q', 'actor', 'did'];

interface Question {
  what: string;
  host: string;
  method: string;
  path: string;
  form?: Record<string, string>;
  body?: string;
}

/** Every address with the subject wherever somebody is named. */
function questions(): Question[] {
  const pages = (rules: typeof SPACE_PAGES, host: string): Question[] =>
    Object.entries(rules).map(([name, rule]) => {
      const [method = '', path = ''] = name.split(' ');
      const filled = path.replace(/:\w+/g, (part) =>
        part === ':who' ? SUBJECT : encodeURI(PARTS[part]?.(place) ?? ''),
      );
      const query = rule.query ? `?${new URLSearchParams(rule.query(place))}` : '';
      const form = { ...rule.form?.(place), did: SUBJECT, who: SUBJECT };
      return { what: `${name} at ${host}`, host, method, path: filled + query, ...(method === 'POST' ? { form } : {}) };
    });
  const more = ['/author/subject.example', '/members?q=subject', '/search?q=subject'].map((path) => ({
    ...{ what: path, host: HOST, method: 'GET', path },
  }));
  const methods = queries.flatMap(({ nsid, type }): Question[] => {
    const rule = METHOD_RULES[nsid.slice('club.commonplace.'.length)];
    const given = { ...(rule?.params?.(place) ?? {}) };
    const path = `/xrpc/${nsid}`;
    if (type === 'procedure') {
      const body = JSON.stringify({ ...rule?.input?.(place), did: SUBJECT });
      return [{ what: nsid, host: HOST, method: 'POST', path, body }];
    }
    return [{}, ...ABOUT.map((name) => ({ [name]: SUBJECT }))].map((named) => ({
      ...{ what: `${nsid} ${JSON.stringify(named)}`, host: HOST, method: 'GET' },
      path: `${path}?${new URLSearchParams({ ...given, ...named } as Record<string, string>)}`,
    }));
  });
  return [...pages(SPACE_PAGES, HOST), ...pages(INSTANCE_PAGES, HOME), ...more, ...methods];
}

/** Complete answers of all there is to ask, by what was asked. */
async function answers(did: Did | null): Promise<Map<string, string>> {
  const seen = new Map<string, string>();
  for (const { what, ...question } of questions()) {
    // An archive holds what the page of one's data shows, and the time when it was made, in bytes.
    if (what.startsWith('POST /account/data/export')) continue;
    takeDone();
    const headers = question.body ? { 'content-type': 'application/json' } : {};
    const response = await ask({ ...question, did, headers });
    const told = ['cache-control', 'vary', 'location', 'etag', 'content-type'].map((name) =>
      response.headers.get(name),
    );
    const bytes = new Uint8Array(await response.arrayBuffer());
    const text = new TextDecoder().decode(bytes);
    seen.set(what, masked(JSON.stringify([response.status, ...told, takeDone(), text])));
  }
  return seen;
}

/** What differs from one request to the next, whoever is in. */
const masked = (text: string): string =>
  text
    // Secrets of forms, visits and links.
    .replace(/(?<![\w-])[\w-]{43}(?![\w-])/g, '…')
    .replace(/\\"id\\":\\"[\w-]{8,36}\\"/g, '"id":"…"')
    .replace(/(?<=\?key=)\w{13}/g, '…')
    // Of what one has seen oneself.
    .replace(/at&quot;: \d+/g, 'at: then')
    .replace(/\d{4}-\d\d-\d\d(T| )\d\d:\d\d[^"<\\\s]*/g, 'then')
    .replace(/just now|\d+ \w+ ago/g, 'ago')
    .replace(/(seq|secondsBehind|lagSeconds)\\":\d+/g, '$1":0');

/** Where they part. */
function difference(a: string, b: string): string {
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return [a, b].map((text) => text.slice(Math.max(at - 60, 0), at + 120)).join('\n');
}

const differing = (before: Map<string, string>, after: Map<string, string>): string[] =>
  [...before].flatMap(([what, told]) =>
    after.get(what) === told ? [] : [`${what}\n${difference(told, after.get(what) ?? '')}`],
  );

const far = (): number => Date.now() + 10_000_000;
const STATES: Record<string, () => Promise<void>> = {
  'has asked': () => change({ order: 'apply', space: club.space, did: SUBJECT, answers: [] }),
  'is a member': () => club.hold(SUBJECT, { joined: true, admitted: true }),
  'is a steward': () => club.hold(SUBJECT, { joined: true, admitted: true, roles: ['steward'] }),
  'was invited': async () => {
    await club.hold(SUBJECT, { admitted: true });
    await change({ order: 'name', space: club.space, did: SUBJECT, by: STEWARD, role: null });
  },
  'is banned': () =>
    change({
      ...{ order: 'ban', space: club.space, did: SUBJECT },
      ban: { by: STEWARD, at: Date.now(), until: far(), told: 'x', reason: 'y' },
    }),
};

async function reset(): Promise<void> {
  await change({ order: 'unban', space: club.space, did: SUBJECT });
  await change({ order: 'settle', space: club.space, did: SUBJECT });
  await change({ order: 'unname', space: club.space, did: SUBJECT });
  await club.hold(SUBJECT, { joined: false, admitted: false, roles: [] });
}

describe.each(Object.keys(VIEWERS))('a %s', (name) => {
  test.each(Object.keys(STATES))('is told the same when somebody %s', { timeout: 120_000 }, async (state) => {
    await reset();
    const did = VIEWERS[name] ?? null;
    const before = await answers(did);
    await (STATES[state] as () => Promise<void>)();
    expect(differing(before, await answers(did))).toEqual([]);
  });
});

test('a steward is told, so that the comparison can fail', { timeout: 120_000 }, async () => {
  await reset();
  const before = await answers(STEWARD);
  await STATES['is a member']?.();
  const told = differing(before, await answers(STEWARD)).map((one) => one.split('\n')[0] ?? '');
  expect(told.join(' ')).toMatch(/GET \/members at/);
  expect(told.join(' ')).toMatch(/space\.listMembers/);
});

test('nobody is named in the tables that lists and counts are made of', async () => {
  await reset();
  await STATES['is a steward']?.();
  for (const table of ['member', 'author_space', 'record', 'backfill']) {
    const found = await env.DB.prepare(`select count(*) as n from ${table} where did = ?`).bind(SUBJECT).first('n');
    expect(found, table).toBe(0);
  }
  expect(await env.DB.prepare('select members from space where did = ?').bind(club.space).first('members')).toBe(0);
});

test('records of memberships change nothing and are given to nobody', async () => {
  await reset();
  await club.put(SUBJECT, 'club.commonplace.actor.join', {}, club.space);
  await club.put(club.space, 'club.commonplace.space.membership', { member: SUBJECT, roles: ['steward'] }, SUBJECT);
  const standing = await env.DB.prepare('select count(*) as n from member where space = ?').bind(club.space).first('n');
  expect(standing).toBe(0);
  for (const collection of ['actor.join', 'space.membership']) {
    const path = `/xrpc/club.commonplace.sync.listRecords?space=${club.space}&collection=club.commonplace.${collection}`;
    expect(await (await ask({ host: HOST, method: 'GET', path })).json()).toEqual({ records: [] });
  }
});
