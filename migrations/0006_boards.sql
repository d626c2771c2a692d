-- Boards: a question, cards, groups, and dots.
CREATE TABLE board (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    space BIGINT NOT NULL REFERENCES space (id),
    workshop BIGINT,
    title TEXT NOT NULL,
    question TEXT NOT NULL,
    -- how many each may give
    dots BIGINT NOT NULL,
    phase TEXT NOT NULL,
    created_by BIGINT REFERENCES member (id),
    created_at BIGINT NOT NULL
);
-- a Space's boards, the newest first
CREATE INDEX board_space ON board (space, id);
CREATE TABLE board_lead (
    board BIGINT NOT NULL REFERENCES board (id),
    member BIGINT NOT NULL REFERENCES member (id),
    PRIMARY KEY (board, member)
);
CREATE INDEX board_lead_member ON board_lead (member);
CREATE TABLE card_group (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    board BIGINT NOT NULL REFERENCES board (id),
    title TEXT NOT NULL,
    -- what was said about it, with the version an editor was filled from
    note TEXT NOT NULL,
    note_version BIGINT NOT NULL
);
CREATE INDEX card_group_board ON card_group (board, id);
CREATE TABLE card (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    board BIGINT NOT NULL REFERENCES board (id),
    author BIGINT REFERENCES member (id),
    text TEXT NOT NULL,
    grouped BIGINT REFERENCES card_group (id),
    -- random: the order of the reveal tells nothing of who wrote when
    shuffle BIGINT NOT NULL,
    hidden_at BIGINT
);
CREATE INDEX card_board ON card (board, shuffle, id);
CREATE INDEX card_author ON card (author);
CREATE TABLE dot (
    board BIGINT NOT NULL REFERENCES board (id),
    member BIGINT NOT NULL REFERENCES member (id),
    -- g12 for a group, c5 for a card that stands alone
    target TEXT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (board, member, target)
);
CREATE INDEX dot_member ON dot (member);
