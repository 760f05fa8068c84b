/** What a cold visit loads: the document and every stylesheet, script and font, compressed. */
import { gzipSync } from 'node:zlib';
import { parse } from 'parse5';
import { HOST, startFilled } from './filled.ts';
import { get } from './load.ts';

export interface PageSize {
  path: string;
  /** After gzip -6. */
  bytes: number;
  scripts: number;
}

interface Node {
  nodeName: string;
  attrs?: { name: string; value: string }[];
  childNodes?: Node[];
}

const POSTS = 200;

export async function page(): Promise<{ pages: PageSize[] }> {
  const { worker, thread, word } = await startFilled(POSTS);
  try {
    const load = async (path: string): Promise<Buffer> => (await get({ port: worker.port, host: HOST, path })).body;
    const pages: PageSize[] = [];
    for (const path of ['/', thread, '/stories', '/about', `/search?q=${word}`]) pages.push(await weigh(path, load));
    return { pages };
  } finally {
    await worker.stop();
  }
}

async function weigh(path: string, load: (path: string) => Promise<Buffer>): Promise<PageSize> {
  const html = await load(path);
  const nodes = all(parse(html.toString()) as Node);
  const attribute = ({ attrs }: Node, name: string): string | undefined =>
    attrs?.find((one) => one.name === name)?.value;
  const scripts = nodes.filter(
    (node) => node.nodeName === 'script' && attribute(node, 'type') !== 'application/ld+json',
  );
  const sheets = nodes.filter(
    (node) => node.nodeName === 'link' && /^(stylesheet|preload)$/.test(attribute(node, 'rel') ?? ''),
  );
  const files = [...sheets.map((node) => attribute(node, 'href')), ...scripts.map((node) => attribute(node, 'src'))];
  const loaded = [html];
  for (const file of files) if (file) loaded.push(await load(file));
  const bytes = loaded.reduce((sum, body) => sum + gzipSync(body, { level: 6 }).length, 0);
  return { path, bytes, scripts: scripts.length };
}

const all = (node: Node): Node[] => [node, ...(node.childNodes ?? []).flatMap(all)];
