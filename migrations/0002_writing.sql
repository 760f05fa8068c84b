CREATE TABLE `version` (
	`space` text NOT NULL,
	`uri` text NOT NULL,
	`cid` text NOT NULL,
	`value` text NOT NULL,
	`until` integer NOT NULL,
	PRIMARY KEY(`space`, `uri`, `cid`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `version_until` ON `version` (`until`);--> statement-breakpoint
ALTER TABLE `record` ADD `edited_at` integer;