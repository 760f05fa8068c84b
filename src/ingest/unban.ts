// A ban ends by itself.
import type { JobHandler } from './jobs.ts';

/** Key: "did space". One that was made longer meanwhile has another job. */
export const unban: JobHandler = async ({ key }, { db, clock }) => {
  const [did = '', space = ''] = key.split(' ');
  const ended = db.prepare('delete from ban where space = ? and did = ? and until <= ?').bind(space, did, clock.now());
  return { writes: [{ write: 'job', kind: 'author', key }], also: [ended], next: null };
};
