CREATE TABLE `audit` (
	`sequence` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text,
	`target_id` text,
	`surface` text NOT NULL,
	`address` text NOT NULL,
	`detail` text NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL,
	CONSTRAINT "audit_surface" CHECK("audit"."surface" in ('desktop', 'web', 'mobile', 'federated')),
	CONSTRAINT "audit_detail_json" CHECK(json_valid("audit"."detail"))
) STRICT;
--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`sealed` text,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`due_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "outbox_state" CHECK("outbox"."state" in ('queued', 'sent', 'failed')),
	CONSTRAINT "outbox_erased_when_done" CHECK(("outbox"."state" = 'queued') = ("outbox"."sealed" is not null))
) STRICT;
--> statement-breakpoint
CREATE INDEX `outbox_of_account` ON `outbox` (`account_id`);--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `outbox_age` ON `outbox` (`state`,`created_at`);--> statement-breakpoint
CREATE TABLE `vault_keys` (
	`kid` text PRIMARY KEY NOT NULL,
	`guard` text NOT NULL,
	`wrapped` text NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "vault_keys_guard" CHECK("vault_keys"."guard" in ('keyFile', 'keychain', 'passphrase'))
) STRICT;
--> statement-breakpoint
CREATE TABLE `challenges` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`purpose` text NOT NULL,
	`bound_to` text NOT NULL,
	`code_mac` text NOT NULL,
	`epoch` integer NOT NULL,
	`tries` integer NOT NULL,
	`last_wrong_mac` text,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`message_id` text NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "challenges_purpose" CHECK("challenges"."purpose" in ('signIn', 'enable', 'disable', 'newRecoveryCodes')),
	CONSTRAINT "challenges_state" CHECK("challenges"."state" in ('open', 'redeemed', 'voided'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `challenges_latest` ON `challenges` (`account_id`,`purpose`,`bound_to`,`created_at`);--> statement-breakpoint
CREATE INDEX `challenges_sends` ON `challenges` (`account_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `challenges_age` ON `challenges` (`created_at`);--> statement-breakpoint
CREATE TABLE `pending_sign_ins` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`token_hash` text NOT NULL,
	`epoch` integer NOT NULL,
	`policy_version` integer NOT NULL,
	`surface` text NOT NULL,
	`recovery_tries` integer NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "pending_sign_ins_surface" CHECK("pending_sign_ins"."surface" in ('desktop', 'web', 'mobile', 'federated'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `pending_sign_ins_token` ON `pending_sign_ins` (`token_hash`);--> statement-breakpoint
CREATE INDEX `pending_sign_ins_of_account` ON `pending_sign_ins` (`account_id`);--> statement-breakpoint
CREATE INDEX `pending_sign_ins_end` ON `pending_sign_ins` (`expires_at`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`token_hash` text NOT NULL,
	`epoch` integer NOT NULL,
	`surface` text NOT NULL,
	`client` text NOT NULL,
	`address` text NOT NULL,
	`proven_with` text,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "sessions_surface" CHECK("sessions"."surface" in ('desktop', 'web', 'mobile', 'federated')),
	CONSTRAINT "sessions_proven_with" CHECK("sessions"."proven_with" in ('email', 'sms', 'authenticatorApp', 'securityKey', 'phoneApproval', 'recoveryCode'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token` ON `sessions` (`token_hash`);--> statement-breakpoint
CREATE INDEX `sessions_of_account` ON `sessions` (`account_id`,`last_seen_at`);--> statement-breakpoint
CREATE INDEX `sessions_end` ON `sessions` (`ends_at`);--> statement-breakpoint
CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`email_key` text NOT NULL,
	`role` text NOT NULL,
	`password_hash` text NOT NULL,
	`password_changed_at` integer NOT NULL,
	`two_step` text NOT NULL,
	`epoch` integer NOT NULL,
	`failures` integer NOT NULL,
	`locked_until` integer NOT NULL,
	`tries_in_lock` integer NOT NULL,
	`created_at` integer NOT NULL,
	`last_sign_in_at` integer,
	CONSTRAINT "accounts_role" CHECK("accounts"."role" in ('owner', 'member')),
	CONSTRAINT "accounts_two_step" CHECK("accounts"."two_step" in ('off', 'active')),
	CONSTRAINT "accounts_counters" CHECK("accounts"."failures" >= 0 and "accounts"."tries_in_lock" >= 0)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_email_key` ON `accounts` (`email_key`);--> statement-breakpoint
CREATE TABLE `factors` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`method` text NOT NULL,
	`name` text NOT NULL,
	`preferred` integer NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "factors_method" CHECK("factors"."method" in ('email', 'sms', 'authenticatorApp', 'securityKey', 'phoneApproval')),
	CONSTRAINT "factors_preferred" CHECK("factors"."preferred" in (0, 1))
) STRICT;
--> statement-breakpoint
CREATE INDEX `factors_of_account` ON `factors` (`account_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `factors_one_preferred` ON `factors` (`account_id`) WHERE "factors"."preferred" = 1;--> statement-breakpoint
CREATE TABLE `policies` (
	`version` integer PRIMARY KEY NOT NULL,
	`policy` text NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "policies_json" CHECK(json_valid("policies"."policy"))
) STRICT;
--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`account_id` text NOT NULL,
	`selector` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer,
	PRIMARY KEY(`account_id`, `selector`),
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `workspace` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`template` text NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "workspace_is_one" CHECK("workspace"."id" = 1),
	CONSTRAINT "workspace_template" CHECK("workspace"."template" in ('strong', 'classic'))
) STRICT;
