-- Earlier versions are there only while their record is, and shows; of one record the last twenty.
CREATE TRIGGER version_added AFTER INSERT ON version BEGIN
  DELETE FROM version WHERE space = new.space AND uri = new.uri
    AND cid IN (SELECT v.cid FROM version v WHERE v.space = new.space AND v.uri = new.uri ORDER BY v.until DESC LIMIT -1 OFFSET 20);
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
