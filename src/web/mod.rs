//! What every page shares: layout, words, times, forms, errors, routes with their rights, assets, security headers.

pub mod assets;
pub mod cache;
mod context;
mod cookies;
pub mod errors;
mod form;
pub mod markdown;
mod mentions;
pub mod pages;
mod page;
mod pieces;
mod remembered;
pub mod routes;
mod security;
pub mod slots;
pub mod upload;
mod words;

pub use context::{Context, Peer, attach_reader};
pub use cookies::{JOINING_COOKIE, SESSION_COOKIE, read as read_cookie, session_cookie, set_cookie};
pub use errors::Failure;
pub use form::{Form, Pairs, Wrongs};
pub use markdown::{Rendered, render as render_markdown, render_naming};
pub use mentions::mentions;
pub use page::{Page, face_hue, html, html_with, local_path, redirect, wrong_form};
pub use pieces::{PLACE, Piece};
pub use remembered::Remembered;
pub use routes::Routes;
pub use security::{guard, same_origin};
pub use slots::{Fill, Fragment};
pub use upload::Upload;
pub use words::{Words, when};

/// What a handler gives: a response, or an error that becomes a page.
pub type Answer = Result<axum::response::Response, Failure>;
