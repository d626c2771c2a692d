//! Documents: read by everybody, written by admins, accepted by Members.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use serde::Deserialize;

use crate::error::{Error, Result, Say};
use crate::in_language;
use crate::journal::Room;
use crate::limits;
use crate::network::documents::{self, Asks, Document, DocumentKind, draft, owed};
use crate::network::{Accept, SaveDocument, Texts, queries};
use crate::people::Language;
use crate::web::{Answer, Context, Form, Page, Pairs, Wrongs, html, local_path, redirect, wrong_form};

/// Which version is asked for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Which {
    /// An earlier version; 0: the one in force.
    version: i64,
}

#[derive(Template)]
#[template(path = "network/document.html")]
struct DocumentPage {
    page: Page,
    document: Document,
    html: String,
    language: Language,
    /// All versions, the newest first.
    versions: Vec<Document>,
}

impl DocumentPage {
    /// The language of its words, where that is another one than the page's.
    fn other_language(&self) -> Option<&'static str> {
        (self.language != self.page.words.0).then(|| self.language.word())
    }

    fn is_in_force(&self) -> bool {
        self.versions.first().is_some_and(|newest| newest.id == self.document.id)
    }
}

fn kind(word: &str) -> Result<DocumentKind> {
    word.parse().map_err(|()| Error::NotFound)
}

/// A document (GET /documents/{kind}), in force or an earlier version of it.
pub async fn show(context: Context, Path(word): Path<String>, Query(which): Query<Which>) -> Answer {
    let kind = kind(&word)?;
    let db = &context.site.db;
    let page = context.page(&[Room::Site]).await?;
    let versions = queries::versions(db, kind).await?;
    // Where the newest has no text the document was taken away.
    let newest = versions.first().copied().ok_or(Error::NotFound)?;
    if queries::texts_of(db, newest.id).await?.is_empty() {
        return Err(Error::NotFound.into());
    }
    let document = if which.version == 0 { newest } else { versions.iter().find(|one| one.id == which.version).copied().ok_or(Error::NotFound)? };
    let texts = queries::texts_of(db, document.id).await?;
    let (language, source) = page.network.said(&texts, context.reader.language).ok_or(Error::NotFound)?;
    let html = documents::html(source);
    self::html(&DocumentPage { page, document, html, language, versions })
}

#[derive(Template)]
#[template(path = "network/document_form.html")]
struct DocumentForm {
    page: Page,
    kind: DocumentKind,
    form: Pairs,
    wrongs: Wrongs,
    is_draft: bool,
    is_in_force: bool,
    /// How many have accepted what is in force, and of how many.
    accepted: Option<(i64, i64)>,
}

impl DocumentForm {
    fn languages(&self) -> &'static [Language] {
        Language::ALL
    }

    fn asks(&self) -> &'static [Asks] {
        Asks::ALL
    }

    fn back(&self) -> &'static str {
        super::settings::back_to(self.form.get("back"))
    }
}

async fn draw(context: &Context, kind: DocumentKind, form: Pairs, wrongs: Wrongs, is_draft: bool) -> Result<DocumentForm> {
    let page = context.page(&[]).await?;
    let in_force = page.network.documents.iter().find(|document| document.kind == kind).copied();
    let accepted = match in_force.and_then(|document| document.accepted_from) {
        Some(from) => Some(queries::acceptances(&context.site.db, kind, from).await?),
        None => None,
    };
    Ok(DocumentForm { page, kind, form, wrongs, is_draft, is_in_force: in_force.is_some(), accepted })
}

/// The form (GET /admin/documents/{kind}); where there is none yet it holds a draft.
pub async fn form(context: Context, Path(word): Path<String>, Query(from): Query<super::settings::From>) -> Answer {
    let kind = kind(&word)?;
    let site = &context.site;
    let network = site.network().await?;
    let newest = queries::newest(&site.db, kind).await?;
    let texts = match newest {
        Some(newest) => queries::texts_of(&site.db, newest.id).await?,
        None => Texts::default(),
    };
    let is_draft = texts.is_empty();
    let contact = network.settings.contact.as_str();
    let texts = if is_draft { Texts::of(network.settings.languages.iter().map(|language| (*language, draft(kind, *language, network.name(*language), contact)))) } else { texts };
    let asks = match newest {
        Some(newest) if newest.accepted_from.is_some() => Asks::Everybody,
        Some(_) => Asks::Nobody,
        None => kind.usually_asks(),
    };
    let mut form = Pairs::default();
    form.texts("text", |language| texts.get(language));
    form.set("asks", asks.word());
    form.set("version", &newest.map_or(0, |newest| newest.id).to_string());
    form.set("back", &from.back);
    html(&draw(&context, kind, form, Wrongs::default(), is_draft).await?)
}

/// Saves a new version (POST /admin/documents/{kind}).
pub async fn save(context: Context, Path(word): Path<String>, Form(form): Form<Pairs>) -> Answer {
    let kind = kind(&word)?;
    context.count_write()?;
    let mut wrongs = Wrongs::default();
    let is_removed = form.get("remove") == "yes";
    let typed = |language: &Language| if is_removed { String::new() } else { form.text("text", language).trim().replace("\r\n", "\n") };
    let texts = Texts::of(Language::ALL.iter().map(|language| (*language, typed(language))));
    if texts.is_empty() && !is_removed {
        wrongs.add(in_language!("text", Language::ALL[0]), "wrong-document-empty");
    }
    for language in Language::ALL {
        if texts.get(language).chars().count() > limits::POST {
            wrongs.add(in_language!("text", *language), Say::new("wrong-too-long").with("limit", limits::POST));
        }
    }
    let asks = form.get("asks").parse::<Asks>().map_err(|()| wrongs.add("asks", "wrong-choice")).unwrap_or(Asks::Nobody);
    let version = form.get("version").parse().unwrap_or_default();
    let saved = match wrongs.check() {
        Ok(()) => context.site.write(SaveDocument { by: Some(context.member()?.id), kind, version, asks, texts }).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(_) => Ok(redirect(&format!("{}?saved=yes", super::settings::back_to(form.get("back"))))),
        Err(error) => wrong_form(&draw(&context, kind, form, Wrongs::of(error)?, false).await?),
    }
}

/// Where a list of people goes on.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct AfterMember {
    after: i64,
}

/// People on one page of those who accepted.
const PAGE: usize = 200;

#[derive(Template)]
#[template(path = "network/accepted.html")]
struct AcceptedPage {
    page: Page,
    kind: DocumentKind,
    rows: Vec<queries::Accepted>,
    next: Option<String>,
}

/// Who accepted which version, and when (GET /admin/documents/{kind}/accepted).
pub async fn accepted(context: Context, Path(word): Path<String>, Query(AfterMember { after }): Query<AfterMember>) -> Answer {
    let kind = kind(&word)?;
    let page = context.page(&[]).await?;
    let mut rows = queries::accepted(&context.site.db, kind, after, PAGE as u64 + 1).await?;
    let next = (rows.len() > PAGE).then(|| rows.truncate(PAGE)).and_then(|()| rows.last()).map(|last| format!("/admin/documents/{kind}/accepted?after={}", last.id));
    html(&AcceptedPage { page, kind, rows, next })
}

/// What is accepted, and the way on.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct AcceptForm {
    next: String,
    /// Ids with commas between.
    documents: String,
    accept: String,
}

#[derive(Template)]
#[template(path = "network/accept.html")]
struct AcceptPage {
    page: Page,
    /// Each with its words as HTML and their language.
    owed: Vec<(Document, String, Language)>,
    ids: String,
    next: String,
    wrongs: Wrongs,
}

async fn draw_accept(context: &Context, next: &str, wrongs: Wrongs) -> Result<Option<AcceptPage>> {
    let page = context.page(&[]).await?;
    let member = context.member()?;
    let mut owed = Vec::new();
    for document in documents::owed(&page.network.documents, &member.accepted) {
        let texts = queries::texts_of(&context.site.db, document.id).await?;
        let (language, source) = page.network.said(&texts, context.reader.language).ok_or_else(|| Error::bug("a document without words"))?;
        owed.push((document, documents::html(source), language));
    }
    let ids: Vec<String> = owed.iter().map(|(document, _, _)| document.id.to_string()).collect();
    let next = local_path(next).unwrap_or("/").to_owned();
    Ok((!owed.is_empty()).then(|| AcceptPage { page, owed, ids: ids.join(","), next, wrongs }))
}

/// The page in between (GET /accept): what is to be accepted, and the way on to what one was about to do.
pub async fn ask(context: Context, Query(form): Query<AcceptForm>) -> Answer {
    match draw_accept(&context, &form.next, Wrongs::default()).await? {
        Some(page) => html(&page),
        None => Ok(redirect(local_path(&form.next).unwrap_or("/"))),
    }
}

/// Accepts (POST /accept) what was shown; a version that came meanwhile is shown next.
pub async fn accept(context: Context, Form(form): Form<AcceptForm>) -> Answer {
    let by = context.member()?.id;
    let to = local_path(&form.next).unwrap_or("/");
    if form.accept != "yes" {
        let mut wrongs = Wrongs::default();
        wrongs.add("accept", "wrong-accept");
        return match draw_accept(&context, &form.next, wrongs).await? {
            Some(page) => wrong_form(&page),
            None => Ok(redirect(to)),
        };
    }
    let documents = form.documents.split(',').filter_map(|id| id.parse().ok()).collect();
    context.site.write(Accept { by, documents }).await?;
    Ok(redirect(to))
}

/// Where a Member is led first who has still to accept something: only on the way to a whole page, so that no fragment is
/// taken for it and nothing that is sent gets lost.
pub async fn in_between(context: &Context, headers: &HeaderMap) -> Result<Option<String>> {
    let is_on_the_way = headers.get("sec-fetch-mode").is_none_or(|mode| mode == "navigate");
    let Some(member) = context.reader.member.as_ref().filter(|_| is_on_the_way) else { return Ok(None) };
    let network = context.site.network().await?;
    let owes = !owed(&network.documents, &member.accepted).is_empty();
    Ok(owes.then(|| format!("/accept?next={}", crate::web::errors::encode(&context.here))))
}
