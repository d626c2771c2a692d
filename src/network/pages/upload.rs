//! A form with a picture: `multipart/form-data` (RFC 7578), or urlencoded where it carries none.

use axum::extract::multipart::Multipart;
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::{StatusCode, header};
use bytes::Bytes;

use crate::app::Site;
use crate::error::{Error, Say};
use crate::limits;
use crate::web::slots::{CLOSE, OPEN};
use crate::web::{Failure, Form, Pairs};

/// The fields, and the picture where one was chosen.
pub struct WithPicture {
    pub form: Pairs,
    pub picture: Option<Bytes>,
}

impl FromRequest<Site> for WithPicture {
    type Rejection = Failure;

    async fn from_request(mut request: Request, site: &Site) -> Result<Self, Failure> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !kind.to_ascii_lowercase().starts_with("multipart/form-data") {
            let Form(form) = Form::<Pairs>::from_request(request, site).await?;
            return Ok(Self { form, picture: None });
        }
        // The picture, and room for the words beside it.
        DefaultBodyLimit::max(limits::LOGO + limits::BODY).apply(&mut request);
        let refused = |status: StatusCode, detail: String| match status {
            StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
            _ => Error::field("", Say::new("wrong-form").with("detail", detail)),
        };
        let mut parts = Multipart::from_request(request, site).await.map_err(|why| refused(why.status(), why.body_text()))?;
        let mut sent = Self { form: Pairs::default(), picture: None };
        while let Some(part) = parts.next_field().await.map_err(|why| refused(why.status(), why.body_text()))? {
            let name = part.name().unwrap_or_default().to_owned();
            let is_file = part.file_name().is_some();
            let bytes = part.bytes().await.map_err(|why| refused(why.status(), why.body_text()))?;
            if is_file {
                sent.picture = Some(bytes).filter(|bytes| !bytes.is_empty()).or(sent.picture);
                continue;
            }
            let mut text = String::from_utf8_lossy(&bytes).into_owned();
            text.retain(|c| !matches!(c, '\0' | OPEN | CLOSE));
            sent.form.set(&name, &text);
        }
        Ok(sent)
    }
}
