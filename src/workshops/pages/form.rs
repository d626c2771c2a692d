//! Scheduling and changing: one form, with what an hour on the wall can mean.

use askama::Template;
use axum::extract::Path;
use chrono::NaiveDateTime;

use crate::error::{Error, Result, Say};
use crate::forum::{self, Space, SpaceId, checked_text, checked_title};
use crate::journal::FormKey;
use crate::people::{self, MemberId};
use crate::secret;
use crate::web::{Answer, Context, Form, Page, Wrongs, html, redirect, wrong_form};
use crate::workshops::rules::{FACILITATORS, LONGEST, PLACES, STEPS, WEEKS, checked_link, checked_number, checked_words, may_edit, may_schedule};
use crate::workshops::when::{Meant, Start, meant, parse, weekly};
use crate::workshops::{
    self, ActivityKind, ChangeWorkshop, Draft, DraftActivity, Letterhead, ScheduleWorkshop, Workshop, WorkshopId, agenda, facilitators, workshop,
};

/// What was typed, name by name: an Agenda has as many fields as it has parts.
#[derive(Clone, Debug, Default)]
pub struct Typed(Vec<(String, String)>);

impl Typed {
    fn get(&self, name: &str) -> &str {
        self.0.iter().rev().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.into(), value.into()));
    }

    /// A field of the Agenda's part `at`.
    fn step(&self, name: &str, at: &usize) -> &str {
        self.get(&format!("{name}{at}"))
    }
}

/// What an hour was found to be, for the page to offer.
#[derive(Default)]
struct Offers {
    /// Skipped by the clocks: others to take, as they are stored and as they are said.
    others: Vec<(String, String)>,
    /// Twice: how each of the two is told apart.
    twice: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "workshops/form.html")]
struct FormPage {
    page: Page,
    space: Space,
    /// What is changed; `None` while scheduling.
    workshop: Option<Workshop>,
    typed: Typed,
    offers: Offers,
    wrongs: Wrongs,
    preview: Option<String>,
}

impl FormPage {
    fn zones(&self) -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())
    }

    fn kinds(&self) -> &'static [ActivityKind] {
        ActivityKind::ALL
    }

    fn steps(&self) -> std::ops::RangeInclusive<usize> {
        1..=STEPS
    }

    /// Parts shown unfolded: those that are used, and three at least.
    fn is_shown(&self, at: &usize) -> bool {
        *at <= 3 || !self.typed.step("title", at).is_empty()
    }

    fn action(&self) -> String {
        match &self.workshop {
            Some(workshop) => format!("{}/edit", workshop.href()),
            None => format!("/spaces/{}/workshops/new", self.space.id),
        }
    }

    fn may_change_agenda(&self) -> bool {
        self.workshop.as_ref().is_none_or(|workshop| workshop.opened_at.is_none())
    }
}

/// The form of a new Workshop (GET /spaces/{id}/workshops/new).
pub async fn new(context: Context, Path(id): Path<SpaceId>) -> Answer {
    let page = context.page(&[]).await?;
    let space = forum::space(&context.site.db, &context.reader, id).await?;
    may_schedule(&context.reader, &space)?;
    let mut typed = Typed::default();
    let language = if space.language.is_empty() { context.reader.language.word().to_owned() } else { space.language.clone() };
    for (name, value) in [("key", secret::token()), ("zone", context.reader.zone.name().into()), ("language", language), ("minutes", "90".into()), ("weeks", "1".into())] {
        typed.set(name, value);
    }
    html(&FormPage { page, space, workshop: None, typed, offers: Offers::default(), wrongs: Wrongs::default(), preview: None })
}

/// Schedules it (POST /spaces/{id}/workshops/new), or shows how its words will look.
pub async fn schedule(context: Context, Path(id): Path<SpaceId>, Form(pairs): Form<Vec<(String, String)>>) -> Answer {
    let typed = taken(Typed(pairs));
    let space = forum::space(&context.site.db, &context.reader, id).await?;
    may_schedule(&context.reader, &space)?;
    if typed.get("do") == "preview" {
        return preview(&context, space, None, typed).await;
    }
    let done = match scheduling(&context, &space, &typed).await {
        Ok(act) => context.site.write(act).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(workshop) => Ok(redirect(&workshops::href(workshop))),
        Err(error) => wrong(&context, space, None, typed, error).await,
    }
}

async fn scheduling(context: &Context, space: &Space, typed: &Typed) -> Result<ScheduleWorkshop> {
    context.count_write()?;
    let mut wrongs = Wrongs::default();
    let weeks = wrongs.take(checked_number("weeks", typed.get("weeks"), 1, WEEKS));
    let draft = checked(context, typed, true, wrongs).await?;
    let starts = weekly(&draft.start, weeks.unwrap_or(1)).map_err(|skipped| {
        let say = Say::new("wrong-week-skipped").with("date", skipped.format("%Y-%m-%d %H:%M"));
        Error::field("weeks", say)
    })?;
    let head = Letterhead::of(&context.site).await?;
    let meetings = starts.into_iter().map(|start| (start, head.uid(&secret::token()))).collect();
    let mut content = vec!["workshop".to_owned(), space.id.to_string()];
    content.extend(typed.0.iter().filter(|(name, _)| name != "key").map(|(name, value)| format!("{name}={value}")));
    let content: Vec<&str> = content.iter().map(String::as_str).collect();
    let key = FormKey::of(typed.get("key"), &content);
    Ok(ScheduleWorkshop { by: (*context.reader).clone(), space: space.id, draft, meetings, key })
}

/// The form that changes one (GET /workshops/{id}/edit).
pub async fn edit(context: Context, Path(id): Path<WorkshopId>) -> Answer {
    let page = context.page(&[]).await?;
    let (workshop, space) = own(&context, id).await?;
    let typed = filled(&context, &workshop).await?;
    html(&FormPage { page, space, workshop: Some(workshop), typed, offers: Offers::default(), wrongs: Wrongs::default(), preview: None })
}

/// Changes it (POST /workshops/{id}/edit).
pub async fn change(context: Context, Path(id): Path<WorkshopId>, Form(pairs): Form<Vec<(String, String)>>) -> Answer {
    let typed = taken(Typed(pairs));
    let (workshop, space) = own(&context, id).await?;
    if typed.get("do") == "preview" {
        return preview(&context, space, Some(workshop), typed).await;
    }
    let done = match changing(&context, &workshop, &typed).await {
        Ok(act) => context.site.write(act).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(redirect(&workshops::href(id))),
        Err(error) => wrong(&context, space, Some(workshop), typed, error).await,
    }
}

async fn changing(context: &Context, workshop: &Workshop, typed: &Typed) -> Result<ChangeWorkshop> {
    context.count_write()?;
    let version = typed.get("version").parse().map_err(|_| Error::NotFound)?;
    let draft = checked(context, typed, workshop.opened_at.is_none(), Wrongs::default()).await?;
    Ok(ChangeWorkshop { by: (*context.reader).clone(), workshop: workshop.id, version, draft, head: Letterhead::of(&context.site).await? })
}

async fn own(context: &Context, id: WorkshopId) -> Result<(Workshop, Space)> {
    let (db, reader) = (&context.site.db, &context.reader);
    let workshop = workshop(db, reader, id).await?;
    may_edit(reader, workshop.space, &workshops::facilitator_ids(db, id).await?)?;
    Ok((workshop.clone(), forum::space(db, reader, SpaceId(workshop.space)).await?))
}

/// A pressed offer, taken as date and time.
fn taken(mut typed: Typed) -> Typed {
    let take = typed.get("take").to_owned();
    if let Some((date, time)) = take.split_once('T') {
        typed.set("date", date);
        typed.set("time", time);
        typed.set("take", "");
    }
    typed
}

async fn preview(context: &Context, space: Space, workshop: Option<Workshop>, typed: Typed) -> Answer {
    context.count_write()?;
    let page = context.page(&[]).await?;
    let preview = Some(context.render(typed.get("body")).await?.0);
    html(&FormPage { page, space, workshop, offers: offers(context, &typed), typed, wrongs: Wrongs::default(), preview })
}

async fn wrong(context: &Context, space: Space, workshop: Option<Workshop>, typed: Typed, error: Error) -> Answer {
    let wrongs = Wrongs::of(error)?;
    let page = context.page(&[]).await?;
    wrong_form(&FormPage { page, space, workshop, offers: offers(context, &typed), typed, wrongs, preview: None })
}

fn local(typed: &Typed) -> Option<NaiveDateTime> {
    let time: String = typed.get("time").chars().take(5).collect();
    parse(&format!("{}T{time}", typed.get("date")))
}

fn offers(context: &Context, typed: &Typed) -> Offers {
    let (Some(local), Ok(zone)) = (local(typed), typed.get("zone").parse::<chrono_tz::Tz>()) else { return Offers::default() };
    let words = context.words();
    match meant(local, zone) {
        Meant::Once(_) => Offers::default(),
        Meant::Never { before, after } => {
            let offer = |at: NaiveDateTime| (at.format("%Y-%m-%dT%H:%M").to_string(), at.format("%Y-%m-%d %H:%M").to_string());
            Offers { others: vec![offer(before), offer(after)], twice: None }
        }
        Meant::Twice { first, second } => Offers { others: Vec::new(), twice: Some((words.moment(first, zone), words.moment(second, zone))) },
    }
}

fn start(typed: &Typed, wrongs: &mut Wrongs) -> Option<Start> {
    let local = local(typed);
    if local.is_none() {
        wrongs.add("date", "wrong-when");
    }
    let zone = typed.get("zone").trim().parse::<chrono_tz::Tz>();
    if zone.is_err() {
        wrongs.add("zone", "wrong-zone");
    }
    let (local, zone) = (local?, zone.ok()?);
    let (is_second, at) = match (meant(local, zone), typed.get("which")) {
        (Meant::Once(at), _) => (false, at),
        (Meant::Twice { first, .. }, "first") => (false, first),
        (Meant::Twice { second, .. }, "second") => (true, second),
        (Meant::Twice { .. }, _) => {
            wrongs.add("which", "wrong-twice");
            return None;
        }
        (Meant::Never { .. }, _) => {
            wrongs.add("time", "wrong-skipped");
            return None;
        }
    };
    Some(Start { local, zone, is_second, at })
}

async fn checked(context: &Context, typed: &Typed, has_agenda: bool, mut wrongs: Wrongs) -> Result<Draft> {
    let title = wrongs.take(checked_title(typed.get("title")));
    let source = wrongs.take(checked_text(typed.get("body")));
    let start = start(typed, &mut wrongs);
    let minutes = wrongs.take(checked_number("minutes", typed.get("minutes"), 5, LONGEST));
    let capacity = match typed.get("capacity").trim() {
        "" => Some(0),
        text => wrongs.take(checked_number("capacity", text, 0, PLACES)),
    };
    let link = wrongs.take(checked_link(typed.get("link")));
    let language = Some(typed.get("language").trim().to_lowercase()).filter(|word| (2..=8).contains(&word.len()) && word.chars().all(|c| c.is_ascii_alphabetic() || c == '-'));
    if language.is_none() {
        wrongs.add("language", "wrong-choice");
    }
    let agenda = if has_agenda { agenda_of(typed, &mut wrongs) } else { Vec::new() };
    let facilitators = facilitators_of(context, typed.get("facilitators"), &mut wrongs).await?;
    match (title, source, start, minutes, capacity, link, language) {
        (Some(title), Some(source), Some(start), Some(minutes), Some(capacity), Some(link), Some(language)) if wrongs.is_empty() => {
            Ok(Draft { rendered: context.render(&source).await?, title, source, language, start, minutes, capacity, link, facilitators, agenda })
        }
        _ => Err(Error::Invalid(wrongs.0)),
    }
}

/// The parts that have a title, in their order; one at least.
fn agenda_of(typed: &Typed, wrongs: &mut Wrongs) -> Vec<DraftActivity> {
    let mut agenda = Vec::new();
    for at in 1..=STEPS {
        if typed.step("title", &at).trim().is_empty() {
            continue;
        }
        let title = wrongs.take(checked_title(typed.step("title", &at)));
        let minutes = wrongs.take(checked_number("agenda", typed.step("minutes", &at), 1, LONGEST));
        let kind = typed.step("kind", &at).parse::<ActivityKind>().ok();
        if kind.is_none() {
            wrongs.add("agenda", "wrong-choice");
        }
        let question = match typed.step("question", &at).trim() {
            "" => Some(String::new()),
            text => wrongs.take(checked_words("agenda", text)),
        };
        if kind == Some(ActivityKind::Brainstorm) && question.as_deref() == Some("") {
            wrongs.add("agenda", "wrong-question-empty");
        }
        if let (Some(title), Some(minutes), Some(kind), Some(question)) = (title, minutes, kind, question) {
            agenda.push(DraftActivity { kind, title, minutes, question });
        }
    }
    if agenda.is_empty() && wrongs.is_empty() {
        wrongs.add("agenda", "wrong-agenda-empty");
    }
    agenda
}

/// The one who schedules, and the handles that were typed; on changing, the handles alone.
async fn facilitators_of(context: &Context, text: &str, wrongs: &mut Wrongs) -> Result<Vec<MemberId>> {
    let handles: Vec<&str> = text.split([',', ' ', '\n']).map(|handle| handle.trim().trim_start_matches('@')).filter(|handle| !handle.is_empty()).collect();
    if handles.len() > FACILITATORS {
        wrongs.add("facilitators", Say::new("wrong-facilitators-many").with("most", FACILITATORS));
        return Ok(Vec::new());
    }
    let mut ids = Vec::new();
    for handle in &handles {
        match people::account_by_handle(&context.site.db, handle).await?.filter(|account| account.confirmed_at.is_some()) {
            Some(account) if !ids.contains(&account.id) => ids.push(account.id),
            Some(_) => {}
            None => wrongs.add("facilitators", Say::new("wrong-facilitator").with("handle", handle)),
        }
    }
    if handles.is_empty() {
        ids.push(context.member()?.id);
    }
    Ok(ids)
}

/// A Workshop as its form shows it.
async fn filled(context: &Context, workshop: &Workshop) -> Result<Typed> {
    let mut typed = Typed::default();
    let (date, time) = workshop.local_start.split_once('T').unwrap_or_default();
    let handles: Vec<String> = facilitators(&context.site.db, workshop.id).await?.into_iter().map(|person| person.handle).collect();
    let capacity = if workshop.capacity == 0 { String::new() } else { workshop.capacity.to_string() };
    let fields = [
        ("version", workshop.version.to_string()),
        ("title", workshop.title.clone()),
        ("body", workshop.source.clone()),
        ("language", workshop.language.clone()),
        ("date", date.to_owned()),
        ("time", time.to_owned()),
        ("zone", workshop.zone.clone()),
        ("which", if workshop.is_second { "second" } else { "first" }.to_owned()),
        ("minutes", workshop.minutes.to_string()),
        ("capacity", capacity),
        ("link", workshop.link.clone()),
        ("facilitators", handles.join(", ")),
    ];
    for (name, value) in fields {
        typed.set(name, value);
    }
    for activity in agenda(&context.site.db, workshop.id).await? {
        let at = activity.position;
        for (name, value) in [("kind", activity.kind.word().to_owned()), ("title", activity.title), ("minutes", activity.minutes.to_string()), ("question", activity.question)] {
            typed.set(&format!("{name}{at}"), value);
        }
    }
    Ok(typed)
}
