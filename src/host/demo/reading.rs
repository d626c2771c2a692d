//! What people have read: those of the demo's links nearly all, up to their last visit; writers, what came before them.

use chrono::Duration;

use super::roster::{PersonText, Roster};
use super::step::{Known, Step, Timed};
use super::topics::PlannedTopic;
use crate::clock::Instant;
use crate::error::Result;
use crate::forum::{MarkRead, TopicId};
use crate::journal::{Act, Tx};
use crate::live::BoxFuture;

/// Hours since somebody of the demo's links was last here.
fn last_visit(role: &str) -> i64 {
    match role {
        "member" => 30,
        "practitioner" => 9,
        "facilitator" => 50,
        "moderator" => 6,
        _ => 5,
    }
}

/// Read marks, set just before the demo begins.
pub fn steps(roster: &Roster, topics: &[PlannedTopic], began: Instant) -> Vec<Timed> {
    let at = began.minus(Duration::seconds(20));
    let mut steps = Vec::new();
    for topic in topics {
        for person in &roster.people {
            let numbers = read_by(roster, person, topic, began);
            if !numbers.is_empty() {
                steps.push(Timed::new(at, Marks { by: person.handle.clone(), topic: topic.text.key.clone(), numbers }));
            }
        }
    }
    steps
}

fn read_by(roster: &Roster, person: &PersonText, topic: &PlannedTopic, began: Instant) -> Vec<i64> {
    if !roster.space(&topic.text.space).is_some_and(|space| roster.may_enter(person, space)) {
        return Vec::new();
    }
    let wrote = topic.posts.iter().rev().find(|post| post.by == person.handle).map(|post| post.at);
    let visited = person.demo.as_deref().map(|role| began.minus(Duration::hours(last_visit(role))));
    let is_recent = topic.posts.last().is_some_and(|last| began.since(last.at) < Duration::days(14));
    let until = match (visited, wrote) {
        (Some(visited), wrote) => wrote.map_or(visited, |wrote| wrote.max(visited)),
        (None, Some(wrote)) if is_recent => wrote,
        _ => return Vec::new(),
    };
    (1..).zip(&topic.posts).filter(|(_, post)| post.at <= until).map(|(number, _)| number).collect()
}

struct Marks {
    by: String,
    topic: String,
    numbers: Vec<i64>,
}

impl Step for Marks {
    fn run<'a>(&'a self, tx: &'a Tx, known: &'a mut Known) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let by = known.reader(tx, &self.by).await?;
            let topic = TopicId(known.id("topic", &self.topic)?);
            MarkRead { by, topic, numbers: self.numbers.clone() }.run(tx).await
        })
    }

    fn rows(&self) -> usize {
        3
    }
}
