-- Code of conduct, privacy notice, imprint, accessibility: each row is a version; the newest of a kind is in force, none is changed.
CREATE TABLE document (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    -- NULL: the demo's seed, or somebody who was erased
    by BIGINT REFERENCES member (id),
    -- whoever accepted this version of the kind, or a later one, is not asked again; NULL: nobody is asked
    accepted_from BIGINT
);
-- the newest of a kind, and its versions
CREATE INDEX document_kind ON document (kind, id);
-- A version without any text takes the document away.
CREATE TABLE document_text (
    document BIGINT NOT NULL REFERENCES document (id),
    language TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (document, language)
);
-- Who accepted which version, and when.
CREATE TABLE acceptance (
    member BIGINT NOT NULL REFERENCES member (id),
    document BIGINT NOT NULL REFERENCES document (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (member, document)
);
-- who accepted one version
CREATE INDEX acceptance_document ON acceptance (document, member);
