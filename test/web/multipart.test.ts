/** Forms with files are read as browsers send them, and of what is too large nothing is held. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type MultipartBounds, readMultipart } from '../../src/web/multipart.ts';

const BOUNDS: MultipartBounds = { field: 1_000, file: 1_000, held: 10_000, parts: 20, all: 1_000_000 };

type Entry = { name: string; value: string | Uint8Array };

function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

async function requestOf(entries: Entry[], chunk = 1_000_000): Promise<Request> {
  const form = new FormData();
  for (const { name, value } of entries) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, new File([value.slice()], 'a "quoted".jpg'));
  }
  const whole = new Request('http://x.test/', { method: 'POST', body: form });
  const bytes = new Uint8Array(await whole.arrayBuffer());
  const parts = pieces(bytes, chunk);
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { value, done } = parts.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  return new Request(whole.url, { method: 'POST', body, headers: whole.headers, duplex: 'half' } as RequestInit);
}

const asked = async (entries: Entry[], bounds: Partial<MultipartBounds> = {}, chunk?: number) =>
  readMultipart(await requestOf(entries, chunk), { ...BOUNDS, ...bounds });

const name = fc.stringMatching(/^[a-z-]{1,12}$/);
const entry = fc.oneof(
  // Browsers send line breaks as CR LF.
  fc.record({ name, value: fc.string({ unit: 'grapheme', maxLength: 60 }).filter((text) => !/[\r\n]/.test(text)) }),
  fc.record({ name, value: fc.uint8Array({ maxLength: 300 }) }),
);

test('what is read is what was sent, in whatever pieces it comes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 8 }), fc.integer({ min: 1, max: 400 }), async (entries, chunk) => {
      const form = await asked(entries, {}, chunk);
      const texts = entries.filter(({ value }) => typeof value === 'string').map((one) => [one.name, one.value]);
      const files = entries.filter(({ value }) => typeof value !== 'string');
      expect([...(form?.fields ?? [])]).toEqual(texts);
      expect(form?.files.map((file) => [file.name, [...(file.bytes ?? [])]])).toEqual(
        files.map((file) => [file.name, [...(file.value as Uint8Array)]]),
      );
    }),
    { numRuns: 200 },
  );
});

test('a file that is too large is left out, and what stands beside it is not lost', async () => {
  const entries = [
    { name: 'text', value: 'kept' },
    { name: 'picture', value: new Uint8Array(1_001) },
    { name: 'picture', value: new Uint8Array(1_000) },
    { name: 'more', value: 'kept too' },
  ];
  const form = await asked(entries, {}, 100);
  expect(form?.files.map(({ bytes }) => bytes?.length ?? null)).toEqual([null, 1_000]);
  expect([...(form?.fields ?? [])]).toEqual([
    ['text', 'kept'],
    ['more', 'kept too'],
  ]);
});

test('together they are bounded as well', async () => {
  const files = Array.from({ length: 4 }, () => ({ name: 'picture', value: new Uint8Array(900) }));
  const form = await asked(files, { held: 2_000 });
  expect(form?.files.map(({ bytes }) => bytes?.length ?? null)).toEqual([900, 900, null, null]);
});

test.each([
  ['too many parts', {}, Array.from({ length: 21 }, () => ({ name: 'a', value: '' }))],
  ['words beyond all bounds', {}, [{ name: 'a', value: 'x'.repeat(1_001) }]],
  ['more than is read', { all: 500 }, [{ name: 'a', value: new Uint8Array(900) }]],
] as [string, Partial<MultipartBounds>, Entry[]][])('%s are no form', async (_, bounds, entries) => {
  expect(await asked(entries, bounds)).toBeNull();
});

test.each([
  ['another kind', 'text/plain', '--x\r\n'],
  ['no boundary', 'multipart/form-data', '--x\r\n'],
  [
    'an end before the end',
    'multipart/form-data; boundary=x',
    '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nb',
  ],
  ['a part without a name', 'multipart/form-data; boundary=x', '--x\r\ncontent-type: a/b\r\n\r\nb\r\n--x--\r\n'],
  ['a head without an end', 'multipart/form-data; boundary=x', `--x\r\n${'y'.repeat(10_000)}`],
])('%s is no form', async (_, type, body) => {
  const request = new Request('http://x.test/', { method: 'POST', body, headers: { 'content-type': type } });
  expect(await readMultipart(request, BOUNDS)).toBeNull();
});
