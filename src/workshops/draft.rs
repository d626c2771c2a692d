//! Minutes drafted from what happened: who came by Organisation, the Agenda, every group of every Board. Not the chat.

use super::brainstorm;
use super::when::span;
use super::{Activity, Came, Person, Workshop, agenda, attendance, facilitators};
use crate::boards::Outcome;
use crate::error::Result;
use crate::journal::Reads;
use crate::web::Words;

/// What a Board gave, with the Activity it belongs to.
pub struct BoardOutcome {
    pub activity: Activity,
    pub outcome: Outcome,
}

/// What came of every Board of a Workshop, in the order of its Agenda.
pub async fn board_outcomes(db: &impl Reads, workshop: &Workshop) -> Result<Vec<BoardOutcome>> {
    let mut found = Vec::new();
    for activity in agenda(db, workshop.id).await? {
        if let Some(board) = activity.board {
            found.push(BoardOutcome { outcome: brainstorm::outcome(db, board).await?, activity });
        }
    }
    Ok(found)
}

/// The Markdown that facilitators begin with, in the Workshop's language.
pub async fn draft(db: &impl Reads, words: Words, workshop: &Workshop) -> Result<String> {
    let came = attendance(db, workshop.id).await?;
    let agenda = agenda(db, workshop.id).await?;
    let leads = facilitators(db, workshop.id).await?;
    let boards = board_outcomes(db, workshop).await?;
    let mut parts = vec![span(words, workshop.starts_at, workshop.ends_at, workshop.tz()), who(words, workshop, &came, &leads), plan(words, &agenda)];
    parts.extend(boards.iter().map(|board| ideas(words, board)));
    Ok(parts.join("\n\n"))
}

/// Decisions and actions as a section of their own, the last one; nothing where there are none.
pub fn decided(words: Words, lines: &[String]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let lines: Vec<String> = lines.iter().map(|line| format!("- {line}")).collect();
    format!("\n\n## {}\n\n{}", words.t("minutes-decided"), lines.join("\n"))
}

/// The lines of a text, without what people put in front of a line.
pub fn lines_of(text: &str) -> Vec<String> {
    let lines = text.lines().map(|line| line.trim().trim_start_matches(['-', '*', '•']).trim().to_owned());
    lines.filter(|line| line.chars().any(char::is_alphanumeric)).take(100).collect()
}

fn who(words: Words, workshop: &Workshop, came: &[Came], leads: &[Person]) -> String {
    let total: i64 = came.iter().map(|came| came.people).sum();
    let mut text = format!(
        "## {}\n\n{}",
        words.t("minutes-who"),
        words.with("minutes-came", &[("came", total.to_string()), ("registered", workshop.registered.to_string())])
    );
    if !came.is_empty() {
        text.push_str(&format!("\n\n| {} | {} |\n|---|---|", words.t("minutes-organisation"), words.t("minutes-people")));
        for row in came {
            let name = row.short_name.clone().map_or_else(|| words.t("minutes-themselves"), |name| plain(&name));
            text.push_str(&format!("\n| {name} | {} |", row.people));
        }
    }
    let names: Vec<String> = leads.iter().map(|person| plain(&person.name)).collect();
    text.push_str(&format!("\n\n{}", words.t1("minutes-led", "names", names.join(", "))));
    text
}

fn plan(words: Words, agenda: &[Activity]) -> String {
    let rows: Vec<String> = agenda
        .iter()
        .map(|activity| {
            let question = if activity.question.is_empty() { String::new() } else { format!(". *{}*", plain(&activity.question)) };
            let minutes = words.n("workshop-minutes", activity.minutes);
            format!("{}. **{}** ({}, {minutes}){question}", activity.position, plain(&activity.title), words.t(format!("activity-{}", activity.kind)))
        })
        .collect();
    format!("## {}\n\n{}", words.t("workshop-agenda"), rows.join("\n"))
}

fn ideas(words: Words, board: &BoardOutcome) -> String {
    let mut text = format!("## {}", plain(&board.activity.title));
    if !board.activity.question.is_empty() {
        text.push_str(&format!("\n\n*{}*", plain(&board.activity.question)));
    }
    let (ungrouped, groups): (Vec<_>, Vec<_>) = board.outcome.groups.iter().partition(|group| group.is_alone);
    if board.outcome.groups.is_empty() {
        text.push_str(&format!("\n\n{}", words.t("minutes-no-cards")));
    }
    for group in groups {
        text.push_str(&format!("\n\n### {}{}\n", words.t1("lead-in", "what", plain(&group.title)), words.n("minutes-votes", group.votes)));
        for card in &group.cards {
            text.push_str(&format!("\n- {}", plain(card)));
        }
        if !group.note.is_empty() {
            text.push_str(&format!("\n\n{}", group.note.trim()));
        }
    }
    if !ungrouped.is_empty() {
        text.push_str(&format!("\n\n### {}\n", words.t("minutes-ungrouped")));
    }
    for card in ungrouped {
        let votes = if card.votes == 0 { String::new() } else { format!(" ({})", words.n("minutes-votes", card.votes)) };
        text.push_str(&format!("\n- {}{votes}", plain(&card.title)));
    }
    text
}

/// Words of people inside our Markdown: on one line, with what Markdown reads as its own signs escaped.
fn plain(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|' | '#' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boards::{OutcomeGroup, Phase};
    use crate::people::Language;
    use crate::web::render_markdown;
    use crate::workshops::{ActivityId, ActivityKind};

    #[test]
    fn lines_are_taken_as_people_write_them() {
        assert_eq!(lines_of("- One desk, Anna, March\n\n  * Send the form\n---\nThird"), ["One desk, Anna, March", "Send the form", "Third"]);
    }

    #[test]
    fn words_of_cards_stay_words() {
        let html = render_markdown(&format!("- {}", plain("*no* <b>5 | 6</b>\n# [x](http://a.example)"))).0;
        assert!(html.contains("*no* &lt;b&gt;5 | 6&lt;/b&gt; # [x](") && !html.contains("<em>"), "{html}");
    }

    #[test]
    fn groups_have_headings_and_cards_in_none_are_one_list() {
        let activity = Activity { id: ActivityId(1), position: 1, kind: ActivityKind::Brainstorm, title: "Doors".into(), minutes: 10, question: String::new(), board: Some(1) };
        let group = |title: &str, is_alone, votes| OutcomeGroup { title: title.into(), is_alone, cards: vec!["The bell".into()], votes, note: String::new() };
        let groups = vec![group("*Signs*", true, 3), group("The ramp", false, 2), group("Lights", true, 0)];
        let outcome = Outcome { title: "Doors".into(), question: String::new(), phase: Phase::Closed, groups };
        let mut board = BoardOutcome { activity, outcome };
        let text = ideas(Words(Language::En), &board);
        assert_eq!(text, "## Doors\n\n### The ramp: 2 votes\n\n- The bell\n\n### Ungrouped\n\n- \\*Signs\\* (3 votes)\n- Lights");
        board.outcome.groups.retain(|group| !group.is_alone);
        assert!(!ideas(Words(Language::En), &board).contains("Ungrouped"));
        board.outcome.groups.clear();
        assert!(ideas(Words(Language::Fr), &board).contains("Aucune carte"));
    }

    #[test]
    fn decisions_are_a_section_of_their_own() {
        let text = decided(Words(Language::En), &["A".into(), "B".into()]);
        assert!(text.ends_with("\n\n- A\n- B"));
        assert_eq!(decided(Words(Language::En), &[]), "");
    }
}
