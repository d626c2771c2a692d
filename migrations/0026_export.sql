-- All one's data as a file, made in the background and kept a week.
CREATE TABLE export (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    member BIGINT NOT NULL REFERENCES member (id),
    asked_at BIGINT NOT NULL,
    -- when some node began; one that never ended begins again after an hour
    began_at BIGINT,
    ready_at BIGINT,
    -- its name in the data folder's `exports`, random
    file TEXT,
    bytes BIGINT,
    -- why it could not be made, for the log's reader
    error TEXT
);
CREATE INDEX export_member ON export (member, id);
-- the job's next work, and what is to go
CREATE INDEX export_asked ON export (asked_at, id);
