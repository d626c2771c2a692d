//! A short mail with one link in it, as text and as HTML.

use askama::Template;

use crate::error::Result;
use crate::web::Words;

#[derive(Template)]
#[template(path = "mail/link.html")]
struct LinkHtml<'a> {
    words: Words,
    site_name: &'a str,
    base_url: &'a str,
    greeting: String,
    what: String,
    button: String,
    link: String,
    why: String,
    foot: Vec<(String, String)>,
}

/// What such a mail says.
#[derive(Template)]
#[template(path = "mail/link.txt", escape = "none")]
pub struct LinkText<'a> {
    pub site_name: &'a str,
    pub base_url: &'a str,
    pub greeting: String,
    pub what: String,
    pub link: String,
    pub why: String,
    /// Documents and help, by name and address.
    pub foot: Vec<(String, String)>,
}

/// Both parts: the text as it is, and the HTML with a button.
///
/// # Errors
/// Where a template does not render, which is a bug.
pub fn link_parts(words: Words, text: LinkText<'_>, button: String) -> Result<(String, String)> {
    let plain = text.render()?;
    let LinkText { site_name, base_url, greeting, what, link, why, foot } = text;
    Ok((plain, LinkHtml { words, site_name, base_url, greeting, what, button, link, why, foot }.render()?))
}
