-- Workshops: what is scheduled and when, who comes, where the room stands, what was said there, and what came of it.
CREATE TABLE workshop (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    space BIGINT NOT NULL REFERENCES space (id),
    author BIGINT REFERENCES member (id),
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    html TEXT NOT NULL,
    language TEXT NOT NULL,
    -- what was meant: 2027-03-28T14:00 on the wall of this zone; the second of two where an hour happens twice
    local_start TEXT NOT NULL,
    zone TEXT NOT NULL,
    is_second BOOLEAN NOT NULL,
    minutes BIGINT NOT NULL,
    -- derived from the four above
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    -- the first of the Workshops that were scheduled as one weekly row
    series BIGINT REFERENCES workshop (id),
    -- 0: as many as come
    capacity BIGINT NOT NULL,
    -- where the call is; may be empty
    link TEXT NOT NULL,
    -- counted from registration by one function, places::recount, which moves people_version
    registered BIGINT NOT NULL,
    waiting BIGINT NOT NULL,
    people_version BIGINT NOT NULL,
    -- one UID for ever; SEQUENCE rises on a change of time or place and on every CANCEL
    uid TEXT NOT NULL UNIQUE,
    sequence BIGINT NOT NULL,
    -- the SEQUENCE of the last change that everybody registered has to be told of
    told_sequence BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    cancelled_at BIGINT,
    -- the room: which Activity (0: none yet), and its clock; paused it has no deadline but what was remaining
    step BIGINT NOT NULL,
    opened_at BIGINT,
    ended_at BIGINT,
    deadline BIGINT,
    remaining BIGINT,
    moves BIGINT NOT NULL,
    -- the minutes
    topic BIGINT REFERENCES topic (id)
);
-- the lists of what is ahead and of what is over
CREATE INDEX workshop_ends ON workshop (ends_at, id);
CREATE INDEX workshop_space ON workshop (space, ends_at, id);
-- the planner of reminders
CREATE INDEX workshop_starts ON workshop (starts_at, id);
CREATE INDEX workshop_author ON workshop (author);
CREATE TABLE workshop_facilitator (
    workshop BIGINT NOT NULL REFERENCES workshop (id),
    member BIGINT NOT NULL REFERENCES member (id),
    position BIGINT NOT NULL,
    PRIMARY KEY (workshop, member)
);
CREATE INDEX workshop_facilitator_member ON workshop_facilitator (member, workshop);
CREATE TABLE activity (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    workshop BIGINT NOT NULL REFERENCES workshop (id),
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    minutes BIGINT NOT NULL,
    question TEXT NOT NULL,
    -- its Board, made when a brainstorm begins
    board BIGINT
);
CREATE UNIQUE INDEX activity_position ON activity (workshop, position);
CREATE TABLE registration (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    workshop BIGINT NOT NULL REFERENCES workshop (id),
    member BIGINT NOT NULL REFERENCES member (id),
    -- registered, waiting, withdrawn
    standing TEXT NOT NULL,
    joined_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX registration_one ON registration (workshop, member);
-- the waiting list in its order
CREATE INDEX registration_line ON registration (workshop, standing, joined_at, id);
CREATE INDEX registration_member ON registration (member, standing, workshop);
-- Who came into the room, and whom they spoke for then.
CREATE TABLE attendance (
    workshop BIGINT NOT NULL REFERENCES workshop (id),
    member BIGINT NOT NULL REFERENCES member (id),
    speaks_for BIGINT REFERENCES organisation (id),
    came_at BIGINT NOT NULL,
    PRIMARY KEY (workshop, member)
);
CREATE INDEX attendance_member ON attendance (member, workshop);
CREATE TABLE workshop_message (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    workshop BIGINT NOT NULL REFERENCES workshop (id),
    author BIGINT REFERENCES member (id),
    words TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX workshop_message_list ON workshop_message (workshop, id);
CREATE INDEX workshop_message_author ON workshop_message (author);
-- Who wants to speak, and how often each has spoken.
CREATE TABLE hand (
    workshop BIGINT NOT NULL REFERENCES workshop (id),
    member BIGINT NOT NULL REFERENCES member (id),
    raised_at BIGINT,
    spoken BIGINT NOT NULL,
    PRIMARY KEY (workshop, member)
);
CREATE INDEX hand_member ON hand (member);
-- Decisions and actions, a line each, in their order.
CREATE TABLE workshop_outcome (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    workshop BIGINT NOT NULL REFERENCES workshop (id),
    position BIGINT NOT NULL,
    words TEXT NOT NULL
);
CREATE UNIQUE INDEX workshop_outcome_position ON workshop_outcome (workshop, position);
-- Books: what each person's calendar was last told, and under which ORGANIZER (many drop a CANCEL from another one).
CREATE TABLE invitation (
    workshop BIGINT NOT NULL REFERENCES workshop (id),
    member BIGINT NOT NULL REFERENCES member (id),
    method TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    organizer TEXT NOT NULL,
    PRIMARY KEY (workshop, member)
);
-- whose calendar is behind
CREATE INDEX invitation_behind ON invitation (workshop, method, sequence);
CREATE INDEX invitation_member ON invitation (member);
-- Books: how far the reminders for a start have been written: up to which registration, and whether to the last.
CREATE TABLE workshop_reminder (
    workshop BIGINT NOT NULL REFERENCES workshop (id),
    ahead TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    told BIGINT NOT NULL,
    is_done BOOLEAN NOT NULL,
    PRIMARY KEY (workshop, ahead, starts_at)
);
