-- Spaces, Topics, Posts, and what each Member has read.
CREATE TABLE space (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    layer TEXT NOT NULL,
    -- the language spoken there, or '' for any
    language TEXT NOT NULL,
    position BIGINT NOT NULL,
    may_start TEXT NOT NULL,
    may_reply TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX space_position ON space (position, id);
-- Title and purpose in each language of the site.
CREATE TABLE space_text (
    space BIGINT NOT NULL REFERENCES space (id),
    language TEXT NOT NULL,
    title TEXT NOT NULL,
    purpose TEXT NOT NULL,
    PRIMARY KEY (space, language)
);
-- The people of a private Space, and the moderators of any.
CREATE TABLE space_person (
    space BIGINT NOT NULL REFERENCES space (id),
    member BIGINT NOT NULL REFERENCES member (id),
    moderates BOOLEAN NOT NULL,
    PRIMARY KEY (space, member)
);
CREATE INDEX space_person_member ON space_person (member, space);
CREATE TABLE topic (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    space BIGINT NOT NULL REFERENCES space (id),
    author BIGINT REFERENCES member (id),
    title TEXT NOT NULL,
    slug TEXT NOT NULL,
    language TEXT NOT NULL,
    -- words with a comma and a blank between
    tags TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- the number of Posts ever made; the next one gets it plus one
    posts BIGINT NOT NULL,
    last_post_at BIGINT NOT NULL,
    last_post_by BIGINT REFERENCES member (id),
    closed_at BIGINT
);
-- a Space's list, the latest first
CREATE INDEX topic_latest ON topic (space, last_post_at, id);
CREATE INDEX topic_everywhere ON topic (last_post_at, id);
CREATE INDEX topic_author ON topic (author);
CREATE TABLE post (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    topic BIGINT NOT NULL REFERENCES topic (id),
    -- never changes: the permalink
    number BIGINT NOT NULL,
    -- the number of the Post it answers
    parent BIGINT,
    -- place in the tree: the numbers from the root, four base-36 digits each, so that the tree is one index range
    path TEXT NOT NULL,
    author BIGINT REFERENCES member (id),
    speaks_for BIGINT REFERENCES organisation (id),
    language TEXT NOT NULL,
    source TEXT NOT NULL,
    html TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    edited_at BIGINT,
    deleted_at BIGINT,
    deleted_by BIGINT REFERENCES member (id),
    -- rises with each change
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX post_number ON post (topic, number);
CREATE INDEX post_path ON post (topic, path);
CREATE INDEX post_author ON post (author, id);
CREATE TABLE post_revision (
    post BIGINT NOT NULL REFERENCES post (id),
    version BIGINT NOT NULL,
    source TEXT NOT NULL,
    by BIGINT REFERENCES member (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (post, version)
);
-- What a Member has read of a Topic: ranges of numbers, 1-20,25, for in a tree what is unread is not one stretch.
CREATE TABLE topic_read (
    member BIGINT NOT NULL REFERENCES member (id),
    topic BIGINT NOT NULL REFERENCES topic (id),
    numbers TEXT NOT NULL,
    amount BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (member, topic)
);
