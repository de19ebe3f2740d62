DROP TABLE `seals`;--> statement-breakpoint
ALTER TABLE `connections` ADD `seal` text;--> statement-breakpoint
ALTER TABLE `challenges` ADD `seal` text;--> statement-breakpoint
ALTER TABLE `one_time_codes` ADD `seal` text;--> statement-breakpoint
ALTER TABLE `pending_sign_ins` ADD `seal` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `seal` text;--> statement-breakpoint
ALTER TABLE `trusted_devices` ADD `seal` text;--> statement-breakpoint
ALTER TABLE `exceptions` ADD `seal` text;--> statement-breakpoint
ALTER TABLE `group_members` ADD `seal` text;--> statement-breakpoint
ALTER TABLE `groups` ADD `seal` text;--> statement-breakpoint
ALTER TABLE `roles` ADD `seal` text;--> statement-breakpoint
ALTER TABLE `accounts` ADD `seal` text;--> statement-breakpoint
ALTER TABLE `factors` ADD `seal` text;--> statement-breakpoint
ALTER TABLE `policies` ADD `seal` text;--> statement-breakpoint
ALTER TABLE `recovery_codes` ADD `seal` text;--> statement-breakpoint
ALTER TABLE `workspace` ADD `seal` text;