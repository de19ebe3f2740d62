CREATE TABLE `connections` (
	`kind` text PRIMARY KEY NOT NULL,
	`sealed` text NOT NULL,
	`updated_at` integer NOT NULL,
	CONSTRAINT "connections_kind" CHECK("connections"."kind" in ('smtp', 'twilio'))
) STRICT;
