-- Another address: asked for, confirmed by a mail to the new one, and undone by a mail to the old one for a week.
CREATE TABLE address_change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    member BIGINT NOT NULL REFERENCES member (id),
    old_email TEXT,
    new_email TEXT NOT NULL,
    confirm_hash TEXT NOT NULL UNIQUE,
    -- made when it is confirmed
    undo_hash TEXT UNIQUE,
    asked_at BIGINT NOT NULL,
    done_at BIGINT,
    undone_at BIGINT
);
CREATE INDEX address_change_member ON address_change (member, id);
-- What was done with an account, for its owner's eyes, kept for a year.
CREATE TABLE account_event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    member BIGINT NOT NULL REFERENCES member (id),
    kind TEXT NOT NULL,
    -- the program that did it, as it called itself; '' where none did
    program TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX account_event_member ON account_event (member, id);
CREATE INDEX account_event_at ON account_event (at);
