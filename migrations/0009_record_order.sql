-- Records lie in the order in which they came, so that what is new is written in one place; found by URI as before.
CREATE TABLE record_before AS SELECT * FROM record;
--> statement-breakpoint
DROP TABLE record;
--> statement-breakpoint
CREATE TABLE `record` (
	`space` text NOT NULL,
	`uri` text NOT NULL,
	`did` text NOT NULL,
	`collection` text NOT NULL,
	`cid` text,
	`rev` text NOT NULL,
	`snapshot` integer NOT NULL,
	`hidden` integer NOT NULL,
	`sort_at` integer NOT NULL,
	`seq` integer NOT NULL,
	`shown_seq` integer,
	`indexed_at` integer NOT NULL,
	`edited_at` integer,
	`post_id` integer,
	`subject` text,
	`root` text,
	`value` text,
	PRIMARY KEY(`space`, `seq`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO record (space, uri, did, collection, cid, rev, snapshot, hidden, sort_at, seq, shown_seq, indexed_at, edited_at, post_id, subject, root, value)
  SELECT space, uri, did, collection, cid, rev, snapshot, hidden, sort_at, seq, shown_seq, indexed_at, edited_at, post_id, subject, root, value FROM record_before ORDER BY space, seq;
--> statement-breakpoint
DROP TABLE record_before;
--> statement-breakpoint
CREATE UNIQUE INDEX `record_uri` ON `record` (`space`,`uri`);
--> statement-breakpoint
CREATE INDEX `record_subject` ON `record` (`space`,`subject`,`did`,`collection`,`hidden`) WHERE "record"."subject" is not null;
--> statement-breakpoint
CREATE INDEX `record_tombstone` ON `record` (`indexed_at`) WHERE "record"."cid" is null;
--> statement-breakpoint
-- Its triggers went with the table, and are as they were; of an author's likes of one thing another is told by its seq, which is in the index.
CREATE TRIGGER like_gone AFTER UPDATE OF subject, hidden ON record
WHEN old.collection = 'club.commonplace.like' AND old.subject IS NOT NULL AND old.hidden = 0
  AND (new.subject IS NOT old.subject OR new.hidden <> 0)
  AND NOT EXISTS (SELECT 1 FROM record o WHERE o.space = old.space AND o.subject = old.subject AND o.did = old.did
    AND o.seq <> new.seq AND o.hidden = 0 AND o.collection = 'club.commonplace.like')
BEGIN
  UPDATE post SET like_count = like_count - 1 WHERE id = (SELECT post_id FROM record WHERE space = old.space AND uri = old.subject);
END;
--> statement-breakpoint
-- Blobs of a record, at most 32: by SHA-256 of their bytes, as all are on the network.
CREATE TRIGGER record_blobs AFTER INSERT ON record WHEN instr(new.value, '"$type":"blob"') > 0 BEGIN
  INSERT INTO blob_ref (cid, did, space, uri, type, size)
    SELECT b.cid, new.did, new.space, new.uri, substr(lower(coalesce(b.type, '')), 1, 100), coalesce(iif(b.size > 0, b.size, 0), 0) FROM (SELECT json_extract(new.value, p.path || '.ref."$link"') AS cid, json_extract(new.value, p.path || '.mimeType') AS type,
      json_extract(new.value, p.path || '.size') AS size
      FROM (SELECT path FROM json_tree(new.value) WHERE key = '$type' AND atom = 'blob' LIMIT 32) p) b
    WHERE length(b.cid) = 59 AND b.cid GLOB 'bafkrei*' AND b.cid NOT GLOB '*[^a-z2-7]*' ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER record_blobs_gone AFTER UPDATE OF value ON record WHEN old.value IS NOT new.value AND instr(old.value, '"$type":"blob"') > 0 BEGIN
  DELETE FROM blob_ref WHERE did = old.did AND space = old.space AND uri = old.uri
    AND cid IN (SELECT b.cid FROM (SELECT json_extract(old.value, p.path || '.ref."$link"') AS cid, json_extract(old.value, p.path || '.mimeType') AS type,
      json_extract(old.value, p.path || '.size') AS size
      FROM (SELECT path FROM json_tree(old.value) WHERE key = '$type' AND atom = 'blob' LIMIT 32) p) b)
    AND (new.value IS NULL OR cid NOT IN (SELECT b.cid FROM (SELECT json_extract(new.value, p.path || '.ref."$link"') AS cid, json_extract(new.value, p.path || '.mimeType') AS type,
      json_extract(new.value, p.path || '.size') AS size
      FROM (SELECT path FROM json_tree(new.value) WHERE key = '$type' AND atom = 'blob' LIMIT 32) p) b WHERE b.cid IS NOT NULL));
END;
--> statement-breakpoint
CREATE TRIGGER record_blobs_changed AFTER UPDATE OF value ON record WHEN old.value IS NOT new.value AND instr(new.value, '"$type":"blob"') > 0 BEGIN
  INSERT INTO blob_ref (cid, did, space, uri, type, size)
    SELECT b.cid, new.did, new.space, new.uri, substr(lower(coalesce(b.type, '')), 1, 100), coalesce(iif(b.size > 0, b.size, 0), 0) FROM (SELECT json_extract(new.value, p.path || '.ref."$link"') AS cid, json_extract(new.value, p.path || '.mimeType') AS type,
      json_extract(new.value, p.path || '.size') AS size
      FROM (SELECT path FROM json_tree(new.value) WHERE key = '$type' AND atom = 'blob' LIMIT 32) p) b
    WHERE length(b.cid) = 59 AND b.cid GLOB 'bafkrei*' AND b.cid NOT GLOB '*[^a-z2-7]*' ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER record_blobs_deleted AFTER DELETE ON record WHEN instr(old.value, '"$type":"blob"') > 0 BEGIN
  DELETE FROM blob_ref WHERE did = old.did AND space = old.space AND uri = old.uri AND cid IN (SELECT b.cid FROM (SELECT json_extract(old.value, p.path || '.ref."$link"') AS cid, json_extract(old.value, p.path || '.mimeType') AS type,
      json_extract(old.value, p.path || '.size') AS size
      FROM (SELECT path FROM json_tree(old.value) WHERE key = '$type' AND atom = 'blob' LIMIT 32) p) b);
END;
--> statement-breakpoint
CREATE TRIGGER record_blobs_hidden AFTER UPDATE OF hidden ON record
WHEN old.hidden = 0 AND new.hidden <> 0 AND instr(new.value, '"$type":"blob"') > 0 BEGIN
  UPDATE space SET media_generation = media_generation + 1 WHERE did = new.space;
END;
--> statement-breakpoint
CREATE TRIGGER versions_withdrawn AFTER UPDATE OF cid, hidden ON record
WHEN old.cid IS NOT NULL AND old.hidden = 0 AND old.post_id IS NOT NULL AND (new.cid IS NULL OR new.hidden <> 0) BEGIN
  DELETE FROM version WHERE space = old.space AND uri = old.uri;
END;
--> statement-breakpoint
CREATE TRIGGER versions_gone AFTER DELETE ON record WHEN old.post_id IS NOT NULL BEGIN
  DELETE FROM version WHERE space = old.space AND uri = old.uri;
END;
--> statement-breakpoint
CREATE TRIGGER record_hidden AFTER UPDATE OF hidden ON record WHEN old.hidden <> new.hidden AND new.post_id IS NOT NULL AND new.cid IS NOT NULL BEGIN
  UPDATE post SET hidden = new.hidden,
    noticed_at = iif(new.hidden = 0 AND old.shown_seq IS NULL AND new.shown_seq / 1000 - sort_at <= 604800000, new.shown_seq / 1000, noticed_at)
    WHERE id = new.post_id;
END;
--> statement-breakpoint
CREATE TRIGGER like_added AFTER INSERT ON record
WHEN new.collection = 'club.commonplace.like' AND new.subject IS NOT NULL AND new.hidden = 0
  AND NOT EXISTS (SELECT 1 FROM record o WHERE o.space = new.space AND o.subject = new.subject AND o.did = new.did
    AND o.seq <> new.seq AND o.hidden = 0 AND o.collection = 'club.commonplace.like')
BEGIN
  UPDATE post SET like_count = like_count + 1,
    liked_at = max(liked_at, iif(new.indexed_at - new.sort_at > 604800000, new.sort_at, new.indexed_at))
    WHERE id = (SELECT post_id FROM record WHERE space = new.space AND uri = new.subject);
END;
--> statement-breakpoint
CREATE TRIGGER like_shown AFTER UPDATE OF subject, hidden ON record
WHEN new.collection = 'club.commonplace.like' AND new.subject IS NOT NULL AND new.hidden = 0
  AND (new.subject IS NOT old.subject OR old.hidden <> 0)
  AND NOT EXISTS (SELECT 1 FROM record o WHERE o.space = new.space AND o.subject = new.subject AND o.did = new.did
    AND o.seq <> new.seq AND o.hidden = 0 AND o.collection = 'club.commonplace.like')
BEGIN
  UPDATE post SET like_count = like_count + 1,
    liked_at = max(liked_at, iif(new.indexed_at - new.sort_at > 604800000, new.sort_at, new.indexed_at))
    WHERE id = (SELECT post_id FROM record WHERE space = new.space AND uri = new.subject);
END;
