-- Who may schedule Workshops and open Dialogues in a Space; a Space that is archived is read and no longer written in.
ALTER TABLE space ADD COLUMN may_schedule TEXT NOT NULL DEFAULT 'practitioners';
ALTER TABLE space ADD COLUMN may_open TEXT NOT NULL DEFAULT 'moderators';
ALTER TABLE space ADD COLUMN archived_at BIGINT;
-- counts its changes, so that nobody overwrites another's
ALTER TABLE space ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
-- scheduling was for those who might start Topics, too
UPDATE space SET may_schedule = 'moderators' WHERE may_start = 'moderators';
