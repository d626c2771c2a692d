//! What admins do about Members, and what is read of it: a Member's standing, its reasons, and lists of people for admins.

use sea_orm::{FromQueryResult, Value};

use super::search::{END, asked};
use super::{MemberId, OrganisationId, Role};
use crate::clock::Instant;
use crate::error::Result;
use crate::journal::Reads;
use crate::{values, word_enum};

word_enum! {
    /// What an admin does about a Member.
    Measure {
        /// They read and don't write, until a date or until it is lifted.
        Silence = "silence",
        Unsilence = "unsilence",
        /// They cannot sign in and get no mail; their words stay.
        Suspend = "suspend",
        Reinstate = "reinstate",
        /// All their sessions end.
        SignOut = "sign_out",
    }
}

word_enum! {
    /// How an account stands, as lists are asked for it.
    Standing { Active = "active", Silenced = "silenced", Suspended = "suspended", Unconfirmed = "unconfirmed" }
}

/// Somebody reads and doesn't write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Silence {
    /// From when on they write again; `None`: when it is lifted.
    pub until: Option<Instant>,
}

impl Silence {
    /// From what is stored; `None` where there is none, or none any more.
    pub fn stored(at: Option<Instant>, until: Option<Instant>, now: Instant) -> Option<Self> {
        at.map(|_| Self { until }).filter(|silence| silence.holds_at(now))
    }

    pub fn holds_at(self, now: Instant) -> bool {
        self.until.is_none_or(|until| now < until)
    }
}

/// One measure, as a Member's history shows it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct MeasureRow {
    pub kind: Measure,
    pub until: Option<Instant>,
    pub reason: String,
    pub at: Instant,
    pub by_name: Option<String>,
    pub by_handle: Option<String>,
}

const MEASURE: &str = "SELECT e.kind, e.until, e.reason, e.at, b.name AS by_name, b.handle AS by_handle FROM measure e LEFT JOIN member b ON b.id = e.by";

/// What was done about a Member, the latest first.
pub async fn measures_of(db: &impl Reads, member: MemberId) -> Result<Vec<MeasureRow>> {
    db.all(&format!("{MEASURE} WHERE e.member = $1 ORDER BY e.id DESC LIMIT 100"), values![member]).await
}

/// Why a Member is silenced.
pub async fn reason_of_silence(db: &impl Reads, member: MemberId) -> Result<Option<String>> {
    db.value("SELECT reason FROM measure WHERE member = $1 AND kind = 'silence' ORDER BY id DESC LIMIT 1", values![member]).await
}

/// What admins ask of people.
#[derive(Clone, Debug, Default)]
pub struct Sought {
    /// Beginnings of names, handles or addresses.
    pub text: String,
    pub role: Option<Role>,
    pub is_practitioner: Option<bool>,
    pub standing: Option<Standing>,
    pub organisation: Option<OrganisationId>,
}

impl Sought {
    /// Whether nothing is asked for: everybody.
    pub fn is_everybody(&self) -> bool {
        self.text.trim().is_empty() && self.role.is_none() && self.is_practitioner.is_none() && self.standing.is_none() && self.organisation.is_none()
    }
}

/// Somebody in the admins' list.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Found {
    pub id: MemberId,
    pub handle: String,
    pub name: String,
    pub email: Option<String>,
    pub role: Role,
    pub practitioner_at: Option<Instant>,
    pub confirmed_at: Option<Instant>,
    pub suspended_at: Option<Instant>,
    pub silenced_at: Option<Instant>,
    pub silenced_until: Option<Instant>,
    pub created_at: Instant,
    pub short_name: Option<String>,
    pub level: Option<String>,
    /// The word they were found by; empty where no text was asked for.
    pub word: String,
}

impl Found {
    pub fn initials(&self) -> String {
        super::initials(&self.name)
    }

    /// How the account stands now.
    pub fn standing(&self, now: impl std::borrow::Borrow<Instant>) -> Standing {
        let now = now.borrow();
        match () {
            () if self.suspended_at.is_some() => Standing::Suspended,
            () if self.silence(now).is_some() => Standing::Silenced,
            () if self.confirmed_at.is_none() => Standing::Unconfirmed,
            () => Standing::Active,
        }
    }

    pub fn silence(&self, now: &Instant) -> Option<Silence> {
        Silence::stored(self.silenced_at, self.silenced_until, *now)
    }
}

fn found(word: &str) -> String {
    format!(
        "SELECT m.id, m.handle, m.name, m.email, m.role, m.practitioner_at, m.confirmed_at, m.suspended_at, m.silenced_at, m.silenced_until,
                m.created_at, o.short_name, o.level, {word} AS word"
    )
}

/// People after a cursor (the word and the id of the last one shown), `limit` at most: by the word they are found by, or
/// the newest first.
pub async fn find_people(db: &impl Reads, sought: &Sought, now: Instant, after: (&str, i64), limit: u64) -> Result<Vec<Found>> {
    let mut bound: Vec<Value> = Vec::new();
    let mut bind = |value: Value| {
        bound.push(value);
        format!("${}", bound.len())
    };
    let mut conditions = vec!["m.erased_at IS NULL".to_owned()];
    let words = asked(&sought.text);
    let mut ranges = words.iter().map(|word| (bind(word.as_str().into()), bind(format!("{word}{END}").into()))).collect::<Vec<_>>().into_iter();
    let (from, order, word) = match ranges.next() {
        Some((low, high)) => {
            let (last, id) = (bind(after.0.into()), bind(after.1.into()));
            conditions.push(format!("w.word >= {low} AND w.word < {high} AND (w.word > {last} OR (w.word = {last} AND w.member > {id}))"));
            conditions.push(format!("NOT EXISTS (SELECT 1 FROM member_word e WHERE e.member = w.member AND e.word >= {low} AND e.word < w.word)"));
            ("member_word w JOIN member m ON m.id = w.member", "w.word, w.member", "w.word")
        }
        None => {
            let before = bind(after.1.into());
            conditions.push(format!("m.id < {before}"));
            ("member m", "m.id DESC", "''")
        }
    };
    for (low, high) in ranges {
        conditions.push(format!("EXISTS (SELECT 1 FROM member_word f WHERE f.member = m.id AND f.word >= {low} AND f.word < {high})"));
    }
    if let Some(role) = sought.role {
        conditions.push(format!("m.role = {}", bind(role.into())));
    }
    if let Some(is_practitioner) = sought.is_practitioner {
        conditions.push(format!("m.practitioner_at IS {}NULL", if is_practitioner { "NOT " } else { "" }));
    }
    if let Some(organisation) = sought.organisation {
        conditions.push(format!("m.id IN (SELECT member FROM membership WHERE organisation = {})", bind(organisation.into())));
    }
    if let Some(standing) = sought.standing {
        conditions.push(match standing {
            Standing::Suspended => "m.suspended_at IS NOT NULL".to_owned(),
            Standing::Unconfirmed => "m.confirmed_at IS NULL".to_owned(),
            Standing::Silenced => format!("m.silenced_at IS NOT NULL AND (m.silenced_until IS NULL OR m.silenced_until > {})", bind(now.into())),
            Standing::Active => format!("m.confirmed_at IS NOT NULL AND m.suspended_at IS NULL AND (m.silenced_at IS NULL OR m.silenced_until <= {})", bind(now.into())),
        });
    }
    let sql = format!("{} FROM {from} LEFT JOIN organisation o ON o.id = m.speaks_for WHERE {} ORDER BY {order} LIMIT {limit}", found(word), conditions.join(" AND "));
    db.all(&sql, bound).await
}

/// One person as admins see them.
pub async fn person_for_admins(db: &impl Reads, handle: &str) -> Result<Option<Found>> {
    let sql = format!("{} FROM member m LEFT JOIN organisation o ON o.id = m.speaks_for WHERE m.handle = $1 AND m.erased_at IS NULL", found("''"));
    db.one(&sql, values![handle]).await
}

/// How many sessions a Member has, and when the last of them was used.
pub async fn sessions_seen(db: &impl Reads, member: MemberId) -> Result<(i64, Option<Instant>)> {
    let sql = "SELECT count(*), MAX(COALESCE(u.used_at, s.created_at)) FROM session s LEFT JOIN session_use u ON u.session = s.id WHERE s.member = $1";
    let rows = db.rows(sql, values![member]).await?;
    let Some(row) = rows.first() else { return Ok((0, None)) };
    Ok((row.try_get_by_index(0)?, row.try_get_by_index::<Option<i64>>(1)?.map(Instant::from_micros)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_ends_at_its_moment_and_not_before() {
        let at = Instant::from_micros;
        assert_eq!(Silence::stored(None, None, at(5)), None);
        assert_eq!(Silence::stored(Some(at(1)), None, at(5)), Some(Silence { until: None }));
        assert_eq!(Silence::stored(Some(at(1)), Some(at(6)), at(5)), Some(Silence { until: Some(at(6)) }));
        assert_eq!(Silence::stored(Some(at(1)), Some(at(5)), at(5)), None);
    }
}
