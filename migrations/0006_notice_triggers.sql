-- Whom a post mentions.
CREATE TRIGGER post_mentions AFTER INSERT ON post WHEN new.mentions <> '[]' BEGIN
  INSERT INTO mention (space, did, noticed_at, post) SELECT new.space, value, new.noticed_at, new.id FROM json_each(new.mentions);
END;
--> statement-breakpoint
CREATE TRIGGER post_mentions_changed AFTER UPDATE OF mentions, noticed_at ON post WHEN old.mentions <> new.mentions OR old.noticed_at <> new.noticed_at BEGIN
  DELETE FROM mention WHERE space = old.space AND noticed_at = old.noticed_at AND post = old.id AND did IN (SELECT value FROM json_each(old.mentions));
  INSERT INTO mention (space, did, noticed_at, post) SELECT new.space, value, new.noticed_at, new.id FROM json_each(new.mentions);
END;
--> statement-breakpoint
CREATE TRIGGER post_mentions_gone AFTER DELETE ON post WHEN old.mentions <> '[]' BEGIN
  DELETE FROM mention WHERE space = old.space AND noticed_at = old.noticed_at AND post = old.id AND did IN (SELECT value FROM json_each(old.mentions));
END;
--> statement-breakpoint
-- What shows for the first time is news from then on.
DROP TRIGGER record_hidden;
--> statement-breakpoint
CREATE TRIGGER record_hidden AFTER UPDATE OF hidden ON record WHEN old.hidden <> new.hidden AND new.post_id IS NOT NULL AND new.cid IS NOT NULL BEGIN
  UPDATE post SET hidden = new.hidden,
    noticed_at = iif(new.hidden = 0 AND old.shown_seq IS NULL AND new.shown_seq / 1000 - sort_at <= 604800000, new.shown_seq / 1000, noticed_at)
    WHERE id = new.post_id;
END;
--> statement-breakpoint
-- The time of the last like goes with the count, in the same row.
DROP TRIGGER like_added;
--> statement-breakpoint
CREATE TRIGGER like_added AFTER INSERT ON record
WHEN new.collection = 'club.commonplace.like' AND new.subject IS NOT NULL AND new.hidden = 0
  AND NOT EXISTS (SELECT 1 FROM record o WHERE o.space = new.space AND o.subject = new.subject AND o.did = new.did
    AND o.uri <> new.uri AND o.hidden = 0 AND o.collection = 'club.commonplace.like')
BEGIN
  UPDATE post SET like_count = like_count + 1,
    liked_at = max(liked_at, iif(new.indexed_at - new.sort_at > 604800000, new.sort_at, new.indexed_at))
    WHERE id = (SELECT post_id FROM record WHERE space = new.space AND uri = new.subject);
END;
--> statement-breakpoint
DROP TRIGGER like_shown;
--> statement-breakpoint
CREATE TRIGGER like_shown AFTER UPDATE OF subject, hidden ON record
WHEN new.collection = 'club.commonplace.like' AND new.subject IS NOT NULL AND new.hidden = 0
  AND (new.subject IS NOT old.subject OR old.hidden <> 0)
  AND NOT EXISTS (SELECT 1 FROM record o WHERE o.space = new.space AND o.subject = new.subject AND o.did = new.did
    AND o.uri <> new.uri AND o.hidden = 0 AND o.collection = 'club.commonplace.like')
BEGIN
  UPDATE post SET like_count = like_count + 1,
    liked_at = max(liked_at, iif(new.indexed_at - new.sort_at > 604800000, new.sort_at, new.indexed_at))
    WHERE id = (SELECT post_id FROM record WHERE space = new.space AND uri = new.subject);
END;
--> statement-breakpoint
-- A name is kept for a while for who is no member any more.
CREATE TRIGGER member_name_left AFTER UPDATE OF joined, admitted ON member WHEN (old.joined AND old.admitted) <> (new.joined AND new.admitted) BEGIN
  UPDATE member_name SET left_at = iif(new.joined AND new.admitted, NULL, unixepoch() * 1000) WHERE space = new.space AND did = new.did;
END;
--> statement-breakpoint
CREATE TRIGGER member_name_gone AFTER DELETE ON member BEGIN
  UPDATE member_name SET left_at = coalesce(left_at, unixepoch() * 1000) WHERE space = old.space AND did = old.did;
END;
