//! What is told of membership: that somebody asks, to those who answer; what was answered, to whoever asked.

use super::{Answer, Question, QuestionId, QuestionKind, asked_about, question};
use crate::app::Site;
use crate::clock::Instant;
use crate::error::Result;
use crate::journal::{Entry, Kind};
use crate::live::BoxFuture;
use crate::notify::{Described, DigestItem, Line, Telling};
use crate::people::kinds::People;
use crate::people::rights::may_steward;
use crate::people::{OrganisationId, Reader};

/// The people's part in what people are told.
pub struct Tells;

impl crate::notify::Tells for Tells {
    fn domain(&self) -> &'static str {
        People::DOMAIN
    }

    fn told<'a>(&'a self, site: &'a Site, entry: &'a Entry) -> BoxFuture<'a, Result<Vec<Telling>>> {
        Box::pin(async move {
            match People::of(entry) {
                Some(People::QuestionAsked { question: id, organisation, .. }) => {
                    let Some(question) = question(&site.db, QuestionId(id)).await?.filter(|found| found.answered_at.is_none()) else { return Ok(Vec::new()) };
                    let reason = match question.kind {
                        QuestionKind::Join => "membership-asked",
                        QuestionKind::Practitioner => "practitioner-left",
                    };
                    let asked = asked_about(&site.db, OrganisationId(organisation)).await?;
                    let others = asked.into_iter().filter(|member| *member != question.member);
                    Ok(others.map(|member| Telling { member, reason, thing: format!("question:{id}") }).collect())
                }
                Some(People::QuestionAnswered { question: id, .. }) => {
                    let Some(question) = question(&site.db, QuestionId(id)).await? else { return Ok(Vec::new()) };
                    let reason = match (question.kind, question.answer) {
                        (QuestionKind::Join, Some(Answer::Yes)) => "membership-confirmed",
                        (QuestionKind::Join, Some(Answer::No)) => "membership-declined",
                        (QuestionKind::Practitioner, Some(Answer::Yes)) => "practitioner-kept",
                        (QuestionKind::Practitioner, Some(Answer::No)) => "practitioner-ended",
                        _ => return Ok(Vec::new()),
                    };
                    Ok(vec![Telling { member: question.member, reason, thing: format!("answer:{id}") }])
                }
                _ => Ok(Vec::new()),
            }
        })
    }

    fn describe<'a>(&'a self, site: &'a Site, reader: &'a Reader, thing: &'a str) -> BoxFuture<'a, Result<Option<Described>>> {
        Box::pin(async move {
            let Some((what, id)) = thing.split_once(':').and_then(|(what, id)| Some((what, id.parse::<QuestionId>().ok()?))) else { return Ok(None) };
            let Some(found) = question(&site.db, id).await? else { return Ok(None) };
            Ok(described(reader, what, found))
        })
    }

    fn digest<'a>(&'a self, _site: &'a Site, _reader: &'a Reader, _since: Instant) -> BoxFuture<'a, Result<Vec<DigestItem>>> {
        // What waits is in their digest as their notices are; there is no other news of it.
        Box::pin(std::future::ready(Ok(Vec::new())))
    }
}

fn described(reader: &Reader, what: &str, found: Question) -> Option<Described> {
    let (who, line, anchor) = match what {
        "question" if found.answered_at.is_none() && may_steward(reader, found.organisation) => (found.name, Line::said(found.words), "#questions"),
        "answer" if found.answered_at.is_some() && reader.is(found.member) => (String::new(), Line::Nothing, ""),
        _ => return None,
    };
    Some(Described { href: format!("/organisations/{}{anchor}", found.organisation), who, title: found.organisation_name, line })
}
