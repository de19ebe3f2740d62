CREATE TABLE `job_pieces` (
	`job_id` text NOT NULL,
	`number` integer NOT NULL,
	`content` text NOT NULL,
	`seal` text,
	PRIMARY KEY(`job_id`, `number`),
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`phase` text,
	`reason` text,
	`cursor` text NOT NULL,
	`done` integer NOT NULL,
	`total` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	CONSTRAINT "jobs_kind" CHECK("__new_jobs"."kind" in ('setupInstructions', 'userImport')),
	CONSTRAINT "jobs_state" CHECK("__new_jobs"."state" in ('running', 'done', 'cancelled', 'failed')),
	CONSTRAINT "jobs_phase" CHECK("__new_jobs"."phase" in ('adding', 'inviting', 'undoing')),
	CONSTRAINT "jobs_reason" CHECK("__new_jobs"."reason" in ('cancelled', 'emailTaken', 'notSignedIn', 'forbidden', 'targetOutranks', 'damaged'))
) STRICT;
--> statement-breakpoint
-- By hand: the old table has neither phase nor reason.
INSERT INTO `__new_jobs`("id", "kind", "state", "phase", "reason", "cursor", "done", "total", "created_by", "created_at", "ended_at") SELECT "id", "kind", "state", NULL, NULL, "cursor", "done", "total", "created_by", "created_at", "ended_at" FROM `jobs`;--> statement-breakpoint
DROP TABLE `jobs`;--> statement-breakpoint
ALTER TABLE `__new_jobs` RENAME TO `jobs`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_one_running` ON `jobs` (`kind`) WHERE "jobs"."state" = 'running';--> statement-breakpoint
CREATE INDEX `jobs_newest` ON `jobs` (`kind`,`created_at`);