//! The part of an Organisation's page that is about belonging to it.

use crate::error::Result;
use crate::people::membership::{Described, Person, Question, QuestionId, asked, described, is_of, people_in, questions_in, stewards_of};
use crate::people::OrganisationId;
use crate::people::rights::may_steward;
use crate::web::{Context, Wrongs};

/// How the reader stands to an Organisation, and what waits for them there.
#[derive(Default)]
pub struct Beside {
    pub described: Described,
    /// Shown to Members.
    pub stewards: Vec<Person>,
    pub belongs: bool,
    /// What they have asked and nobody has answered.
    pub asked: Option<QuestionId>,
    /// Whether they look after it: then its people, and what is asked.
    pub may_steward: bool,
    pub people: Vec<Person>,
    pub questions: Vec<Question>,
    /// What they typed when asking, and what is wrong.
    pub words: String,
    pub wrongs: Wrongs,
}

pub async fn beside(context: &Context, id: OrganisationId, words: String, wrongs: Wrongs) -> Result<Beside> {
    let db = &context.site.db;
    let beside = Beside { described: described(db, id).await?, words, wrongs, ..Beside::default() };
    let Some(member) = context.reader.id() else { return Ok(beside) };
    let may_steward = may_steward(&context.reader, id);
    let (people, questions) = if may_steward { (people_in(db, id).await?, questions_in(db, id).await?) } else { (Vec::new(), Vec::new()) };
    Ok(Beside { stewards: stewards_of(db, id).await?, belongs: is_of(db, id, member).await?, asked: asked(db, id, member).await?, may_steward, people, questions, ..beside })
}
