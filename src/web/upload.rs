//! A form that can carry a file of text: `multipart/form-data` (RFC 7578), or urlencoded where it carries none.

use axum::extract::multipart::Multipart;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};

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

impl FromRequest<Site> for Upload {
    type Rejection = Failure;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Failure> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !kind.to_ascii_lowercase().starts_with("multipart/form-data") {
            let Form(fields) = Form::<Vec<(String, String)>>::from_request(request, site).await?;
            return Ok(Self { fields, unreadable: Vec::new() });
        }
        let refused = |status: StatusCode, detail: String| match status {
            StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
            _ => Error::field("", Say::new("wrong-form").with("detail", detail)),
        };
        let mut parts = Multipart::from_request(request, site).await.map_err(|why| refused(why.status(), why.body_text()))?;
        let mut upload = Self { fields: Vec::new(), unreadable: Vec::new() };
        while let Some(part) = parts.next_field().await.map_err(|why| refused(why.status(), why.body_text()))? {
            let name = part.name().unwrap_or_default().to_owned();
            let bytes = part.bytes().await.map_err(|why| refused(why.status(), why.body_text()))?;
            match String::from_utf8(bytes.into()) {
                Ok(mut text) => {
                    text.retain(|c| !matches!(c, '\0' | OPEN | CLOSE));
                    upload.fields.push((name, text));
                }
                Err(_) => upload.unreadable.push(name),
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
