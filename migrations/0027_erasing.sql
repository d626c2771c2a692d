-- Accounts that are to be erased: a week to change one's mind, then it is done in steps. The row goes last.
CREATE TABLE erasure (
    member BIGINT PRIMARY KEY REFERENCES member (id),
    -- whether their words go, too
    words BOOLEAN NOT NULL,
    asked_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL
);
CREATE INDEX erasure_due ON erasure (due_at, member);
-- Words that went at their author's wish: the place stays, and says so with the date.
ALTER TABLE post ADD COLUMN erased_at BIGINT;
ALTER TABLE contribution ADD COLUMN erased_at BIGINT;
ALTER TABLE contribution_comment ADD COLUMN erased_at BIGINT;
ALTER TABLE trail ADD COLUMN erased_at BIGINT;
-- When whoever holds a session last proved who they are, after signing in.
ALTER TABLE session_use ADD COLUMN proved_at BIGINT;
