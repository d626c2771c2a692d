//! Markdown to HTML: CommonMark with tables, strikethrough and bare links, through a sanitiser with an allow-list.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use comrak::{Arena, Options, format_html, parse_document};

use super::mentions;
use super::slots::{CLOSE, OPEN};

/// HTML that has been through the sanitiser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered(pub String);

pub(super) static OPTIONS: LazyLock<Options<'static>> = LazyLock::new(|| {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.render.hardbreaks = true;
    options.render.escape = true;
    options
});

static SANITISER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let tags = [
        "p", "br", "strong", "em", "del", "blockquote", "ul", "ol", "li", "code", "pre", "a", "hr", "h3", "h4", "h5", "h6", "table", "thead",
        "tbody", "tr", "th", "td",
    ];
    let mut builder = ammonia::Builder::empty();
    builder
        .tags(HashSet::from(tags))
        .tag_attributes([("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"]))].into_iter().collect())
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(ammonia::UrlRelative::PassThrough)
        .clean_content_tags(HashSet::from(["script", "style"]))
        .link_rel(Some("nofollow noopener ugc"));
    builder
});

/// Quotes and lists within one another that one line may open. The parser's work grows with their depth at every line.
const DEPTH: usize = 16;

/// A line without what it opens beyond [`DEPTH`].
fn shallow(line: &str) -> Cow<'_, str> {
    let (mut rest, mut depth, mut head) = (line, 0, line.len());
    while let Some(marker) = marker(rest) {
        if depth == DEPTH {
            head = line.len() - rest.len();
        }
        depth += 1;
        rest = &rest[marker..];
    }
    if depth <= DEPTH { Cow::Borrowed(line) } else { Cow::Owned([&line[..head], rest].concat()) }
}

/// The length of what opens a quote or a list item at the beginning of a line (CommonMark 5.1, 5.2).
fn marker(text: &str) -> Option<usize> {
    let trimmed = text.trim_start_matches([' ', '\t']);
    let indent = text.len() - trimmed.len();
    let length = match trimmed.bytes().next()? {
        b'>' => return Some(indent + 1),
        b'-' | b'+' | b'*' => 1,
        b'0'..=b'9' => trimmed.bytes().take(9).take_while(u8::is_ascii_digit).count() + 1,
        _ => return None,
    };
    let opens = trimmed.as_bytes().get(length - 1).is_some_and(|byte| length == 1 || matches!(byte, b'.' | b')'));
    let is_apart = trimmed.as_bytes().get(length).is_some_and(|byte| matches!(byte, b' ' | b'\t'));
    (opens && is_apart).then_some(indent + length)
}

/// Renders what a person wrote. Headings begin at h3, under the page's own; images wait for attachments.
pub fn render(source: &str) -> Rendered {
    render_naming(source, &HashSet::new())
}

/// The same, with those of `known` (handles) who are named in it as links to their pages.
pub fn render_naming(source: &str, known: &HashSet<String>) -> Rendered {
    let source: String = source.chars().filter(|c| !matches!(*c, OPEN | CLOSE | '\0')).collect();
    let source: Vec<_> = source.split('\n').map(shallow).collect();
    let arena = Arena::new();
    let tree = parse_document(&arena, &source.join("\n"), &OPTIONS);
    if !known.is_empty() {
        mentions::link(&arena, tree, known);
    }
    let mut html = String::new();
    // Writing into a String cannot fail.
    let _ = format_html(tree, &OPTIONS, &mut html);
    let html = ["1", "2"].iter().fold(html, |html, level| {
        html.replace(&format!("<h{level}>"), "<h3>").replace(&format!("</h{level}>"), "</h3>")
    });
    Rendered(SANITISER.clean(&html).to_string())
}

/// The words alone, on one line, at most `limit` characters: for excerpts and mail.
pub fn excerpt(html: &str, limit: usize) -> String {
    let text = ammonia::Builder::empty().clean(&html.replace("</p>", " </p>").replace("<br>", " ").replace("</li>", " </li>")).to_string();
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&quot;", "\"").replace("&amp;", "&");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= limit {
        return text;
    }
    let cut: String = text.chars().take(limit).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_allow_list_lets_prose_through() {
        let html = render("# Title\n\n**bold** *it* ~~no~~ `code`\n\n> quote\n\n1. one\n2. two\n\n| a | b |\n|---|---|\n| 1 | 2 |").0;
        for part in ["<h3>Title</h3>", "<strong>bold</strong>", "<em>it</em>", "<del>no</del>", "<blockquote>", "<ol>", "<table>"] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(render("see https://example.org").0.contains("<a href=\"https://example.org\" rel=\"nofollow noopener ugc\">"));
    }

    #[test]
    fn nothing_that_runs_or_loads_gets_through() {
        let vectors = [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[a](javascript:alert(1))",
            "[a](data:text/html;base64,PHNjcmlwdD4=)",
            "<a href=\"java\nscript:alert(1)\">x</a>",
            "<svg onload=alert(1)>",
            "<iframe src=//evil.example></iframe>",
            "<p style=\"position:fixed\">x</p>",
            "![x](https://evil.example/pixel.gif)",
            "<form action=//evil.example><input name=password></form>",
            "<p id=main class=button>x</p>",
            "<style>*{display:none}</style>",
            "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        ];
        for vector in vectors {
            let html = render(vector).0;
            let dom = html.to_lowercase();
            for bad in ["<script", "<img", "<svg", "<iframe", "<form", "<style", "<p style", "<p id", "href=\"javascript", "href=\"data", "<math"] {
                assert!(!dom.contains(bad), "{vector} gave {html}");
            }
        }
    }

    #[test]
    fn who_is_known_and_named_is_linked() {
        let known = HashSet::from(["anna".to_owned(), "ben-okoro".to_owned()]);
        let html = |source: &str| render_naming(source, &known).0.trim().to_owned();
        let link = |handle: &str, text: &str| format!("<a href=\"/people/{handle}\" rel=\"nofollow noopener ugc\">{text}</a>");
        assert_eq!(html("Ask @Anna, **@ben-okoro** & @nobody"), format!("<p>Ask {}, <strong>{}</strong> &amp; @nobody</p>", link("anna", "@Anna"), link("ben-okoro", "@ben-okoro")));
        assert_eq!(html("@anna's <b>@anna-</b>"), format!("<p>{}'s &lt;b&gt;{}-&lt;/b&gt;</p>", link("anna", "@anna"), link("anna", "@anna")));
        for source in ["`@anna`", "> @anna", "[@anna](https://a.org)", "info@anna.org", "@anna@elsewhere.org"] {
            assert_eq!(html(source), render(source).0.trim(), "{source}");
        }
    }

    #[test]
    fn nesting_has_an_end() {
        let count = |source: String, tag: &str| render(&source).0.matches(tag).count();
        assert_eq!(count(format!("{}x", ">".repeat(16)), "<blockquote>"), 16);
        assert_eq!(count(format!("{}x", "> ".repeat(20_000)), "<blockquote>"), 16);
        assert_eq!(count(format!("{}x", "- ".repeat(3)), "<ul>"), 3);
        assert_eq!(count(format!("{}x", "1. ".repeat(9_000)), "<ol>"), 16);
        assert!(render(&format!("{}the words", "> - ".repeat(5_000))).0.contains("the words"));
        assert_eq!(shallow("2027 was *good*"), "2027 was *good*");
    }

    #[test]
    fn slot_markers_cannot_be_written_by_a_person() {
        let html = render(&format!("a{OPEN}a5{CLOSE}b")).0;
        assert_eq!(html.trim(), "<p>aa5b</p>");
    }

    #[test]
    fn an_excerpt_is_words_on_one_line() {
        let html = render("One *two* & <three>\n\nfour").0;
        assert_eq!(excerpt(&html, 100), "One two & <three> four");
        assert_eq!(excerpt(&html, 8), "One two…");
    }
}
