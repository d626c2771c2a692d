//! Journeys against the real server: over HTTP, WebSocket and SMTP, on SQLite and on PostgreSQL.
#![allow(clippy::unwrap_used)]

mod support;

mod audit;
mod boards;
mod crash;
mod demo;
mod dialogues;
mod forum;
mod hostile;
mod keeping;
mod live;
mod live_limits;
mod mail;
mod measures;
mod notify;
mod organisations;
mod outbox;
mod people;
mod permissions;
mod process;
mod schema;
mod spaces;
mod spine;
mod well;
mod words;
mod workshops;
