CREATE TABLE `backfill` (
	`space` text NOT NULL,
	`did` text NOT NULL,
	`state` text NOT NULL,
	`position` text NOT NULL,
	`attempts` integer NOT NULL,
	`due_at` integer NOT NULL,
	`asked_at` integer NOT NULL,
	`read_at` integer,
	`records` integer NOT NULL,
	`changed` integer NOT NULL,
	`at` integer NOT NULL,
	`host` text,
	`error` text,
	PRIMARY KEY(`space`, `did`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `backfill_due` ON `backfill` (`state`,`due_at`);--> statement-breakpoint
CREATE TABLE `blob` (
	`cid` text PRIMARY KEY NOT NULL,
	`space` text NOT NULL,
	`did` text NOT NULL,
	`size` integer NOT NULL,
	`made` integer DEFAULT 0 NOT NULL,
	`type` text NOT NULL,
	`width` integer,
	`height` integer,
	`colour` text,
	`still` integer NOT NULL,
	`stored_at` integer NOT NULL,
	`orphan_at` integer
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `blob_orphan` ON `blob` (`orphan_at`) WHERE "blob"."orphan_at" is not null;--> statement-breakpoint
CREATE TABLE `blob_ref` (
	`cid` text NOT NULL,
	`did` text NOT NULL,
	`space` text NOT NULL,
	`uri` text NOT NULL,
	`type` text NOT NULL,
	`size` integer NOT NULL,
	PRIMARY KEY(`cid`, `did`, `space`, `uri`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `block` (
	`subject` text PRIMARY KEY NOT NULL,
	`why` text NOT NULL,
	`at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `media_use` (
	`space` text NOT NULL,
	`did` text NOT NULL,
	`bytes` integer NOT NULL,
	`blobs` integer NOT NULL,
	PRIMARY KEY(`space`, `did`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `prefetched` (
	`month` text PRIMARY KEY NOT NULL,
	`bytes` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `post` (
	`id` integer PRIMARY KEY NOT NULL,
	`space` text NOT NULL,
	`uri` text NOT NULL,
	`did` text NOT NULL,
	`section` text NOT NULL,
	`rkey` text NOT NULL,
	`plain` integer NOT NULL,
	`hidden` integer NOT NULL,
	`sort_at` integer NOT NULL,
	`active_at` integer NOT NULL,
	`like_count` integer DEFAULT 0 NOT NULL,
	`reply_count` integer DEFAULT 0 NOT NULL,
	`hot` integer GENERATED ALWAYS AS (sort_at + case when like_count + 1 < 2 then 0 + 28800000 * (like_count + 1 - 1) / 1 when like_count + 1 < 4 then 28800000 + 28800000 * (like_count + 1 - 2) / 2 when like_count + 1 < 8 then 57600000 + 28800000 * (like_count + 1 - 4) / 4 when like_count + 1 < 16 then 86400000 + 28800000 * (like_count + 1 - 8) / 8 when like_count + 1 < 32 then 115200000 + 28800000 * (like_count + 1 - 16) / 16 when like_count + 1 < 64 then 144000000 + 28800000 * (like_count + 1 - 32) / 32 when like_count + 1 < 128 then 172800000 + 28800000 * (like_count + 1 - 64) / 64 when like_count + 1 < 256 then 201600000 + 28800000 * (like_count + 1 - 128) / 128 when like_count + 1 < 512 then 230400000 + 28800000 * (like_count + 1 - 256) / 256 when like_count + 1 < 1024 then 259200000 + 28800000 * (like_count + 1 - 512) / 512 when like_count + 1 < 2048 then 288000000 + 28800000 * (like_count + 1 - 1024) / 1024 when like_count + 1 < 4096 then 316800000 + 28800000 * (like_count + 1 - 2048) / 2048 when like_count + 1 < 8192 then 345600000 + 28800000 * (like_count + 1 - 4096) / 4096 when like_count + 1 < 16384 then 374400000 + 28800000 * (like_count + 1 - 8192) / 8192 when like_count + 1 < 32768 then 403200000 + 28800000 * (like_count + 1 - 16384) / 16384 when like_count + 1 < 65536 then 432000000 + 28800000 * (like_count + 1 - 32768) / 32768 when like_count + 1 < 131072 then 460800000 + 28800000 * (like_count + 1 - 65536) / 65536 when like_count + 1 < 262144 then 489600000 + 28800000 * (like_count + 1 - 131072) / 131072 when like_count + 1 < 524288 then 518400000 + 28800000 * (like_count + 1 - 262144) / 262144 when like_count + 1 < 1048576 then 547200000 + 28800000 * (like_count + 1 - 524288) / 524288 else 576000000 end) VIRTUAL,
	`root` text,
	`parent` text,
	`title` text NOT NULL,
	`excerpt` text NOT NULL,
	`tags` text NOT NULL,
	`labels` text NOT NULL,
	`picture` text
);
--> statement-breakpoint
CREATE INDEX `post_new` ON `post` (`space`,`sort_at`) WHERE ("post"."hidden" = 0 and "post"."root" is null);--> statement-breakpoint
CREATE INDEX `post_hot` ON `post` (`space`,`hot`) WHERE ("post"."hidden" = 0 and "post"."root" is null);--> statement-breakpoint
CREATE INDEX `post_active` ON `post` (`space`,`active_at`) WHERE ("post"."hidden" = 0 and "post"."root" is null);--> statement-breakpoint
CREATE INDEX `post_section_new` ON `post` (`space`,`section`,`sort_at`) WHERE ("post"."hidden" = 0 and "post"."root" is null);--> statement-breakpoint
CREATE INDEX `post_section_hot` ON `post` (`space`,`section`,`hot`) WHERE ("post"."hidden" = 0 and "post"."root" is null);--> statement-breakpoint
CREATE INDEX `post_section_active` ON `post` (`space`,`section`,`active_at`) WHERE ("post"."hidden" = 0 and "post"."root" is null);--> statement-breakpoint
CREATE INDEX `post_author` ON `post` (`space`,`did`,`sort_at`) WHERE ("post"."hidden" = 0 and "post"."root" is null);--> statement-breakpoint
CREATE INDEX `reply_author` ON `post` (`space`,`did`,`sort_at`) WHERE ("post"."hidden" = 0 and "post"."root" is not null);--> statement-breakpoint
CREATE INDEX `reply_thread` ON `post` (`space`,`root`,`parent`,`sort_at`) WHERE "post"."root" is not null;--> statement-breakpoint
CREATE TABLE `tag` (
	`space` text NOT NULL,
	`tag` text NOT NULL,
	`sort_at` integer NOT NULL,
	`post` integer NOT NULL,
	PRIMARY KEY(`space`, `tag`, `sort_at`, `post`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `top_list` (
	`space` text NOT NULL,
	`section` text NOT NULL,
	`window` text NOT NULL,
	`made_at` integer NOT NULL,
	`posts` text NOT NULL,
	PRIMARY KEY(`space`, `section`, `window`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `claim` (
	`uri` text PRIMARY KEY NOT NULL,
	`space` text NOT NULL,
	`did` text NOT NULL,
	`rev` text NOT NULL,
	`cid` text,
	`at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `claim_at` ON `claim` (`at`);--> statement-breakpoint
CREATE TABLE `evidence` (
	`uri` text PRIMARY KEY NOT NULL,
	`space` text NOT NULL,
	`cid` text NOT NULL,
	`checked_at` integer NOT NULL,
	`commit_cid` text,
	`rev` text,
	`signing_key` text,
	`pds` text,
	`why` text
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `evidence_checked` ON `evidence` (`checked_at`);--> statement-breakpoint
CREATE TABLE `proof_count` (
	`outcome` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `address` (
	`space` text NOT NULL,
	`rkey` text NOT NULL,
	`did` text NOT NULL,
	`collection` text NOT NULL,
	PRIMARY KEY(`space`, `rkey`)
) WITHOUT ROWID;
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
	`post_id` integer,
	`subject` text,
	`root` text,
	`value` text,
	PRIMARY KEY(`space`, `uri`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `record_seq` ON `record` (`space`,`seq`);--> statement-breakpoint
CREATE INDEX `record_subject` ON `record` (`space`,`subject`,`did`,`collection`,`hidden`) WHERE "record"."subject" is not null;--> statement-breakpoint
CREATE INDEX `record_tombstone` ON `record` (`indexed_at`) WHERE "record"."cid" is null;--> statement-breakpoint
CREATE TABLE `waiting` (
	`uri` text PRIMARY KEY NOT NULL,
	`target` text NOT NULL,
	`rev` text NOT NULL,
	`event` text NOT NULL,
	`at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `waiting_target` ON `waiting` (`target`,`uri`);--> statement-breakpoint
CREATE INDEX `waiting_at` ON `waiting` (`at`);--> statement-breakpoint
CREATE TABLE `author_space` (
	`did` text NOT NULL,
	`space` text NOT NULL,
	`rev` text NOT NULL,
	`count` integer NOT NULL,
	`account_seq` integer,
	PRIMARY KEY(`did`, `space`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `author_space_by_space` ON `author_space` (`space`,`did`);--> statement-breakpoint
CREATE INDEX `author_space_seq` ON `author_space` (`space`,`account_seq`) WHERE "author_space"."account_seq" is not null;--> statement-breakpoint
CREATE TABLE `host` (
	`hostname` text PRIMARY KEY NOT NULL,
	`space` text NOT NULL,
	`position` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `host_space` ON `host` (`space`,`position`);--> statement-breakpoint
CREATE TABLE `identity` (
	`did` text PRIMARY KEY NOT NULL,
	`handle` text,
	`pds` text,
	`status` text DEFAULT 'active' NOT NULL,
	`status_at` integer DEFAULT 0 NOT NULL,
	`confirmation` text DEFAULT 'pending' NOT NULL,
	`erased_rev` text,
	`resolved_at` integer DEFAULT 0 NOT NULL,
	`repo_rev` text
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `identity_handle` ON `identity` (`handle`);--> statement-breakpoint
CREATE INDEX `identity_resolved` ON `identity` (`resolved_at`);--> statement-breakpoint
CREATE TABLE `member` (
	`space` text NOT NULL,
	`did` text NOT NULL,
	`joined` integer NOT NULL,
	`admitted` integer NOT NULL,
	`roles` text NOT NULL,
	`since` integer NOT NULL,
	PRIMARY KEY(`space`, `did`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `space` (
	`did` text PRIMARY KEY NOT NULL,
	`handle` text,
	`held_visibility` text,
	`profile` text,
	`permissions` text,
	`theme` text,
	`display_name` text NOT NULL,
	`added_at` integer NOT NULL,
	`paused_at` integer,
	`posts` integer DEFAULT 0 NOT NULL,
	`replies` integer DEFAULT 0 NOT NULL,
	`members` integer DEFAULT 0 NOT NULL,
	`media_generation` integer DEFAULT 0 NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `space_handle` ON `space` (`handle`);--> statement-breakpoint
CREATE TABLE `drop_count` (
	`reason` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `dropped` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`reason` text NOT NULL,
	`uri` text NOT NULL,
	`detail` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `gap` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`instance` text NOT NULL,
	`from_us` integer NOT NULL,
	`to_us` integer NOT NULL,
	`reason` text NOT NULL,
	`found_at` integer NOT NULL,
	`filling_at` integer,
	`closed_at` integer
);
--> statement-breakpoint
CREATE TABLE `job` (
	`kind` text NOT NULL,
	`key` text NOT NULL,
	`position` text NOT NULL,
	`attempts` integer NOT NULL,
	`due_at` integer NOT NULL,
	PRIMARY KEY(`kind`, `key`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `job_due` ON `job` (`due_at`);--> statement-breakpoint
CREATE TABLE `source` (
	`instance` text PRIMARY KEY NOT NULL,
	`sequence` integer NOT NULL,
	`cursor` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `stream` (
	`id` integer PRIMARY KEY NOT NULL,
	`instance` text NOT NULL,
	`cursor` integer NOT NULL,
	`sequence` integer,
	`exact` integer NOT NULL,
	`seq` integer NOT NULL,
	`committed_at` integer NOT NULL
);
