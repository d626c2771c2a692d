//! Topics as steps: what was written, made longer by what was put together, numbered in the order of time.

use chrono::Duration;

use super::generated::Generator;
use super::roster::{self, Roster};
use super::step::{Known, Step, Timed};
use super::written::{self, WrittenTopic};
use super::{Size, texts};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::forum::{Reply, SpaceId, StartTopic, TopicId};
use crate::journal::{Act, FormKey, Tx};
use crate::live::BoxFuture;
use crate::web::Rendered;

/// A Topic with all its Posts in order; the index is the number less one.
pub struct PlannedTopic {
    pub text: WrittenTopic,
    pub posts: Vec<PlannedPost>,
}

pub struct PlannedPost {
    /// The number of the Post it answers.
    pub parent: Option<i64>,
    pub by: String,
    pub at: Instant,
    pub source: String,
}

/// Every Topic of the texts.
pub fn plan(roster: &Roster, began: Instant, size: Size) -> Result<Vec<PlannedTopic>> {
    let mut generator = Generator::new()?;
    let mut planned = Vec::new();
    for (key, text) in texts::folder("topics/")?.into_iter().chain(texts::folder("older/")?.into_iter().map(|(key, text)| (format!("older-{key}"), text))) {
        for topic in written::parse(&key, &text).map_err(|wrong| Error::bug(format!("the demo's texts: {wrong}")))? {
            planned.push(whole(&mut generator, roster, topic, began, size)?);
        }
    }
    Ok(planned)
}

fn whole(generator: &mut Generator, roster: &Roster, topic: WrittenTopic, began: Instant, size: Size) -> Result<PlannedTopic> {
    let wrong = |what: String| Error::bug(format!("the demo's Topic {}: {what}", topic.key));
    let space = roster.space(&topic.space).ok_or_else(|| wrong(format!("no Space {}", topic.space)))?;
    for post in &topic.posts {
        let person = roster.person(&post.by).ok_or_else(|| wrong(format!("nobody is called {}", post.by)))?;
        if !roster.may_enter(person, space) {
            return Err(wrong(format!("{} may not write there", post.by)));
        }
    }
    let amount = size.cut(topic.length - topic.posts.len());
    let drafted = generator.lengthen(&topic, space, roster, amount)?;
    let at = |age: std::time::Duration| began.minus(Duration::from_std(age).unwrap_or_default());
    let written = topic.posts.len();
    // What is written goes by its numbers, what was put together by its place behind them.
    let mut all: Vec<(Instant, usize, Option<usize>, String, String)> = topic
        .posts
        .iter()
        .enumerate()
        .map(|(place, post)| (at(post.age), place, post.parent.map(|parent| parent - 1), post.by.clone(), post.text.clone()))
        .chain(drafted.into_iter().enumerate().map(|(place, post)| {
            (at(post.age), written + place, Some(post.parent.map_or(0, |parent| written + parent)), post.by, post.text)
        }))
        .collect();
    all.sort_by_key(|(at, place, ..)| (*at, *place));
    let mut numbers = vec![0i64; all.len()];
    for (number, (_, place, ..)) in all.iter().enumerate() {
        numbers[*place] = number as i64 + 1;
    }
    let posts = all
        .into_iter()
        .map(|(at, _, parent, by, source)| PlannedPost { parent: parent.map(|place| numbers[place]), by, at, source })
        .collect();
    Ok(PlannedTopic { text: topic, posts })
}

impl PlannedTopic {
    /// Its Posts as steps; their Markdown is rendered here, before any write.
    pub fn steps(&self) -> Vec<Timed> {
        let step = |post: &PlannedPost| {
            let said = Words { topic: self.text.key.clone(), by: post.by.clone(), source: post.source.clone(), rendered: roster::rendered(&post.source) };
            match post.parent {
                None => {
                    let text = &self.text;
                    let (space, title, tags, language) = (text.space.clone(), text.title.clone(), text.tags.clone(), text.language.clone());
                    Timed::new(post.at, Start { said, space, title, tags, language })
                }
                Some(parent) => Timed::new(post.at, Answer { said, parent }),
            }
        };
        self.posts.iter().map(step).collect()
    }
}

/// What somebody says in a Topic.
struct Words {
    topic: String,
    by: String,
    source: String,
    rendered: Rendered,
}

struct Start {
    said: Words,
    space: String,
    title: String,
    tags: String,
    language: String,
}

impl Step for Start {
    fn run<'a>(&'a self, tx: &'a Tx, known: &'a mut Known) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let act = StartTopic {
                by: known.reader(tx, &self.said.by).await?,
                space: SpaceId(known.id("space", &self.space)?),
                title: self.title.clone(),
                tags: self.tags.clone(),
                language: self.language.clone(),
                source: self.said.source.clone(),
                rendered: self.said.rendered.clone(),
                key: FormKey::of("demo", &["topic", &self.said.topic]),
            };
            let (topic, _) = act.run(tx).await?;
            known.is("topic", &self.said.topic, topic.0);
            Ok(())
        })
    }
}

struct Answer {
    said: Words,
    parent: i64,
}

impl Step for Answer {
    fn run<'a>(&'a self, tx: &'a Tx, known: &'a mut Known) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let act = Reply {
                by: known.reader(tx, &self.said.by).await?,
                topic: TopicId(known.id("topic", &self.said.topic)?),
                parent: Some(self.parent),
                source: self.said.source.clone(),
                rendered: self.said.rendered.clone(),
                key: FormKey::of("demo", &["post", &self.said.topic, &self.said.source]),
            };
            act.run(tx).await.map(|_| ())
        })
    }
}
