-- An Organisation that was entered twice points to the one that stays; its changes are counted.
ALTER TABLE organisation ADD COLUMN merged_into BIGINT REFERENCES organisation (id);
ALTER TABLE organisation ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
CREATE INDEX organisation_merged ON organisation (merged_into);
