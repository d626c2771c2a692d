-- Dialogues: one question through Stages; Contributions, Syntheses and their Points, ballots, answers, and the trail.
CREATE TABLE dialogue (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    space BIGINT NOT NULL REFERENCES space (id),
    title TEXT NOT NULL,
    question TEXT NOT NULL,
    background TEXT NOT NULL,
    background_html TEXT NOT NULL,
    language TEXT NOT NULL,
    created_by BIGINT REFERENCES member (id),
    created_at BIGINT NOT NULL
);
CREATE INDEX dialogue_space ON dialogue (space, id);
CREATE TABLE dialogue_lead (
    dialogue BIGINT NOT NULL REFERENCES dialogue (id),
    member BIGINT NOT NULL REFERENCES member (id),
    PRIMARY KEY (dialogue, member)
);
CREATE INDEX dialogue_lead_member ON dialogue_lead (member);
CREATE TABLE stage (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    dialogue BIGINT NOT NULL REFERENCES dialogue (id),
    -- several may stand side by side at one position
    position BIGINT NOT NULL,
    name TEXT NOT NULL,
    level TEXT NOT NULL,
    organisation BIGINT REFERENCES organisation (id),
    state TEXT NOT NULL,
    closes_at BIGINT NOT NULL,
    quorum BIGINT NOT NULL,
    -- at most so many of a hundred votes may disagree
    disagree_most BIGINT NOT NULL,
    -- the version of the Synthesis; 0 before the first
    version BIGINT NOT NULL,
    contributions BIGINT NOT NULL,
    passed_at BIGINT
);
CREATE INDEX stage_dialogue ON stage (dialogue, position, id);
CREATE TABLE contribution (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    stage BIGINT NOT NULL REFERENCES stage (id),
    number BIGINT NOT NULL,
    author BIGINT REFERENCES member (id),
    -- whose words a facilitator entered; '' where the author wrote themselves
    entered_for TEXT NOT NULL,
    source TEXT NOT NULL,
    html TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    withdrawn_at BIGINT
);
CREATE UNIQUE INDEX contribution_number ON contribution (stage, number);
CREATE INDEX contribution_author ON contribution (author, id);
CREATE TABLE contribution_comment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    contribution BIGINT NOT NULL REFERENCES contribution (id),
    author BIGINT REFERENCES member (id),
    source TEXT NOT NULL,
    html TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX contribution_comment_contribution ON contribution_comment (contribution, id);
CREATE INDEX contribution_comment_author ON contribution_comment (author);
-- Points of each version of a Synthesis; earlier versions stay.
CREATE TABLE point (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    stage BIGINT NOT NULL REFERENCES stage (id),
    version BIGINT NOT NULL,
    number BIGINT NOT NULL,
    source TEXT NOT NULL,
    html TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX point_number ON point (stage, version, number);
CREATE TABLE point_cite (
    point BIGINT NOT NULL REFERENCES point (id),
    contribution BIGINT NOT NULL REFERENCES contribution (id),
    PRIMARY KEY (point, contribution)
);
CREATE INDEX point_cite_contribution ON point_cite (contribution, point);
-- Why a Contribution is cited nowhere.
CREATE TABLE set_aside (
    contribution BIGINT PRIMARY KEY REFERENCES contribution (id),
    reason TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE TABLE ballot (
    stage BIGINT NOT NULL REFERENCES stage (id),
    version BIGINT NOT NULL,
    member BIGINT NOT NULL REFERENCES member (id),
    choice TEXT NOT NULL,
    reason TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (stage, version, member)
);
CREATE INDEX ballot_member ON ballot (member);
-- Answers to a Point; a later one stands beside the earlier, never in its place.
CREATE TABLE point_answer (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    point BIGINT NOT NULL REFERENCES point (id),
    stage BIGINT NOT NULL REFERENCES stage (id),
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    html TEXT NOT NULL,
    author BIGINT REFERENCES member (id),
    created_at BIGINT NOT NULL
);
CREATE INDEX point_answer_point ON point_answer (point, id);
CREATE INDEX point_answer_author ON point_answer (author);
-- The trail: text with a random salt, its hash, and a chain over the hashes. Erasing removes text and salt; the chain holds.
CREATE TABLE trail (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    dialogue BIGINT NOT NULL REFERENCES dialogue (id),
    what TEXT NOT NULL,
    about BIGINT NOT NULL,
    text TEXT,
    salt TEXT,
    hash TEXT NOT NULL,
    chain TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX trail_dialogue ON trail (dialogue, id);
