//! Journeys against the real server: over HTTP, WebSocket and SMTP, on SQLite and on PostgreSQL.
#![allow(clippy::unwrap_used)]

mod support;

mod people;
mod permissions;
mod schema;
mod words;
