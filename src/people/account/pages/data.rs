//! All one's data: asked for, awaited, downloaded.

use askama::Template;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use tokio_util::io::ReaderStream;

use super::prove;
use crate::error::{Error, Result};
use crate::journal::Room;
use crate::people::account::job::folder;
use crate::people::account::queries::export_of;
use crate::people::account::{AskExport, ExportRow, exports_of};
use crate::web::{Answer, Context, Page, Wrongs, html, redirect, wrong_form};

#[derive(Template)]
#[template(path = "people/data.html")]
struct DataPage {
    page: Page,
    wrongs: Wrongs,
    exports: Vec<ExportRow>,
}

impl DataPage {
    /// Whether one is being made.
    fn is_awaited(&self) -> bool {
        self.exports.iter().any(ExportRow::is_awaited)
    }
}

async fn page(context: &Context, wrongs: Wrongs) -> Result<DataPage> {
    let member = context.member()?.id;
    let page = context.page(&[Room::Member(member.0)]).await?;
    Ok(DataPage { page, wrongs, exports: exports_of(&context.site.db, member).await? })
}

/// What there is, and how far the last one is (GET /settings/data).
pub async fn show(context: Context) -> Answer {
    html(&page(&context, Wrongs::default()).await?)
}

/// Asks for one (POST /settings/data).
pub async fn ask(context: Context) -> Answer {
    if let Some(prove) = prove::needed(&context, "/settings/data").await? {
        return Ok(prove);
    }
    let by = context.member()?.id;
    match context.site.write(AskExport { by, session: context.reader.session }).await {
        Ok(()) => Ok(redirect("/settings/data#exports")),
        Err(error) => wrong_form(&page(&context, Wrongs::of(error)?).await?),
    }
}

/// The file, for its owner alone (GET /settings/data/{id}).
pub async fn download(context: Context, Path(id): Path<i64>) -> Answer {
    let member = context.member()?;
    if let Some(prove) = prove::needed(&context, "/settings/data").await? {
        return Ok(prove);
    }
    let export = export_of(&context.site.db, member.id, id).await?.ok_or(Error::NotFound)?;
    let name = export.file.ok_or(Error::NotFound)?;
    let file = match tokio::fs::File::open(folder(&context.site).join(&name)).await {
        Ok(file) => file,
        // Restored from a backup, which holds no exports, or its week ended just now.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(Error::Gone.into()),
        Err(error) => return Err(Error::Unavailable(error.to_string()).into()),
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/zip")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&format!("attachment; filename=\"plenary-{}.zip\"", member.handle)).map_err(Error::bug)?),
    ];
    Ok((headers, Body::from_stream(ReaderStream::new(file))).into_response())
}
