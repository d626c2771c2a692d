//! Sessions and standing in memory, moved by the journal: a page costs a signed-in Member no query of its own here.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::Mutex;

use super::queries::{load_member, session_member};
use super::{Member, MemberId, SessionId};
use crate::clock::{Clock, Instant};
use crate::error::Result;
use crate::journal::{Bus, Entry, ReadDb, read_after};

/// Sessions remembered at most.
const REMEMBERED: usize = 50_000;

pub struct Memory {
    state: Mutex<State>,
    clock: Clock,
}

struct State {
    position: i64,
    sessions: HashMap<String, (SessionId, MemberId)>,
    members: HashMap<MemberId, Arc<Member>>,
    /// When each session's use was last noted, so that it is noted once an hour.
    noted: HashMap<SessionId, Instant>,
}

impl Memory {
    pub fn new(position: i64, clock: Clock) -> Self {
        Self { state: Mutex::new(State { position, sessions: HashMap::new(), members: HashMap::new(), noted: HashMap::new() }), clock }
    }

    /// Who holds the session with this token hash; `None` when it was ended or the Member suspended.
    pub async fn session(&self, db: &ReadDb, bus: &Bus, token_hash: &str) -> Result<Option<(SessionId, Arc<Member>)>> {
        let mut state = self.state.lock().await;
        state.catch_up(db, bus.head()).await?;
        let (session, id) = match state.sessions.get(token_hash) {
            Some(known) => *known,
            None => {
                let Some(found) = session_member(db, token_hash).await? else { return Ok(None) };
                state.sessions.insert(token_hash.to_owned(), found);
                found
            }
        };
        Ok(state.member(db, id, self.clock.now()).await?.map(|member| (session, member)))
    }

    /// Whether the use of a session is to be noted now: once an hour.
    pub async fn is_to_be_noted(&self, session: SessionId, now: Instant) -> bool {
        let mut state = self.state.lock().await;
        let known = state.noted.get(&session).is_some_and(|at| now.since(*at) < chrono::Duration::hours(1));
        if !known {
            state.noted.insert(session, now);
        }
        !known
    }

    /// A Member with their rights as they are now.
    pub async fn member(&self, db: &ReadDb, bus: &Bus, id: MemberId) -> Result<Option<Arc<Member>>> {
        let mut state = self.state.lock().await;
        state.catch_up(db, bus.head()).await?;
        state.member(db, id, self.clock.now()).await
    }
}

impl State {
    async fn member(&mut self, db: &ReadDb, id: MemberId, now: Instant) -> Result<Option<Arc<Member>>> {
        // A silence that has ended in the meantime is looked up anew.
        let holds = |member: &&Arc<Member>| member.silence.is_none_or(|silence| silence.holds_at(now));
        if let Some(member) = self.members.get(&id).filter(holds) {
            return Ok(Some(member.clone()));
        }
        let member = load_member(db, id, now).await?.map(Arc::new);
        if let Some(member) = &member {
            self.members.insert(id, member.clone());
        }
        Ok(member)
    }

    async fn catch_up(&mut self, db: &ReadDb, head: i64) -> Result<()> {
        if self.sessions.len() > REMEMBERED {
            self.sessions.clear();
            self.members.clear();
            self.noted.clear();
        }
        if self.sessions.is_empty() && self.members.is_empty() {
            self.position = self.position.max(head);
            return Ok(());
        }
        while self.position < head {
            let entries = read_after(db, self.position, 1000).await?;
            if entries.is_empty() {
                self.position = head;
            }
            for entry in entries {
                self.position = entry.id;
                self.apply(&entry);
            }
        }
        Ok(())
    }

    fn apply(&mut self, entry: &Entry) {
        match entry.kind.as_str() {
            "people.organisation_added" => {}
            // About an invitation, not about a Member.
            kind if kind.starts_with("people.invitation_") => {}
            // Whom they speak for is kept with each.
            "people.organisation_changed" | "people.organisation_merged" => self.members.clear(),
            kind if kind.starts_with("people.") => {
                self.members.remove(&MemberId(entry.about));
                if matches!(kind, "people.signed_out" | "people.password_changed" | "people.erased" | "people.measure_taken") {
                    self.sessions.retain(|_, (_, member)| member.0 != entry.about);
                }
            }
            "network.document_accepted" => drop(self.members.remove(&MemberId(entry.about))),
            // Whom a Space names, and who moderates it.
            "forum.space_added" | "forum.space_changed" | "forum.space_people_changed" => self.members.clear(),
            _ => {}
        }
    }
}
