-- What the host has chosen for the network: each row is all of it as it was saved, the newest is in force, none is changed.
CREATE TABLE network_settings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at BIGINT NOT NULL,
    -- NULL: the terminal, the demo's seed, or somebody who was erased
    by BIGINT REFERENCES member (id),
    -- JSON, which no query looks into
    chosen TEXT NOT NULL
);
-- The languages offered now, the main one first, for statements that choose among texts.
CREATE TABLE network_language (
    language TEXT PRIMARY KEY,
    position BIGINT NOT NULL
);
