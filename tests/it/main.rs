//! Journeys against the real server: over HTTP, WebSocket and SMTP, on SQLite and on PostgreSQL.
#![allow(clippy::unwrap_used)]

mod support;

mod account;
mod address;
mod audit;
mod boards;
mod crash;
mod demo;
mod dialogues;
mod erase;
mod forum;
mod from_nothing;
mod hostile;
mod invitations;
mod keeping;
mod live;
mod live_limits;
mod mail;
mod membership;
mod network;
mod measures;
mod notify;
mod observe;
mod organisations;
mod outbox;
mod people;
mod permissions;
mod process;
mod schema;
mod spaces;
mod spine;
mod trouble;
mod upgrade;
mod well;
mod words;
mod workshops;
