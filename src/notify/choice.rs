//! What a Member chose: when a digest comes, and whether mail goes at once for what concerns them.

use chrono::{NaiveTime, Weekday};
use sea_orm::FromQueryResult;

use super::schedule::Rule;
use crate::error::Result;
use crate::journal::Reads;
use crate::people::MemberId;
use crate::{values, word_enum};

word_enum! {
    /// How often a digest comes.
    Frequency { None = "none", Daily = "daily", Weekly = "weekly" }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Choice {
    pub kind: Frequency,
    /// 1 Monday … 7 Sunday.
    pub weekday: i64,
    pub hour: i64,
    pub immediate: bool,
}

/// Who has not chosen gets one mail a week, and is told at once when somebody answers them.
impl Default for Choice {
    fn default() -> Self {
        Self { kind: Frequency::Weekly, weekday: 1, hour: 8, immediate: true }
    }
}

impl Choice {
    /// The rule of its moments; `None`: no digest.
    pub fn rule(&self) -> Option<Rule> {
        let time = NaiveTime::from_hms_opt(u32::try_from(self.hour).ok()?, 0, 0)?;
        match self.kind {
            Frequency::None => None,
            Frequency::Daily => Some(Rule { weekday: None, time }),
            Frequency::Weekly => Some(Rule { weekday: Some(self.day()), time }),
        }
    }

    pub fn day(&self) -> Weekday {
        u8::try_from(self.weekday - 1).ok().and_then(|day| Weekday::try_from(day).ok()).unwrap_or(Weekday::Mon)
    }
}

/// What this Member chose, or the default.
pub async fn choice_of(db: &impl Reads, member: MemberId) -> Result<Choice> {
    let sql = "SELECT kind, weekday, hour, immediate FROM digest_setting WHERE member = $1";
    Ok(db.one(sql, values![member]).await?.unwrap_or_default())
}
