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
	`seal` text,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "challenges_purpose" CHECK("__new_challenges"."purpose" in ('signIn', 'enable', 'disable', 'newRecoveryCodes', 'confirmEmail', 'changeEmail', 'deleteAccount', 'connections', 'policy', 'resetTwoStep', 'roles', 'clock', 'allowlist')),
	CONSTRAINT "challenges_state" CHECK("__new_challenges"."state" in ('open', 'redeemed', 'voided'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_challenges`("id", "account_id", "purpose", "bound_to", "code_mac", "sent_to", "epoch", "tries", "last_wrong_mac", "state", "created_at", "expires_at", "message_id", "seal") SELECT "id", "account_id", "purpose", "bound_to", "code_mac", "sent_to", "epoch", "tries", "last_wrong_mac", "state", "created_at", "expires_at", "message_id", "seal" FROM `challenges`;--> statement-breakpoint
DROP TABLE `challenges`;--> statement-breakpoint
ALTER TABLE `__new_challenges` RENAME TO `challenges`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `challenges_latest` ON `challenges` (`account_id`,`purpose`,`bound_to`,`created_at`);--> statement-breakpoint
CREATE INDEX `challenges_sends` ON `challenges` (`account_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `challenges_age` ON `challenges` (`created_at`);