-- People, the Organisations they speak for, their sessions, and links sent to them by mail.
CREATE TABLE organisation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    level TEXT NOT NULL,
    country TEXT NOT NULL,
    standing TEXT NOT NULL,
    within BIGINT REFERENCES organisation (id),
    created_at BIGINT NOT NULL
);
CREATE INDEX organisation_name ON organisation (short_name, id);
CREATE TABLE member (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    handle TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    email TEXT,
    -- looked up without case: a folded copy made in Rust
    email_folded TEXT UNIQUE,
    password_hash TEXT,
    role TEXT NOT NULL,
    language TEXT NOT NULL,
    zone TEXT NOT NULL,
    theme TEXT NOT NULL,
    about TEXT NOT NULL,
    speaks_for BIGINT REFERENCES organisation (id),
    created_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    practitioner_at BIGINT,
    suspended_at BIGINT,
    erased_at BIGINT
);
-- the directory, by name
CREATE INDEX member_name ON member (name, id);
-- whom an admin has still to confirm
CREATE INDEX member_practitioner ON member (practitioner_at, id);
CREATE TABLE membership (
    member BIGINT NOT NULL REFERENCES member (id),
    organisation BIGINT NOT NULL REFERENCES organisation (id),
    since BIGINT NOT NULL,
    PRIMARY KEY (member, organisation)
);
CREATE INDEX membership_organisation ON membership (organisation, member);
CREATE TABLE session (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    token_hash TEXT NOT NULL UNIQUE,
    member BIGINT NOT NULL REFERENCES member (id),
    program TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX session_member ON session (member, id);
-- When a session was last used: books, not history.
CREATE TABLE session_use (
    session BIGINT PRIMARY KEY,
    used_at BIGINT NOT NULL
);
-- Links by mail: to confirm an address, to sign in, to make the first admin. Stored hashed, used once.
CREATE TABLE link (
    token_hash TEXT PRIMARY KEY,
    purpose TEXT NOT NULL,
    member BIGINT REFERENCES member (id),
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX link_member ON link (member);
