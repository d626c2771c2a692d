-- Invitations into the network: by a link that several people use, or mailed, each to one person of a pasted list.
CREATE TABLE member_invitation_list (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    made_by BIGINT REFERENCES member (id),
    created_at BIGINT NOT NULL
);
CREATE TABLE member_invitation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    made_by BIGINT REFERENCES member (id),
    -- the list it was mailed from; NULL: a link for several people
    list BIGINT REFERENCES member_invitation_list (id),
    -- whom it was mailed to, until they come; empty for a link
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_folded TEXT NOT NULL,
    language TEXT NOT NULL,
    -- what it gives, beside an account
    organisation BIGINT REFERENCES organisation (id),
    is_practitioner BOOLEAN NOT NULL,
    workshop BIGINT REFERENCES workshop (id),
    -- how many may come by it, and how many have
    uses BIGINT NOT NULL,
    used BIGINT NOT NULL DEFAULT 0,
    ends_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    withdrawn_at BIGINT,
    -- when its mail was last written, and how often
    mailed_at BIGINT,
    mails BIGINT NOT NULL DEFAULT 0
);
-- the people of a list
CREATE INDEX member_invitation_in ON member_invitation (list, id);
-- whether an address is invited already
CREATE INDEX member_invitation_email ON member_invitation (email_folded, id);
-- Private Spaces that it names people in, others that it leads to.
CREATE TABLE member_invitation_space (
    invitation BIGINT NOT NULL REFERENCES member_invitation (id),
    space BIGINT NOT NULL REFERENCES space (id),
    PRIMARY KEY (invitation, space)
);
-- Its links, hashed: a mail that is sent again has a new one, and the older ones stay good.
CREATE TABLE member_invitation_token (
    token_hash TEXT PRIMARY KEY,
    invitation BIGINT NOT NULL REFERENCES member_invitation (id)
);
CREATE INDEX member_invitation_token_of ON member_invitation_token (invitation);
-- Who came by it; NULL: their address is still to be confirmed.
CREATE TABLE member_invitation_use (
    invitation BIGINT NOT NULL REFERENCES member_invitation (id),
    member BIGINT NOT NULL REFERENCES member (id),
    asked_at BIGINT NOT NULL,
    came_at BIGINT,
    PRIMARY KEY (invitation, member)
);
CREATE INDEX member_invitation_use_member ON member_invitation_use (member, invitation);
