CREATE TABLE `trusted_devices` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`secret_hash` text NOT NULL,
	`epoch` integer NOT NULL,
	`policy_version` integer NOT NULL,
	`client` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `trusted_devices_of_account` ON `trusted_devices` (`account_id`,`last_used_at`);--> statement-breakpoint
CREATE INDEX `trusted_devices_end` ON `trusted_devices` (`expires_at`);--> statement-breakpoint
CREATE TABLE `exceptions` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`account_id` text,
	`group_id` text,
	`until` integer,
	`reason` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "exceptions_kind" CHECK("exceptions"."kind" in ('extension', 'breakGlass')),
	CONSTRAINT "exceptions_of_one" CHECK(("exceptions"."account_id" is null) <> ("exceptions"."group_id" is null)),
	CONSTRAINT "exceptions_until" CHECK(("exceptions"."kind" = 'extension') = ("exceptions"."until" is not null))
) STRICT;
--> statement-breakpoint
CREATE INDEX `exceptions_of_account` ON `exceptions` (`account_id`);--> statement-breakpoint
CREATE INDEX `exceptions_of_group` ON `exceptions` (`group_id`);--> statement-breakpoint
CREATE TABLE `group_members` (
	`group_id` text NOT NULL,
	`account_id` text NOT NULL,
	PRIMARY KEY(`group_id`, `account_id`),
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `group_members_of_account` ON `group_members` (`account_id`);--> statement-breakpoint
CREATE TABLE `groups` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `groups_name` ON `groups` (`name_key`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`cursor` text NOT NULL,
	`done` integer NOT NULL,
	`total` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	CONSTRAINT "jobs_kind" CHECK("jobs"."kind" in ('setupInstructions')),
	CONSTRAINT "jobs_state" CHECK("jobs"."state" in ('running', 'done', 'cancelled'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_one_running` ON `jobs` (`kind`) WHERE "jobs"."state" = 'running';--> statement-breakpoint
CREATE INDEX `jobs_newest` ON `jobs` (`kind`,`created_at`);--> statement-breakpoint
CREATE TABLE `roles` (
	`role` text PRIMARY KEY NOT NULL,
	`permissions` text NOT NULL,
	`updated_at` integer NOT NULL,
	CONSTRAINT "roles_role" CHECK("roles"."role" in ('owner', 'admin', 'manager', 'helpDesk', 'member')),
	CONSTRAINT "roles_json" CHECK(json_valid("roles"."permissions"))
) STRICT;
--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_challenges` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`purpose` text NOT NULL,
	`bound_to` text NOT NULL,
	`code_mac` text NOT NULL,
	`sent_to` text NOT NULL,
	`epoch` integer NOT NULL,
	`tries` integer NOT NULL,
	`last_wrong_mac` text,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`message_id` text NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "challenges_purpose" CHECK("__new_challenges"."purpose" in ('signIn', 'enable', 'disable', 'newRecoveryCodes', 'confirmEmail', 'changeEmail', 'deleteAccount', 'connections', 'policy', 'resetTwoStep', 'roles', 'clock')),
	CONSTRAINT "challenges_state" CHECK("__new_challenges"."state" in ('open', 'redeemed', 'voided'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_challenges`("id", "account_id", "purpose", "bound_to", "code_mac", "sent_to", "epoch", "tries", "last_wrong_mac", "state", "created_at", "expires_at", "message_id") SELECT "id", "account_id", "purpose", "bound_to", "code_mac", "sent_to", "epoch", "tries", "last_wrong_mac", "state", "created_at", "expires_at", "message_id" FROM `challenges`;--> statement-breakpoint
DROP TABLE `challenges`;--> statement-breakpoint
ALTER TABLE `__new_challenges` RENAME TO `challenges`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `challenges_latest` ON `challenges` (`account_id`,`purpose`,`bound_to`,`created_at`);--> statement-breakpoint
CREATE INDEX `challenges_sends` ON `challenges` (`account_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `challenges_age` ON `challenges` (`created_at`);--> statement-breakpoint
CREATE TABLE `__new_one_time_codes` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`purpose` text NOT NULL,
	`code_hash` text NOT NULL,
	`sent_to` text NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "one_time_codes_purpose" CHECK("__new_one_time_codes"."purpose" in ('resetPassword', 'undoEmailChange', 'recoverOwner', 'invitation')),
	CONSTRAINT "one_time_codes_state" CHECK("__new_one_time_codes"."state" in ('open', 'redeemed', 'voided'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_one_time_codes`("id", "account_id", "purpose", "code_hash", "sent_to", "state", "created_at", "expires_at") SELECT "id", "account_id", "purpose", "code_hash", "sent_to", "state", "created_at", "expires_at" FROM `one_time_codes`;--> statement-breakpoint
DROP TABLE `one_time_codes`;--> statement-breakpoint
ALTER TABLE `__new_one_time_codes` RENAME TO `one_time_codes`;--> statement-breakpoint
CREATE UNIQUE INDEX `one_time_codes_hash` ON `one_time_codes` (`code_hash`);--> statement-breakpoint
CREATE INDEX `one_time_codes_sends` ON `one_time_codes` (`account_id`,`purpose`,`created_at`);--> statement-breakpoint
CREATE INDEX `one_time_codes_age` ON `one_time_codes` (`expires_at`);--> statement-breakpoint
CREATE TABLE `__new_sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`token_hash` text NOT NULL,
	`epoch` integer NOT NULL,
	`surface` text NOT NULL,
	`client` text NOT NULL,
	`address` text NOT NULL,
	`scope` text NOT NULL,
	`proven_with` text,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "sessions_surface" CHECK("__new_sessions"."surface" in ('desktop', 'web', 'mobile', 'federated')),
	CONSTRAINT "sessions_proven_with" CHECK("__new_sessions"."proven_with" in ('email', 'sms', 'authenticatorApp', 'securityKey', 'phoneApproval', 'recoveryCode', 'trustedDevice')),
	CONSTRAINT "sessions_scope" CHECK("__new_sessions"."scope" in ('full', 'enrolOnly'))
) STRICT;
--> statement-breakpoint
DROP TABLE `sessions`;--> statement-breakpoint
ALTER TABLE `__new_sessions` RENAME TO `sessions`;--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token` ON `sessions` (`token_hash`);--> statement-breakpoint
CREATE INDEX `sessions_of_account` ON `sessions` (`account_id`,`last_seen_at`);--> statement-breakpoint
CREATE INDEX `sessions_end` ON `sessions` (`ends_at`);--> statement-breakpoint
CREATE TABLE `__new_accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`email_key` text NOT NULL,
	`role` text NOT NULL,
	`phone` text,
	`password_hash` text,
	`password_changed_at` integer NOT NULL,
	`two_step` text NOT NULL,
	`epoch` integer NOT NULL,
	`failures` integer NOT NULL,
	`locked_until` integer NOT NULL,
	`tries_in_lock` integer NOT NULL,
	`created_at` integer NOT NULL,
	`joined_at` integer,
	`last_sign_in_at` integer,
	`mail_reset_at` integer,
	`suspended_at` integer,
	`must_enrol_since` integer,
	`allowlist` text NOT NULL,
	`deleted_at` integer,
	CONSTRAINT "accounts_role" CHECK("__new_accounts"."role" in ('owner', 'admin', 'manager', 'helpDesk', 'member')),
	CONSTRAINT "accounts_two_step" CHECK("__new_accounts"."two_step" in ('off', 'active')),
	CONSTRAINT "accounts_allowlist_json" CHECK(json_valid("__new_accounts"."allowlist")),
	CONSTRAINT "accounts_counters" CHECK("__new_accounts"."failures" >= 0 and "__new_accounts"."tries_in_lock" >= 0)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_accounts`("id", "name", "email", "email_key", "role", "password_hash", "password_changed_at", "two_step", "epoch", "failures", "locked_until", "tries_in_lock", "created_at", "last_sign_in_at", "mail_reset_at", "deleted_at", "allowlist") SELECT "id", "name", "email", "email_key", "role", "password_hash", "password_changed_at", "two_step", "epoch", "failures", "locked_until", "tries_in_lock", "created_at", "last_sign_in_at", "mail_reset_at", "deleted_at", '[]' FROM `accounts`;--> statement-breakpoint
DROP TABLE `accounts`;--> statement-breakpoint
ALTER TABLE `__new_accounts` RENAME TO `accounts`;--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_email_key` ON `accounts` (`email_key`);--> statement-breakpoint
CREATE INDEX `accounts_privileged` ON `accounts` (`role`) WHERE "accounts"."role" <> 'member';--> statement-breakpoint
DROP INDEX `outbox_due`;--> statement-breakpoint
ALTER TABLE `outbox` ADD `bulk` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`state`,`bulk`,`due_at`);--> statement-breakpoint
ALTER TABLE `policies` ADD `required_since` integer;