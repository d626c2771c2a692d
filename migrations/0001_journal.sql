-- The spine: the journal, its Rooms, its readers, the forms that were sent, the site's own settings.
CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at BIGINT NOT NULL,
    actor BIGINT,
    kind TEXT NOT NULL,
    about BIGINT NOT NULL,
    more TEXT NOT NULL
);
-- entries that are dropped after a day (compact.rs)
CREATE INDEX journal_passing ON journal (at, id) WHERE kind = 'forum.topic_read';
CREATE TABLE journal_room (
    room TEXT NOT NULL,
    id BIGINT NOT NULL,
    PRIMARY KEY (room, id)
);
-- heads.rs reads all Rooms of new entries in order
CREATE INDEX journal_room_id ON journal_room (id);
-- Per Room, the number up to which entries were compacted away.
CREATE TABLE journal_floor (
    room TEXT PRIMARY KEY,
    id BIGINT NOT NULL
);
CREATE INDEX journal_floor_id ON journal_floor (id);
CREATE TABLE reader (
    name TEXT PRIMARY KEY,
    position BIGINT NOT NULL
);
CREATE TABLE form_key (
    author BIGINT NOT NULL,
    digest TEXT NOT NULL,
    answer BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (author, digest)
);
CREATE INDEX form_key_at ON form_key (at);
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
