/** DNS over HTTPS: which records count, for how long, and what is no answer. */
import { describe, expect, test } from 'vitest';
import { dnsOverHttps } from '../../src/cloudflare/dns.ts';
import { outbound } from '../../src/cloudflare/fetch.ts';

const DOH = 'https://doh.example.com/dns-query';
const HOST = 'pds.example.com';

interface Told {
  name: string;
  type: number;
  TTL?: number;
  data: unknown;
}

const a = (data: string, name = HOST, TTL = 300): Told => ({ name, type: 1, TTL, data });
const aaaa = (data: string, name = HOST): Told => ({ name, type: 28, TTL: 300, data });
const cname = (data: string, name = HOST): Told => ({ name, type: 5, TTL: 300, data });
const txt = (data: string, name = `_atproto.${HOST}`): Told => ({ name, type: 16, TTL: 300, data });

/** A server that tells each type its records, or answers all with `body`. */
function server(records: Told[] | { body: Response | string }) {
  const asked: URL[] = [];
  let now = 0;
  const fetch = (async (input: RequestInfo | URL, init?: RequestInit) => {
    const url = new URL(String(input));
    asked.push(url);
    expect(new Headers(init?.headers).get('accept')).toBe('application/dns-json');
    if ('body' in records) {
      if (records.body === 'down') throw new TypeError('connection refused');
      return typeof records.body === 'string' ? new Response(records.body) : records.body.clone();
    }
    const type = { A: 1, AAAA: 28, TXT: 16 }[url.searchParams.get('type') ?? ''];
    const Answer = records.filter((record) => record.type === type || record.type === 5);
    return Response.json({ Status: 0, TC: false, ...(Answer.length > 0 ? { Answer } : {}) });
  }) as typeof globalThis.fetch;
  const dns = dnsOverHttps({
    url: DOH,
    clock: { now: () => now },
    outbound: outbound({ development: false, trusted: [DOH], fetch }),
  });
  return { dns, asked, pass: (seconds: number) => (now += seconds * 1000) };
}

describe('addresses', () => {
  test('are those of both kinds', async () => {
    const { dns, asked } = server([a('104.16.0.1'), a('104.16.0.2'), aaaa('2606:4700::1')]);
    expect(await dns.addresses(HOST)).toEqual(['104.16.0.1', '104.16.0.2', '2606:4700::1']);
    expect(asked.map(String).sort()).toEqual([`${DOH}?name=${HOST}&type=A`, `${DOH}?name=${HOST}&type=AAAA`]);
  });

  test('are found behind aliases, in whatever order and spelling they are told', async () => {
    const { dns } = server([
      a('10.0.0.1', 'deep.example.net'),
      cname('Deep.example.net', 'alias.example.net'),
      cname('alias.example.net.', 'PDS.example.com.'),
      a('8.8.8.8', 'nobody.asked.example'),
    ]);
    expect(await dns.addresses(HOST)).toEqual(['10.0.0.1']);
  });

  test('of aliases in a circle are none', async () => {
    expect(await server([cname('b.example.com'), cname(HOST, 'b.example.com')]).dns.addresses(HOST)).toEqual([]);
  });

  test('of a name that is not there are none', async () => {
    expect(await server({ body: '{"Status":3,"TC":false}' }).dns.addresses(HOST)).toEqual([]);
  });
});

describe('TXT records', () => {
  test.each([
    ['"did=did:plc:x"', 'did=did:plc:x'],
    ['did=did:plc:x', 'did=did:plc:x'],
    ['"did=did:" "plc:x"', 'did=did:plc:x'],
    [String.raw`"say \"hi\" \\ \065"`, String.raw`say "hi" \ A`],
    ['""', ''],
    ['"never closed', ''],
  ])('%s is %s', async (data, text) => {
    expect(await server([txt(data)]).dns.txt(`_atproto.${HOST}`)).toEqual([text]);
  });
});

describe('an answer', () => {
  test('is remembered for its time, within bounds', async () => {
    const { dns, asked, pass } = server([a('104.16.0.1', HOST, 120), aaaa('2606:4700::1')]);
    await dns.addresses(HOST);
    pass(119);
    await dns.addresses(HOST);
    expect(asked).toHaveLength(2);
    pass(2);
    await dns.addresses(HOST);
    expect(asked).toHaveLength(3);
  });

  test.each([
    ['for ever', 1_000_000, 3_600],
    ['not at all', 0, 30],
  ])('that wants to be remembered %s is kept %d: %d seconds', async (_, ttl, kept) => {
    const { dns, asked, pass } = server([a('104.16.0.1', HOST, ttl), { ...aaaa('2606:4700::1'), TTL: ttl }]);
    await dns.addresses(HOST);
    pass(kept - 1);
    await dns.addresses(HOST);
    expect(asked).toHaveLength(2);
    pass(2);
    await dns.addresses(HOST);
    expect(asked).toHaveLength(4);
  });

  test('is remembered for so many names only', async () => {
    const { dns, asked } = server([]);
    for (let n = 0; n < 2_001; n++) await dns.txt(`${n}.example.com`);
    await dns.txt('2000.example.com');
    expect(asked).toHaveLength(2_001);
    await dns.txt('0.example.com');
    expect(asked).toHaveLength(2_002);
  });

  test('that never comes is not waited for', async () => {
    const fetch = ((_: unknown, { signal }: RequestInit) =>
      new Promise((_, reject) =>
        signal?.addEventListener('abort', () => reject(signal.reason)),
      )) as typeof globalThis.fetch;
    const out = outbound({ development: false, trusted: [DOH], fetch });
    const ask = dnsOverHttps({ url: DOH, clock: { now: () => 0 }, outbound: out }).txt(HOST);
    await expect(ask).rejects.toMatchObject({ failure: 'timeout' });
  });

  test.each([
    ['nobody gives', 'down'],
    ['is no JSON', '<html>'],
    ['is a list', '[]'],
    ['has no status', '{"Answer":[]}'],
    ['is a failure of DNS', '{"Status":2}'],
    ['is cut off', '{"Status":0,"TC":true,"Answer":[]}'],
    ['has nonsense for records', '{"Status":0,"Answer":{"a":1}}'],
    [
      'has nonsense among its records',
      `{"Status":0,"Answer":[{"name":"${HOST}","type":1,"TTL":1,"data":"104.16.0.1"},null]}`,
    ],
    ['has a record without data', `{"Status":0,"Answer":[{"name":"${HOST}","type":1,"TTL":1}]}`],
    [
      'has a record whose data is no text',
      `{"Status":0,"Answer":[{"name":"${HOST}","type":1,"TTL":1,"data":["1.1.1.1"]}]}`,
    ],
    ['is too large', `{"Status":0,"Comment":"${'x'.repeat(70_000)}"}`],
    ['is an error', new Response('{"Status":0}', { status: 500 })],
    ['is somewhere else', new Response(null, { status: 302, headers: { location: 'https://other.example.com/' } })],
  ])('that %s says nothing of the name, and is not remembered', async (_, body) => {
    const { dns, asked } = server({ body });
    for (const ask of [() => dns.txt(HOST), () => dns.txt(HOST), () => dns.addresses(HOST)]) {
      await expect(ask()).rejects.toMatchObject({ name: 'FetchError', failure: expect.not.stringMatching('refused') });
    }
    expect(asked).toHaveLength(4);
  });
});
