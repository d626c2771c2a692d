//! A form with a picture.

use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use bytes::Bytes;

use crate::app::Site;
use crate::limits;
use crate::web::upload::{cleaned, parts};
use crate::web::{Failure, Form, Pairs};

/// The fields, and the picture where one was chosen.
pub struct WithPicture {
    pub form: Pairs,
    pub picture: Option<Bytes>,
}

impl FromRequest<Site> for WithPicture {
    type Rejection = Failure;

    async fn from_request(mut request: Request, site: &Site) -> Result<Self, Failure> {
        // The picture, and room for the words beside it.
        DefaultBodyLimit::max(limits::LOGO + limits::BODY).apply(&mut request);
        let parts = match parts(request, site).await? {
            Ok(parts) => parts,
            Err(mut request) => {
                DefaultBodyLimit::max(limits::BODY).apply(&mut request);
                let Form(form) = Form::<Pairs>::from_request(request, site).await?;
                return Ok(Self { form, picture: None });
            }
        };
        let mut sent = Self { form: Pairs::default(), picture: None };
        for part in parts {
            if part.is_file {
                sent.picture = Some(part.bytes).filter(|bytes| !bytes.is_empty()).or(sent.picture);
            } else {
                sent.form.set(&part.name, &cleaned(String::from_utf8_lossy(&part.bytes).into_owned()));
            }
        }
        Ok(sent)
    }
}
