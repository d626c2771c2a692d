//! What admins do with Organisations: add one or a whole table, change one, merge one that was entered twice.

use askama::Template;
use axum::extract::{Path, Query};
use serde::Deserialize;

use crate::error::{Error, Result, Wrong};
use crate::people::membership::{Described, Person, described, stewards_of};
use crate::people::organisations::{Found, KINDS, Line, STANDINGS, checked, checked_described, read_table};
use crate::people::{self, AddOrganisation, AddOrganisations, ChangeOrganisation, Level, MergeOrganisation, NewOrganisation, OrganisationId, OrganisationRow, SaveOrganisation};
use crate::web::{Answer, Context, Form, Page, Wrongs, html, redirect, wrong_form};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct OrganisationForm {
    name: String,
    short_name: String,
    kind: String,
    level: String,
    country: String,
    standing: String,
    within: String,
    place: String,
    languages: String,
    version: String,
}

impl OrganisationForm {
    fn get(&self, name: &str) -> String {
        match name {
            "name" => &self.name,
            "short_name" => &self.short_name,
            "kind" => &self.kind,
            "level" => &self.level,
            "country" => &self.country,
            _ => &self.standing,
        }
        .clone()
    }

    fn checked(&self) -> Result<(AddOrganisation, Described)> {
        let described = checked_described(&self.place, &self.languages);
        match (checked(|name| self.get(name), self.within.parse().ok()), described) {
            (Ok(new), Ok(described)) => Ok((new, described)),
            (one, other) => Err(Error::Invalid(one.err().into_iter().chain(other.err()).flatten().collect())),
        }
    }
}

#[derive(Template)]
#[template(path = "people/organisation_form.html")]
struct FormPage {
    page: Page,
    /// The one that is changed; `None` for a new one.
    organisation: Option<OrganisationRow>,
    others: Vec<OrganisationRow>,
    form: OrganisationForm,
    wrongs: Wrongs,
    /// How many people belong to it.
    people: i64,
    stewards: Vec<Person>,
    /// Whom one wanted to name.
    who: String,
    /// The one it is to be merged into, until one has said to be sure.
    into: Option<OrganisationRow>,
}

impl FormPage {
    fn levels(&self) -> &'static [Level] {
        Level::ALL
    }

    fn action(&self) -> String {
        self.organisation.as_ref().map_or("/admin/organisations".to_owned(), |organisation| format!("/organisations/{}/edit", organisation.id))
    }

    fn kinds(&self) -> &'static [&'static str] {
        KINDS
    }

    fn standings(&self) -> &'static [&'static str] {
        STANDINGS
    }
}

async fn draw(context: &Context, organisation: Option<OrganisationRow>, form: OrganisationForm, wrongs: Wrongs) -> Result<FormPage> {
    let page = context.page(&[]).await?;
    let db = &context.site.db;
    let people = match &organisation {
        Some(organisation) => people::count_of(db, organisation.id).await?,
        None => 0,
    };
    let stewards = match &organisation {
        Some(organisation) => stewards_of(db, organisation.id).await?,
        None => Vec::new(),
    };
    let mut others = people::organisations(db).await?;
    others.retain(|other| organisation.as_ref().is_none_or(|own| own.id != other.id));
    Ok(FormPage { page, organisation, others, form, wrongs, people, stewards, who: String::new(), into: None })
}

/// The form of a new one (GET /admin/organisations/new).
pub async fn new(context: Context) -> Answer {
    let form = OrganisationForm { kind: KINDS[0].into(), level: Level::City.word().into(), standing: STANDINGS[0].into(), ..Default::default() };
    html(&draw(&context, None, form, Wrongs::default()).await?)
}

/// Adds one (POST /admin/organisations).
pub async fn add(context: Context, Form(form): Form<OrganisationForm>) -> Answer {
    context.count_write()?;
    let by = context.member()?.id;
    let added = match form.checked() {
        Ok((new, described)) => context.site.write(NewOrganisation { by, new, described }).await,
        Err(error) => Err(error),
    };
    match added {
        Ok(id) => Ok(redirect(&format!("/organisations/{id}"))),
        Err(error) => wrong_form(&draw(&context, None, form, Wrongs::of(error)?).await?),
    }
}

async fn known(context: &Context, id: OrganisationId) -> Result<OrganisationRow> {
    people::organisation(&context.site.db, id).await?.ok_or(Error::NotFound)
}

/// The form of one that is there (GET /organisations/{id}/edit).
pub async fn edit(context: Context, Path(id): Path<OrganisationId>) -> Answer {
    html(&draw_known(&context, id, Wrongs::default()).await?)
}

/// The same with what is wrong with a Steward who was to be named.
pub async fn edit_in_error(context: &Context, id: OrganisationId, who: String, wrongs: Wrongs) -> Answer {
    wrong_form(&FormPage { who, ..draw_known(context, id, wrongs).await? })
}

async fn draw_known(context: &Context, id: OrganisationId, wrongs: Wrongs) -> Result<FormPage> {
    let organisation = known(context, id).await?;
    let db = &context.site.db;
    let (within, version) = people::within_and_version(db, id).await?;
    let Described { place, languages } = described(db, id).await?;
    let form = OrganisationForm {
        name: organisation.name.clone(),
        short_name: organisation.short_name.clone(),
        kind: organisation.kind.clone(),
        level: organisation.level.word().into(),
        country: organisation.country.clone(),
        standing: organisation.standing.clone(),
        within: within.map(|id| id.to_string()).unwrap_or_default(),
        place,
        languages: languages.join(", "),
        version: version.to_string(),
    };
    draw(context, Some(organisation), form, wrongs).await
}

/// Saves it (POST /organisations/{id}/edit).
pub async fn change(context: Context, Path(id): Path<OrganisationId>, Form(form): Form<OrganisationForm>) -> Answer {
    context.count_write()?;
    let organisation = known(&context, id).await?;
    let by = context.member()?.id;
    let saved = match form.checked() {
        Ok((to, described)) => {
            let change = ChangeOrganisation { by, organisation: id, version: form.version.parse().unwrap_or_default(), to };
            context.site.write(SaveOrganisation { change, described }).await
        }
        Err(error) => Err(error),
    };
    match saved {
        Ok(()) => Ok(redirect(&format!("/organisations/{id}"))),
        Err(error) => wrong_form(&draw(&context, Some(organisation), form, Wrongs::of(error)?).await?),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct MergeForm {
    into: String,
    sure: String,
}

/// What merging would do (GET /organisations/{id}/merge?into=…).
pub async fn merging(context: Context, Path(id): Path<OrganisationId>, Query(form): Query<MergeForm>) -> Answer {
    merge_page(&context, id, &form, Wrongs::default()).await
}

async fn merge_page(context: &Context, id: OrganisationId, form: &MergeForm, mut wrongs: Wrongs) -> Answer {
    let organisation = known(context, id).await?;
    let into = match form.into.parse::<OrganisationId>() {
        Ok(into) if into != id => people::organisation(&context.site.db, into).await?,
        _ => None,
    };
    if into.is_none() && wrongs.is_empty() {
        wrongs.0.push(Wrong { field: "into", say: "wrong-organisation".into() });
    }
    let wrong = into.is_none();
    let page = FormPage { into, ..draw(context, Some(organisation), OrganisationForm::default(), wrongs.whole()).await? };
    let merge = MergePage { inner: page };
    if wrong { wrong_form(&merge) } else { html(&merge) }
}

#[derive(Template)]
#[template(path = "people/organisation_merge.html")]
struct MergePage {
    inner: FormPage,
}

impl std::ops::Deref for MergePage {
    type Target = FormPage;

    fn deref(&self) -> &FormPage {
        &self.inner
    }
}

/// Merges it (POST /organisations/{id}/merge).
pub async fn merge(context: Context, Path(id): Path<OrganisationId>, Form(form): Form<MergeForm>) -> Answer {
    context.count_write()?;
    let by = context.member()?.id;
    let Ok(into) = form.into.parse::<OrganisationId>() else { return merge_page(&context, id, &form, Wrongs::default()).await };
    if form.sure != "yes" {
        return merge_page(&context, id, &form, Wrongs::default()).await;
    }
    match context.site.write(MergeOrganisation { by, organisation: id, into }).await {
        Ok(()) => Ok(redirect(&format!("/organisations/{into}"))),
        Err(error) => merge_page(&context, id, &MergeForm { into: String::new(), ..form }, Wrongs::of(error)?).await,
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct TableForm {
    table: String,
    sure: String,
}

#[derive(Template)]
#[template(path = "people/organisation_table.html")]
struct TablePage {
    page: Page,
    form: TableForm,
    lines: Vec<Line>,
    wrongs: Wrongs,
}

impl TablePage {
    fn fresh(&self) -> i64 {
        self.count(|found| matches!(found, Found::New(..)))
    }

    fn known(&self) -> i64 {
        self.count(|found| matches!(found, Found::Known))
    }

    fn wrong(&self) -> i64 {
        self.count(|found| matches!(found, Found::Wrong(_)))
    }

    fn count(&self, is: impl Fn(&Found) -> bool) -> i64 {
        i64::try_from(self.lines.iter().filter(|line| is(&line.found)).count()).unwrap_or(i64::MAX)
    }
}

/// Where a table is pasted (GET /admin/organisations/table).
pub async fn table(context: Context) -> Answer {
    let page = context.page(&[]).await?;
    html(&TablePage { page, form: TableForm::default(), lines: Vec::new(), wrongs: Wrongs::default() })
}

/// Shows what a table would add, line by line, and adds it when one is sure and nothing in it is wrong
/// (POST /admin/organisations/table).
pub async fn add_table(context: Context, Form(form): Form<TableForm>) -> Answer {
    context.count_write()?;
    let by = context.member()?.id;
    let there = people::organisations(&context.site.db).await?;
    let mut wrongs = Wrongs::default();
    let lines = wrongs.take(read_table(&form.table, &there)).unwrap_or_default();
    let is_right = wrongs.is_empty() && !lines.iter().any(|line| matches!(line.found, Found::Wrong(_)));
    let all: Vec<(AddOrganisation, Option<usize>)> = lines
        .iter()
        .filter_map(|line| match &line.found {
            Found::New(new, above) => Some((new.clone(), *above)),
            _ => None,
        })
        .collect();
    if is_right && form.sure == "yes" && !all.is_empty() {
        match context.site.write(AddOrganisations { by, all }).await {
            Ok(_) => return Ok(redirect("/organisations")),
            Err(error) => wrongs = Wrongs::of(error)?.whole(),
        }
    }
    let page = context.page(&[]).await?;
    let shown = TablePage { page, form, lines, wrongs };
    if is_right && shown.wrongs.is_empty() { html(&shown) } else { wrong_form(&shown) }
}
