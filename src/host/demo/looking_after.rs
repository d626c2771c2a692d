//! What the demo's admin has done about people: somebody is silenced for a while.

use chrono::Duration;

use super::roster::Roster;
use super::step::{Known, Step, Timed};
use crate::clock::Instant;
use crate::error::Result;
use crate::journal::{Act, Tx};
use crate::live::BoxFuture;
use crate::people::{Measure, MemberId, TakeMeasure};

/// When all else has been written: whoever is silenced writes nothing afterwards.
pub fn steps(roster: &Roster, began: Instant) -> Vec<Timed> {
    let admin = roster.people.iter().find(|person| person.demo.as_deref() == Some("admin"));
    let silenced = roster.people.iter().rev().find(|person| person.demo.is_none() && person.roles.is_empty());
    let both = admin.zip(silenced).map(|(by, about)| Silenced { by: by.handle.clone(), about: about.handle.clone(), until: began.plus(Duration::days(6)) });
    both.into_iter().map(|step| Timed::new(began, step)).collect()
}

struct Silenced {
    by: String,
    about: String,
    until: Instant,
}

impl Step for Silenced {
    fn run<'a>(&'a self, tx: &'a Tx, known: &'a mut Known) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let reason = "The same advertisement in four Topics, after two friendly words about it.".to_owned();
            let by = MemberId(known.id("member", &self.by)?);
            let act = TakeMeasure { by, handle: self.about.clone(), measure: Measure::Silence, until: Some(self.until), reason, mail: None };
            act.run(tx).await.map(|_| ())
        })
    }
}
