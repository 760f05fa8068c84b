/** What `npm run admin -- media` says. */

interface Use {
  space: string;
  did?: string;
  bytes: number;
  blobs: number;
}

export interface AdminMedia {
  bytes: number;
  blobs: number;
  references: number;
  orphanBytes: number;
  orphans: number;
  prefetchedBytes: number;
  spaces: Use[];
  members: Use[];
  largest: { cid: string; space: string; did: string; mimeType: string; bytes: number; references: number }[];
}

export interface AdminBlock {
  subject: string;
  why: string;
  createdAt: string;
}

const UNITS = ['bytes', 'KB', 'MB', 'GB'];

/** `3.1 MB` */
export function bytesWords(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const number = bytes / 1000 ** power;
  return `${power === 0 ? number : number.toFixed(1)} ${UNITS[power]}`;
}

const files = (count: number): string => `${count} ${count === 1 ? 'file' : 'files'}`;

const MOST = 5;

export function mediaWords(media: AdminMedia): string[] {
  const { bytes, blobs, references, orphans, orphanBytes, prefetchedBytes, spaces, members, largest } = media;
  const lines = (heading: string, rows: string[]): string[] =>
    rows.length === 0 ? [] : ['', heading, ...rows.slice(0, MOST).map((row) => `  ${row}`)];
  return [
    `${files(blobs)} kept, ${bytesWords(bytes)}; records refer to files ${references} times.`,
    `${files(orphans)} that nobody is shown any more, ${bytesWords(orphanBytes)}: freed after some days.`,
    ...(prefetchedBytes > 0 ? [`${bytesWords(prefetchedBytes)} fetched ahead this month.`] : []),
    ...lines(
      'Spaces:',
      spaces.map((use) => `${use.space}  ${bytesWords(use.bytes)} in ${files(use.blobs)}`),
    ),
    ...lines(
      'Members:',
      members.map((use) => `${use.did} in ${use.space}  ${bytesWords(use.bytes)} in ${files(use.blobs)}`),
    ),
    ...lines(
      'Largest:',
      largest.map((it) => `${it.cid}  ${bytesWords(it.bytes)}, ${it.mimeType}, of ${it.did}, ${it.references} records`),
    ),
  ];
}

export const blockWords = (blocks: AdminBlock[]): string[] =>
  blocks.length === 0
    ? ['Nothing is blocked.']
    : blocks.map(({ subject, why, createdAt }) => `${createdAt.slice(0, 10)}  ${subject}  ${why}`);
