-- Search: every match names the space's token. Contentless: excerpts come from the post's own text.
CREATE VIRTUAL TABLE search USING fts5(space, title, text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2');
--> statement-breakpoint
-- Counts follow what shows, and so do the media of replies. A post arriving after its replies and likes counts those that are there.
CREATE TRIGGER post_added AFTER INSERT ON post BEGIN
  INSERT INTO tag (space, tag, sort_at, post) SELECT new.space, value, new.sort_at, new.id FROM json_each(new.tags);
END;
--> statement-breakpoint
CREATE TRIGGER post_counted AFTER INSERT ON post WHEN new.root IS NULL AND new.hidden = 0 BEGIN
  UPDATE space SET posts = posts + 1 WHERE did = new.space;
END;
--> statement-breakpoint
CREATE TRIGGER reply_counted AFTER INSERT ON post WHEN new.root IS NOT NULL AND new.hidden = 0 BEGIN
  UPDATE space SET replies = replies + 1 WHERE did = new.space;
  UPDATE post SET reply_count = reply_count + 1, active_at = max(active_at, new.sort_at)
    WHERE id = (SELECT post_id FROM record WHERE space = new.space AND uri = new.root);
END;
--> statement-breakpoint
CREATE TRIGGER post_shown AFTER UPDATE OF hidden ON post WHEN new.root IS NULL AND (old.hidden = 0) <> (new.hidden = 0) BEGIN
  UPDATE space SET posts = posts + iif(new.hidden = 0, 1, -1), media_generation = media_generation + (new.hidden <> 0 AND new.reply_count > 0) WHERE did = new.space;
END;
--> statement-breakpoint
CREATE TRIGGER reply_shown AFTER UPDATE OF hidden ON post WHEN new.root IS NOT NULL AND old.hidden <> 0 AND new.hidden = 0 BEGIN
  UPDATE space SET replies = replies + 1 WHERE did = new.space;
  UPDATE post SET reply_count = reply_count + 1, active_at = max(active_at, new.sort_at)
    WHERE id = (SELECT post_id FROM record WHERE space = new.space AND uri = new.root);
END;
--> statement-breakpoint
CREATE TRIGGER reply_hidden AFTER UPDATE OF hidden ON post WHEN new.root IS NOT NULL AND old.hidden = 0 AND new.hidden <> 0 BEGIN
  UPDATE space SET replies = replies - 1 WHERE did = new.space;
  UPDATE post SET reply_count = reply_count - 1 WHERE id = (SELECT post_id FROM record WHERE space = new.space AND uri = new.root);
  UPDATE post SET active_at = max(sort_at, coalesce((SELECT max(r.sort_at) FROM post r WHERE r.space = new.space AND r.root = new.root AND r.hidden = 0), 0))
    WHERE id = (SELECT post_id FROM record WHERE space = new.space AND uri = new.root) AND active_at <= old.sort_at;
END;
--> statement-breakpoint
CREATE TRIGGER post_gone AFTER DELETE ON post BEGIN
  DELETE FROM search WHERE rowid = old.id;
  DELETE FROM tag WHERE space = old.space AND sort_at = old.sort_at AND post = old.id AND tag IN (SELECT value FROM json_each(old.tags));
END;
--> statement-breakpoint
CREATE TRIGGER post_uncounted AFTER DELETE ON post WHEN old.root IS NULL AND old.hidden = 0 BEGIN
  UPDATE space SET posts = posts - 1, media_generation = media_generation + (old.reply_count > 0) WHERE did = old.space;
END;
--> statement-breakpoint
CREATE TRIGGER reply_uncounted AFTER DELETE ON post WHEN old.root IS NOT NULL AND old.hidden = 0 BEGIN
  UPDATE space SET replies = replies - 1 WHERE did = old.space;
  UPDATE post SET reply_count = reply_count - 1 WHERE id = (SELECT post_id FROM record WHERE space = old.space AND uri = old.root);
  UPDATE post SET active_at = max(sort_at, coalesce((SELECT max(r.sort_at) FROM post r WHERE r.space = old.space AND r.root = old.root AND r.hidden = 0), 0))
    WHERE id = (SELECT post_id FROM record WHERE space = old.space AND uri = old.root) AND active_at <= old.sort_at;
END;
--> statement-breakpoint
CREATE TRIGGER post_retagged AFTER UPDATE OF tags, sort_at ON post WHEN old.tags <> new.tags OR old.sort_at <> new.sort_at BEGIN
  DELETE FROM tag WHERE space = old.space AND sort_at = old.sort_at AND post = old.id AND tag IN (SELECT value FROM json_each(old.tags));
  INSERT INTO tag (space, tag, sort_at, post) SELECT new.space, value, new.sort_at, new.id FROM json_each(new.tags);
END;
--> statement-breakpoint
CREATE TRIGGER post_resorted AFTER UPDATE OF sort_at ON post WHEN new.root IS NULL AND old.sort_at <> new.sort_at BEGIN
  UPDATE post SET active_at = max(new.sort_at, coalesce((SELECT max(r.sort_at) FROM post r WHERE r.space = new.space AND r.root = new.uri AND r.hidden = 0), 0))
    WHERE id = new.id;
END;
--> statement-breakpoint
CREATE TRIGGER reply_resorted AFTER UPDATE OF sort_at ON post WHEN new.root IS NOT NULL AND new.hidden = 0 AND old.sort_at <> new.sort_at BEGIN
  UPDATE post SET active_at = max(sort_at, coalesce((SELECT max(r.sort_at) FROM post r WHERE r.space = new.space AND r.root = new.root AND r.hidden = 0), 0))
    WHERE id = (SELECT post_id FROM record WHERE space = new.space AND uri = new.root) AND active_at <= old.sort_at;
END;
--> statement-breakpoint
-- A like counts once per author and subject, however many records say so.
CREATE TRIGGER like_added AFTER INSERT ON record
WHEN new.collection = 'club.commonplace.like' AND new.subject IS NOT NULL AND new.hidden = 0
  AND NOT EXISTS (SELECT 1 FROM record o WHERE o.space = new.space AND o.subject = new.subject AND o.did = new.did
    AND o.uri <> new.uri AND o.hidden = 0 AND o.collection = 'club.commonplace.like')
BEGIN
  UPDATE post SET like_count = like_count + 1 WHERE id = (SELECT post_id FROM record WHERE space = new.space AND uri = new.subject);
END;
--> statement-breakpoint
CREATE TRIGGER like_gone AFTER UPDATE OF subject, hidden ON record
WHEN old.collection = 'club.commonplace.like' AND old.subject IS NOT NULL AND old.hidden = 0
  AND (new.subject IS NOT old.subject OR new.hidden <> 0)
  AND NOT EXISTS (SELECT 1 FROM record o WHERE o.space = old.space AND o.subject = old.subject AND o.did = old.did
    AND o.uri <> old.uri AND o.hidden = 0 AND o.collection = 'club.commonplace.like')
BEGIN
  UPDATE post SET like_count = like_count - 1 WHERE id = (SELECT post_id FROM record WHERE space = old.space AND uri = old.subject);
END;
--> statement-breakpoint
CREATE TRIGGER like_shown AFTER UPDATE OF subject, hidden ON record
WHEN new.collection = 'club.commonplace.like' AND new.subject IS NOT NULL AND new.hidden = 0
  AND (new.subject IS NOT old.subject OR old.hidden <> 0)
  AND NOT EXISTS (SELECT 1 FROM record o WHERE o.space = new.space AND o.subject = new.subject AND o.did = new.did
    AND o.uri <> new.uri AND o.hidden = 0 AND o.collection = 'club.commonplace.like')
BEGIN
  UPDATE post SET like_count = like_count + 1 WHERE id = (SELECT post_id FROM record WHERE space = new.space AND uri = new.subject);
END;
--> statement-breakpoint
-- A changed bit set of a record is its post's as well.
CREATE TRIGGER record_hidden AFTER UPDATE OF hidden ON record WHEN old.hidden <> new.hidden AND new.post_id IS NOT NULL AND new.cid IS NOT NULL BEGIN
  UPDATE post SET hidden = new.hidden WHERE id = new.post_id;
END;
--> statement-breakpoint
CREATE TRIGGER member_added AFTER INSERT ON member WHEN new.joined AND new.admitted BEGIN
  UPDATE space SET members = members + 1 WHERE did = new.space;
END;
--> statement-breakpoint
CREATE TRIGGER member_changed AFTER UPDATE OF joined, admitted ON member
WHEN (old.joined AND old.admitted) <> (new.joined AND new.admitted) BEGIN
  UPDATE space SET members = members + iif(new.joined AND new.admitted, 1, -1) WHERE did = new.space;
END;
--> statement-breakpoint
CREATE TRIGGER member_gone AFTER DELETE ON member WHEN old.joined AND old.admitted BEGIN
  UPDATE space SET members = members - 1 WHERE did = old.space;
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
-- Whatever takes media away makes the space's generation greater: what caches hold under the old one is asked for no more.
CREATE TRIGGER blob_unreferenced AFTER DELETE ON blob_ref BEGIN
  UPDATE space SET media_generation = media_generation + 1 WHERE did = old.space;
END;
--> statement-breakpoint
CREATE TRIGGER record_blobs_hidden AFTER UPDATE OF hidden ON record
WHEN old.hidden = 0 AND new.hidden <> 0 AND instr(new.value, '"$type":"blob"') > 0 BEGIN
  UPDATE space SET media_generation = media_generation + 1 WHERE did = new.space;
END;
--> statement-breakpoint
CREATE TRIGGER post_withheld AFTER UPDATE OF labels ON post
WHEN old.labels <> new.labels AND instr(new.labels, '!no-unauthenticated') > 0 BEGIN
  UPDATE space SET media_generation = media_generation + 1 WHERE did = new.space;
END;
--> statement-breakpoint
-- What is kept, by who is charged for it.
CREATE TRIGGER blob_kept AFTER INSERT ON blob BEGIN
  INSERT INTO media_use (space, did, bytes, blobs) VALUES (new.space, new.did, new.size + new.made, 1), (new.space, '', new.size + new.made, 1)
    ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes, blobs = blobs + 1;
END;
--> statement-breakpoint
CREATE TRIGGER blob_made AFTER UPDATE OF made ON blob WHEN old.made <> new.made BEGIN
  UPDATE media_use SET bytes = bytes + new.made - old.made WHERE space = new.space AND did IN (new.did, '');
END;
--> statement-breakpoint
CREATE TRIGGER blob_freed AFTER DELETE ON blob BEGIN
  UPDATE media_use SET bytes = bytes - old.size - old.made, blobs = blobs - 1 WHERE space = old.space AND did IN (old.did, '');
  DELETE FROM media_use WHERE space = old.space AND did IN (old.did, '') AND blobs <= 0;
END;