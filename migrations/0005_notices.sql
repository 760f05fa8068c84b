CREATE TABLE `member_name` (
	`space` text NOT NULL,
	`name` text NOT NULL,
	`did` text NOT NULL,
	`at` integer NOT NULL,
	`left_at` integer,
	PRIMARY KEY(`space`, `name`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `member_name_holder` ON `member_name` (`space`,`did`);--> statement-breakpoint
CREATE TABLE `nameless` (
	`space` text PRIMARY KEY NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `feed_token` (
	`hash` text PRIMARY KEY NOT NULL,
	`did` text NOT NULL,
	`space` text NOT NULL,
	`made_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `feed_token_owner` ON `feed_token` (`did`,`space`);--> statement-breakpoint
CREATE TABLE `mute` (
	`did` text NOT NULL,
	`subject` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`did`, `subject`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `notice` (
	`did` text NOT NULL,
	`space` text NOT NULL,
	`at` integer NOT NULL,
	`reason` text NOT NULL,
	`subject` text NOT NULL,
	`detail` text NOT NULL,
	PRIMARY KEY(`did`, `space`, `at`, `reason`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `seen` (
	`did` text NOT NULL,
	`space` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`did`, `space`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `mention` (
	`space` text NOT NULL,
	`did` text NOT NULL,
	`noticed_at` integer NOT NULL,
	`post` integer NOT NULL,
	PRIMARY KEY(`space`, `did`, `noticed_at`, `post`)
) WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `post` ADD `addressee` text GENERATED ALWAYS AS (nullif(substr(parent, 6, instr(substr(parent, 6), '/') - 1), did)) VIRTUAL;--> statement-breakpoint
ALTER TABLE `post` ADD `noticed_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `post` ADD `mentions` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `post` ADD `liked_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `reply_addressee` ON `post` (`space`,`addressee`,`noticed_at`) WHERE ("post"."hidden" = 0 and "post"."addressee" is not null);