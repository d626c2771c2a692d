//! What happens in a Workshop, each by the act that the site itself uses.

use std::sync::Arc;

use super::WorkshopText;
use super::minutes::Minutes;
use crate::error::Result;
use crate::forum::{MarkRead, SpaceId};
use crate::host::demo::roster;
use crate::host::demo::step::{Known, Step};
use crate::journal::{Act, FormKey, Reads, Tx};
use crate::live::BoxFuture;
use crate::people::{MemberId, Reader};
use crate::values;
use crate::workshops::{
    ChangeWorkshop, Draft, DraftActivity, EnterRoom, HandMove, Letterhead, Move, MoveHand, MoveRoom, PublishMinutes, Register, SayInRoom,
    ScheduleWorkshop, Start, WorkshopId, workshop,
};

/// What somebody does.
pub enum Happens {
    Scheduled { starts: Vec<Start> },
    Registers,
    Enters,
    Moves(Move),
    /// `place` tells one line from the next.
    Says { place: usize, words: String },
    Hand { what: HandMove, of: String },
    Published(Minutes),
    /// Reads the minutes.
    Reads,
    /// The description gets a line that leads to a Board.
    Links { board: String, start: Start },
}

/// One thing that happens at a meeting of a Workshop.
pub struct AtWorkshop {
    pub text: Arc<WorkshopText>,
    pub head: Letterhead,
    /// Weeks after the first meeting.
    pub week: usize,
    pub by: String,
    pub what: Happens,
}

impl Step for AtWorkshop {
    fn run<'a>(&'a self, tx: &'a Tx, known: &'a mut Known) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let (key, head) = (&self.text.key, self.head.clone());
            let by = known.reader(tx, &self.by).await?;
            if let Happens::Scheduled { starts } = &self.what {
                return self.schedule(tx, known, by, starts).await;
            }
            let workshop = WorkshopId(known.id("workshop", &meeting(key, self.week))?);
            match &self.what {
                Happens::Scheduled { .. } => Ok(()),
                Happens::Registers => Register { by, workshop, head }.run(tx).await.map(|_| ()),
                Happens::Enters => EnterRoom { by, workshop }.run(tx).await,
                Happens::Moves(what) => {
                    let seen = self::workshop(tx, &by, workshop).await?.moves;
                    MoveRoom { by, workshop, what: *what, seen }.run(tx).await
                }
                Happens::Says { place, words } => {
                    let form = FormKey::of("demo", &["said", key, &place.to_string()]);
                    SayInRoom { by, workshop, words: words.clone(), key: form }.run(tx).await.map(|_| ())
                }
                Happens::Hand { what, of } => {
                    let of = MemberId(known.id("member", of)?);
                    MoveHand { by, workshop, what: *what, of }.run(tx).await
                }
                Happens::Published(minutes) => {
                    let act = PublishMinutes {
                        by,
                        workshop,
                        title: minutes.title.clone(),
                        source: minutes.source.clone(),
                        rendered: minutes.rendered.clone(),
                        outcomes: minutes.outcomes.clone(),
                        key: FormKey::of("demo", &["minutes", key]),
                    };
                    act.run(tx).await.map(|_| ())
                }
                Happens::Reads => match self::workshop(tx, &by, workshop).await?.topic {
                    Some(topic) => MarkRead { by, topic, numbers: vec![1] }.run(tx).await,
                    None => Err(self.text.wrong("no minutes to read")),
                },
                Happens::Links { board, start } => {
                    let version = self::workshop(tx, &by, workshop).await?.version;
                    let address = format!("/boards/{}", known.id("board", board)?);
                    let line = format!("\n\n{}", self.text.beforehand.trim().replace("{board}", &address));
                    let draft = self.draft(known, start.clone(), &line)?;
                    ChangeWorkshop { by, workshop, version, draft, head }.run(tx).await
                }
            }
        })
    }

    fn rows(&self) -> usize {
        if matches!(self.what, Happens::Scheduled { .. }) { 12 * self.text.weeks.unsigned_abs() as usize } else { 6 }
    }
}

impl AtWorkshop {
    /// What is entered about it, with a last line.
    fn draft(&self, known: &Known, start: Start, line: &str) -> Result<Draft> {
        let text = &self.text;
        let source = format!("{}{line}", text.description.trim());
        let agenda = text.activities.iter().map(|activity| DraftActivity {
            kind: activity.kind,
            title: activity.title.clone(),
            minutes: activity.minutes,
            question: activity.board.question.clone(),
        });
        Ok(Draft {
            title: text.title.clone(),
            rendered: roster::rendered(&source),
            source,
            language: text.language.clone(),
            start,
            minutes: text.minutes,
            capacity: text.capacity,
            link: String::new(),
            facilitators: text.facilitators.iter().map(|handle| Ok(MemberId(known.id("member", handle)?))).collect::<Result<_>>()?,
            agenda: agenda.collect(),
        })
    }

    async fn schedule(&self, tx: &Tx, known: &mut Known, by: Reader, starts: &[Start]) -> Result<()> {
        let text = &self.text;
        let first = starts.first().cloned().ok_or_else(|| text.wrong("no meeting"))?;
        let uid = |week: usize| self.head.uid(&format!("demo-{}", meeting(&text.key, week)));
        let act = ScheduleWorkshop {
            by,
            space: SpaceId(known.id("space", &text.space)?),
            draft: self.draft(known, first, "")?,
            meetings: starts.iter().cloned().zip((0..).map(uid)).collect(),
            key: FormKey::of("demo", &["workshop", &text.key]),
        };
        let first = act.run(tx).await?;
        let all: Vec<i64> = tx.column("SELECT id FROM workshop WHERE id = $1 OR series = $1 ORDER BY starts_at LIMIT 60", values![first]).await?;
        for (week, id) in all.into_iter().enumerate() {
            known.is("workshop", &meeting(&text.key, week), id);
        }
        Ok(())
    }
}

/// The name of a meeting: that of the Workshop, and which week of it.
pub fn meeting(key: &str, week: usize) -> String {
    format!("{key}-{week}")
}
