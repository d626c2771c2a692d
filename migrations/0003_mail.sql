-- The outbox: what has to be sent, written in the transaction of the act, the reader or the plan that caused it.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- what makes this mail one: a second row with it is never written
    dedupe TEXT NOT NULL UNIQUE,
    member BIGINT REFERENCES member (id),
    -- the name of a mail in the gallery: sign_in, confirm, digest, invitation …
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    message_id TEXT NOT NULL,
    -- headers and parts as JSON (mail::Message)
    message TEXT NOT NULL,
    -- whether it holds a link that signs in: the mailbox hides those
    is_secret BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    send_at BIGINT NOT NULL,
    -- waiting, sending, sent, failed, kept (no SMTP, or a demo address)
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    leased_until BIGINT,
    last_error TEXT
);
-- the sender's next work
CREATE INDEX outbox_state ON outbox (state, send_at, id);
CREATE INDEX outbox_member ON outbox (member, id);
