CREATE TABLE `seals` (
	`place` text PRIMARY KEY NOT NULL,
	`seal` text NOT NULL
) STRICT, WITHOUT ROWID;
