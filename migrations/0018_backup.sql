-- Books: the backups that the schedule made, or could not make.
CREATE TABLE backup (
    -- the moment it was planned for: one row makes it once, on whichever node
    due_at BIGINT PRIMARY KEY,
    began_at BIGINT NOT NULL,
    -- NULL: it is being made, or the program ended meanwhile
    ended_at BIGINT,
    -- the file's name in the backups' folder
    file TEXT,
    bytes BIGINT,
    -- why there is none, in words
    error TEXT
);
