CREATE TABLE `application` (
	`space` text NOT NULL,
	`did` text NOT NULL,
	`state` text NOT NULL,
	`at` integer NOT NULL,
	`answers` text NOT NULL,
	`reason` text,
	PRIMARY KEY(`space`, `did`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `application_queue` ON `application` (`space`,`state`,`at`,`did`);--> statement-breakpoint
CREATE INDEX `application_did` ON `application` (`did`);--> statement-breakpoint
CREATE TABLE `ban` (
	`space` text NOT NULL,
	`did` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`until` integer NOT NULL,
	`told` text NOT NULL,
	`reason` text NOT NULL,
	PRIMARY KEY(`space`, `did`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `ban_space_at` ON `ban` (`space`,`at`,`did`);--> statement-breakpoint
CREATE INDEX `ban_did` ON `ban` (`did`);--> statement-breakpoint
CREATE TABLE `held_member` (
	`space` text NOT NULL,
	`did` text NOT NULL,
	`joined` integer NOT NULL,
	`admitted` integer NOT NULL,
	`roles` text NOT NULL,
	`since` integer NOT NULL,
	PRIMARY KEY(`space`, `did`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `held_member_since` ON `held_member` (`space`,`since`,`did`);--> statement-breakpoint
CREATE INDEX `held_member_did` ON `held_member` (`did`);--> statement-breakpoint
CREATE TABLE `invitation` (
	`space` text NOT NULL,
	`did` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`role` text,
	`link` text,
	`state` text NOT NULL,
	PRIMARY KEY(`space`, `did`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `invitation_queue` ON `invitation` (`space`,`state`,`at`,`did`);--> statement-breakpoint
CREATE INDEX `invitation_did` ON `invitation` (`did`);--> statement-breakpoint
CREATE INDEX `invitation_by` ON `invitation` (`by`);--> statement-breakpoint
CREATE TABLE `invite` (
	`space` text NOT NULL,
	`id` text NOT NULL,
	`hash` text NOT NULL,
	`by` text NOT NULL,
	`role` text,
	`uses` integer NOT NULL,
	`remaining` integer NOT NULL,
	`at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`revoked_at` integer,
	PRIMARY KEY(`space`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `invite_space_at` ON `invite` (`space`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `invite_by` ON `invite` (`by`);--> statement-breakpoint
ALTER TABLE `space` ADD `held_roster` text;--> statement-breakpoint
CREATE INDEX `member_listed` ON `member` (`space`,`since`,`did`) WHERE joined = 1 and admitted = 1;--> statement-breakpoint
CREATE INDEX `member_waiting` ON `member` (`space`,`since`,`did`) WHERE joined = 1 and admitted = 0;