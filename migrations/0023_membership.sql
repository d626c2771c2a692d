-- Where an Organisation is and which languages it works in; its Stewards; who asks to belong, and what is asked when a
-- Practitioner leaves.
ALTER TABLE organisation ADD COLUMN place TEXT NOT NULL DEFAULT '';
-- codes of ISO 639, with a comma and a blank between
ALTER TABLE organisation ADD COLUMN languages TEXT NOT NULL DEFAULT '';
CREATE TABLE steward (
    organisation BIGINT NOT NULL REFERENCES organisation (id),
    member BIGINT NOT NULL REFERENCES member (id),
    since BIGINT NOT NULL,
    PRIMARY KEY (organisation, member)
);
-- what somebody looks after
CREATE INDEX steward_member ON steward (member, organisation);
CREATE TABLE membership_question (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation BIGINT NOT NULL REFERENCES organisation (id),
    -- about whom
    member BIGINT NOT NULL REFERENCES member (id),
    -- join: they ask to belong; practitioner: they left and are a Practitioner
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    answered_at BIGINT,
    -- yes, no, back (whoever asked took it back)
    answer TEXT
);
-- what waits in an Organisation
CREATE INDEX membership_question_open ON membership_question (organisation, answered_at, id);
CREATE INDEX membership_question_member ON membership_question (member, organisation, id);
