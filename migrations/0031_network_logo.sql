-- The logo that is in force, as base64 of a PNG: text is what both databases and every backup keep alike. One row at most.
CREATE TABLE network_logo (
    hash TEXT PRIMARY KEY,
    png TEXT NOT NULL
);
