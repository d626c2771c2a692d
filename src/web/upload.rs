//! A form that can carry a file of text: `multipart/form-data` (RFC 7578), or urlencoded where it carries none.

use axum::extract::multipart::Multipart;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use bytes::Bytes;

use super::slots::{CLOSE, OPEN};
use super::{Failure, Form};
use crate::app::Site;
use crate::error::{Error, Say};

/// The fields in their order, a file's as its text; with the limits of [`crate::limits`].
pub struct Upload {
    pub fields: Vec<(String, String)>,
    /// Fields whose file is no UTF-8 text.
    pub unreadable: Vec<String>,
}

/// One part of a form: its field, whether it is a file, and what was sent.
pub struct Part {
    pub name: String,
    pub is_file: bool,
    pub bytes: Bytes,
}

/// The parts of a form that was sent as `multipart/form-data`; the request itself where it was not.
///
/// # Errors
/// [`Error::TooLarge`], or that it is no such form.
pub async fn parts(request: Request, site: &Site) -> Result<Result<Vec<Part>, Request>, Failure> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.to_ascii_lowercase().starts_with("multipart/form-data") {
        return Ok(Err(request));
    }
    let refused = |status: StatusCode, detail: String| match status {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
        _ => Error::field("", Say::new("wrong-form").with("detail", detail)),
    };
    let mut coming = Multipart::from_request(request, site).await.map_err(|why| refused(why.status(), why.body_text()))?;
    let mut parts = Vec::new();
    while let Some(part) = coming.next_field().await.map_err(|why| refused(why.status(), why.body_text()))? {
        let (name, is_file) = (part.name().unwrap_or_default().to_owned(), part.file_name().is_some());
        let bytes = part.bytes().await.map_err(|why| refused(why.status(), why.body_text()))?;
        parts.push(Part { name, is_file, bytes });
    }
    Ok(Ok(parts))
}

/// A text as it was sent, without what no text holds.
pub fn cleaned(mut text: String) -> String {
    text.retain(|c| !matches!(c, '\0' | OPEN | CLOSE));
    text
}

impl FromRequest<Site> for Upload {
    type Rejection = Failure;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Failure> {
        let parts = match parts(request, site).await? {
            Ok(parts) => parts,
            Err(request) => {
                let Form(fields) = Form::<Vec<(String, String)>>::from_request(request, site).await?;
                return Ok(Self { fields, unreadable: Vec::new() });
            }
        };
        let mut upload = Self { fields: Vec::new(), unreadable: Vec::new() };
        for part in parts {
            match String::from_utf8(part.bytes.into()) {
                Ok(text) => upload.fields.push((part.name, cleaned(text))),
                Err(_) => upload.unreadable.push(part.name),
            }
        }
        Ok(upload)
    }
}

impl Upload {
    /// The last value of a field; empty where it is missing.
    pub fn get(&self, name: &str) -> &str {
        self.fields.iter().rev().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }
}
