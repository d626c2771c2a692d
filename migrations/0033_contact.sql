-- What people asked the host, said of barriers, or reported without an account: one queue.
CREATE TABLE contact (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    -- NULL: somebody without an account, or who was erased
    member BIGINT REFERENCES member (id),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    language TEXT NOT NULL,
    -- the address on this site that it is about; may be empty
    about TEXT NOT NULL,
    text TEXT NOT NULL,
    answered_at BIGINT,
    answered_by BIGINT REFERENCES member (id)
);
-- what waits, the newest first
CREATE INDEX contact_waiting ON contact (answered_at, id);
