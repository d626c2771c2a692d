-- What waits for people: notices, what each chose to be mailed, and the digests that are planned and were made.
CREATE TABLE notification (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    member BIGINT NOT NULL REFERENCES member (id),
    -- whose thing it is: forum, dialogues …
    domain TEXT NOT NULL,
    -- why: reply, mention …
    reason TEXT NOT NULL,
    -- by a name of the domain's own: post:118
    thing TEXT NOT NULL,
    -- the entry of the journal that caused it
    entry BIGINT NOT NULL,
    at BIGINT NOT NULL,
    read_at BIGINT
);
-- one notice per person and thing: the first stays
CREATE UNIQUE INDEX notification_once ON notification (member, domain, thing);
-- what waits, the newest first: the bell of every page
CREATE INDEX notification_waiting ON notification (member, id) WHERE read_at IS NULL;
-- What a Member chose; no row: the default (weekly, Monday at 8, immediate mail on).
CREATE TABLE digest_setting (
    member BIGINT PRIMARY KEY REFERENCES member (id),
    -- none, daily, weekly
    kind TEXT NOT NULL,
    -- 1 Monday … 7 Sunday
    weekday BIGINT NOT NULL,
    hour BIGINT NOT NULL,
    -- mail at once (held back two minutes) for what concerns them
    immediate BOOLEAN NOT NULL
);
-- The next digest of each Member, as an instant: books, moved by the notify reader and the plan.
CREATE TABLE digest_plan (
    member BIGINT PRIMARY KEY REFERENCES member (id),
    -- NULL: none
    next_at BIGINT,
    -- the local date it is for
    next_date TEXT,
    -- the zone the instant was computed in
    zone TEXT NOT NULL,
    -- the local date of the last one
    last_date TEXT,
    -- what happened before this has been told
    since BIGINT NOT NULL
);
-- what is due, and what a jump of the clock left too far ahead
CREATE INDEX digest_plan_next ON digest_plan (next_at, member);
-- One digest per Member and local date: the row that makes it once.
CREATE TABLE digest (
    member BIGINT NOT NULL REFERENCES member (id),
    local_date TEXT NOT NULL,
    planned_at BIGINT NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (member, local_date)
);
