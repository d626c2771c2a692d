//! The demo: a believable network, seeded through the same acts that the site uses.

mod arrivals;
mod boards;
mod dialogues;
mod generated;
mod network;
mod looking_after;
mod reading;
mod roster;
mod step;
mod telling;
mod texts;
mod topics;
mod workshops;
mod written;

use std::sync::Arc;

use axum::extract::Path;
use axum::http::HeaderMap;

use crate::app::Site;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::journal::Reads;
use crate::people::{self, SignIn};
use crate::secret;
use crate::settings::Settings;
use crate::web::{Answer, Context};
use arrivals::Heads;
use roster::Roster;
use step::{NextSteps, Progress, Timed};

/// Signs the browser in as anybody (GET /demo/as/{handle}); this route exists in the demo only.
pub async fn sign_in_as(context: Context, Path(handle): Path<String>, headers: HeaderMap) -> Answer {
    let account = people::account_by_handle(&context.site.db, &handle).await?.ok_or(Error::NotFound)?;
    let session_token = secret::token();
    let program = headers.get("user-agent").and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    context.site.write(SignIn { member: account.id, session_token: session_token.clone(), program }).await?;
    Ok(people::pages::signed_in(&context.site, &session_token, "/"))
}

/// The roles that the demo has a ready link for.
pub const ROLES: &[&str] = &["member", "practitioner", "facilitator", "moderator", "admin"];

/// Who stands for a role, as `people.toml` says.
pub fn handle_of(role: &str) -> Result<String> {
    let roster = Roster::load()?;
    let person = roster.people.into_iter().find(|person| person.demo.as_deref() == Some(role));
    person.map(|person| person.handle).ok_or_else(|| Error::bug(format!("nobody of the demo's people is its {role}")))
}

/// How much is seeded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// Everything.
    #[default]
    Whole,
    /// All that is written, and hardly any of what only adds length: for tests.
    Small,
}

impl Size {
    fn cut(self, amount: usize) -> usize {
        match self {
            Self::Whole => amount,
            Self::Small => amount.min(2),
        }
    }
}

/// Seeds an empty site; one that has people keeps what was done, one whose seeding was interrupted goes on.
pub async fn seed(site: &Site, size: Size, progress: &(dyn Fn(&str) + Sync)) -> Result<()> {
    let kept = Progress::kept(&site.db).await?;
    let has_people = site.db.value::<i64>("SELECT id FROM member LIMIT 1", vec![]).await?.is_some();
    match &kept {
        Some(kept) if kept.is_whole() => return Ok(()),
        None if has_people => return Ok(()),
        _ => {}
    }
    let began = kept.as_ref().map_or_else(|| site.now(), |kept| kept.began);
    progress("Reading the demo's texts …");
    let settings = site.settings.clone();
    let heads = Heads::of(site).await?;
    let steps = tokio::task::spawn_blocking(move || plan(began, size, &heads, &settings)).await.map_err(Error::bug)??;
    let mut done = kept.unwrap_or_else(|| Progress::new(began, steps.len()));
    if done.steps != steps.len() {
        return Err(Error::bug("another version of the program began to seed this demo; start over with --fresh"));
    }
    let steps = Arc::new(steps);
    while !done.is_whole() {
        done = site.write(NextSteps { steps: steps.clone(), from: done }).await?;
        progress(&format!("Seeding: {} of {} steps", done.done, done.steps));
    }
    Ok(())
}

/// All steps, in the order of time.
fn plan(began: Instant, size: Size, heads: &Heads, settings: &Settings) -> Result<Vec<Timed>> {
    let roster = Roster::load()?;
    let topics = topics::plan(&roster, began, size)?;
    let mut steps = network::steps(&roster, settings, began)?;
    steps.extend(roster.steps(began));
    steps.extend(topics.iter().flat_map(topics::PlannedTopic::steps));
    steps.extend(workshops::steps(&roster, began, &heads.head)?);
    steps.extend(dialogues::steps(&roster, began)?);
    steps.extend(reading::steps(&roster, &topics, began));
    steps.extend(arrivals::steps(heads, began));
    steps.extend(telling::steps(&roster, began));
    steps.extend(looking_after::steps(&roster, began));
    steps.sort_by_key(|timed| timed.at);
    Ok(steps)
}
