//! Journeys against the real server: over HTTP, WebSocket and SMTP, on SQLite and on PostgreSQL.
#![allow(clippy::unwrap_used)]

mod support;

mod account;
mod address;
mod boards;
mod crash;
mod demo;
mod dialogues;
mod erase;
mod forum;
mod hostile;
mod keeping;
mod live;
mod live_limits;
mod mail;
mod notify;
mod organisations;
mod people;
mod permissions;
mod process;
mod schema;
mod spaces;
mod spine;
mod words;
mod workshops;
