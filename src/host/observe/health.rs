//! What a proxy, a supervisor or a host's own script asks.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::journal::{Probe, Reads};
use crate::web::{Answer, Context};

/// Whether the program lives and its database can be read (GET /health).
pub async fn health(context: Context) -> Answer {
    is_readable(&context).await?;
    Ok(line(StatusCode::OK, "well"))
}

/// Whether requests should be sent here (GET /ready): not while the program ends, nor while the database cannot be read.
/// While nothing can be written it still answers 200, for reading goes on, and says so.
pub async fn ready(context: Context) -> Answer {
    if context.site.stop.is_cancelled() {
        return Ok(line(StatusCode::SERVICE_UNAVAILABLE, "stopping"));
    }
    is_readable(&context).await?;
    if context.site.writer.pulse().trouble().is_some() && context.site.note(Probe).await.is_err() {
        return Ok(line(StatusCode::OK, "reading only: nothing can be written"));
    }
    Ok(line(StatusCode::OK, "ready"))
}

async fn is_readable(context: &Context) -> crate::Result<()> {
    context.site.db.value::<i64>("SELECT position FROM reader LIMIT 1", vec![]).await.map(drop)
}

fn line(status: StatusCode, words: &'static str) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store"), (header::CONTENT_TYPE, "text/plain; charset=utf-8")], format!("{words}\n")).into_response()
}
