/** Bugs in what counts, what is found and who may see it. */
import type { Mutant } from './mutant.ts';

const TRIGGERS = 'migrations/0001_search_and_counts.sql';

export const SHOWING: Mutant[] = [
  {
    name: 'a second like of the same person counts',
    file: TRIGGERS,
    find: `WHEN new.collection = 'club.commonplace.like' AND new.subject IS NOT NULL AND new.hidden = 0
  AND NOT EXISTS (SELECT 1 FROM record o WHERE o.space = new.space AND o.subject = new.subject AND o.did = new.did
    AND o.uri <> new.uri AND o.hidden = 0 AND o.collection = 'club.commonplace.like')
BEGIN`,
    replace: `WHEN new.collection = 'club.commonplace.like' AND new.subject IS NOT NULL AND new.hidden = 0
BEGIN`,
  },
  {
    name: 'a like counts under a post of another space',
    file: TRIGGERS,
    find: `BEGIN
  UPDATE post SET like_count = like_count + 1 WHERE id = (SELECT post_id FROM record WHERE space = new.space AND uri = new.subject);
END;
--> statement-breakpoint
CREATE TRIGGER like_gone`,
    replace: `BEGIN
  UPDATE post SET like_count = like_count + 1 WHERE uri = new.subject;
END;
--> statement-breakpoint
CREATE TRIGGER like_gone`,
  },
  {
    name: 'a reply that is deleted stays counted',
    file: TRIGGERS,
    find: `  UPDATE space SET replies = replies - 1 WHERE did = old.space;
  UPDATE post SET reply_count = reply_count - 1`,
    replace: `  UPDATE space SET replies = replies - 1 WHERE did = old.space;
  UPDATE post SET reply_count = reply_count`,
  },
  {
    name: 'what is deleted can still be found',
    file: TRIGGERS,
    find: '  DELETE FROM search WHERE rowid = old.id;\n',
    replace: '',
  },
  {
    name: 'takedowns that only a relay knows are followed by all',
    file: 'src/domain/visibility.ts',
    find: "return space.relayTakedowns === 'follow' && (",
    replace: 'return space.relayTakedowns !== undefined && (',
  },
  {
    name: 'a createdAt in the future is believed',
    file: 'src/domain/ranking.ts',
    find: 'Math.max(0, Math.min(made, written))',
    replace: 'Math.max(0, made)',
  },
  {
    name: 'one half makes a member',
    file: 'src/domain/roles.ts',
    find: 'member?.joined === true && member.admitted;',
    replace: 'member !== undefined && (member.joined || member.admitted);',
  },
  {
    name: 'a role without membership may post',
    file: 'src/domain/roles.ts',
    find: '  isMember(member) &&\n',
    replace: '  member !== undefined &&\n',
  },
  {
    name: 'a space that changes who may post keeps what it hid',
    file: 'src/ingest/records/own.ts',
    find: "...(same(old, rest) ? [] : [{ write: 'job', kind: 'space', key: after.did } as const]),",
    replace: '...(same(old, rest) ? [] : []),',
  },
  {
    name: 'a removed space leaves its authors',
    file: 'src/db/leave.ts',
    find: "        'author_space',\n        'address',\n        'member',\n",
    replace: "        'address',\n",
  },
  {
    name: 'replies that answer each other in a circle are lost',
    file: 'src/reads/thread.ts',
    find: '[strayNodes, circleNodes]',
    replace: '[strayNodes]',
  },
  {
    name: 'a page of a list begins with the last one of the page before',
    file: 'src/db/queries/feed.ts',
    find: '{raw(id)} < $',
    replace: '{raw(id)} <= $',
  },
  {
    name: 'a retagged post stays under its old tags',
    file: TRIGGERS,
    find: 'WHEN old.tags <> new.tags OR old.sort_at <> new.sort_at BEGIN',
    replace: 'WHEN old.sort_at <> new.sort_at BEGIN',
  },
];
