CREATE TABLE `dormancy` (
	`space` text PRIMARY KEY NOT NULL,
	`warned_at` integer,
	`archived_at` integer,
	`alive_at` integer
) WITHOUT ROWID;
