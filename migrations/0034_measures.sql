-- What admins do about Members, with the reason that each was told; and the words by which admins find people.
CREATE TABLE measure (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    member BIGINT NOT NULL REFERENCES member (id),
    by BIGINT REFERENCES member (id),
    -- silence, unsilence, suspend, reinstate, sign_out
    kind TEXT NOT NULL,
    -- of silence alone; NULL: until it is lifted
    until BIGINT,
    reason TEXT NOT NULL,
    at BIGINT NOT NULL
);
-- one Member's history, the latest first
CREATE INDEX measure_member ON measure (member, id);
ALTER TABLE member ADD COLUMN silenced_at BIGINT;
ALTER TABLE member ADD COLUMN silenced_until BIGINT;
-- the lists that admins ask for
CREATE INDEX member_silenced ON member (id) WHERE silenced_at IS NOT NULL;
CREATE INDEX member_suspended ON member (id) WHERE suspended_at IS NOT NULL;
CREATE INDEX member_unconfirmed ON member (id) WHERE confirmed_at IS NULL;
CREATE INDEX member_role ON member (role, id);
-- Folded words of names, handles and addresses, kept by a reader of the journal: searched by ranges, never by LIKE.
CREATE TABLE member_word (
    member BIGINT NOT NULL REFERENCES member (id),
    word TEXT NOT NULL,
    PRIMARY KEY (member, word)
);
CREATE INDEX member_word_word ON member_word (word, member);
