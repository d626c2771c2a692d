-- A thing that was removed, or came back, asks whom it waits for.
CREATE INDEX notification_thing ON notification (thing) WHERE read_at IS NULL;
