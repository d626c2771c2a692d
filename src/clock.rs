//! Instants and the clock that gives them: microseconds UTC, so that both databases hold the same number.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Duration, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use sea_orm::{ColIdx, QueryResult, TryGetError, TryGetable, Value};
use serde::{Deserialize, Serialize};

/// The years that a date in a form may have: what calendars and time zones can be believed for.
pub const YEARS: std::ops::RangeInclusive<i32> = 2000..=2200;

/// A moment in time: microseconds since 1970-01-01T00:00:00Z. Stored as BIGINT.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Instant(i64);

impl Instant {
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    pub const fn micros(self) -> i64 {
        self.0
    }

    pub fn from_utc(at: DateTime<Utc>) -> Self {
        Self(at.timestamp_micros())
    }

    /// As chrono's UTC time; an instant outside chrono's range is shown as 1970.
    pub fn utc(self) -> DateTime<Utc> {
        Utc.timestamp_micros(self.0).single().unwrap_or_default()
    }

    pub fn in_zone(self, zone: Tz) -> DateTime<Tz> {
        self.utc().with_timezone(&zone)
    }

    /// The date a person in `zone` reads on the wall at this moment.
    pub fn date_in(self, zone: Tz) -> NaiveDate {
        self.in_zone(zone).date_naive()
    }

    pub fn plus(self, span: Duration) -> Self {
        Self(self.0.saturating_add(span.num_microseconds().unwrap_or(i64::MAX)))
    }

    pub fn minus(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(span.num_microseconds().unwrap_or(i64::MAX)))
    }

    /// How long after `earlier` this is (negative when it is before).
    pub fn since(self, earlier: Instant) -> Duration {
        Duration::microseconds(self.0 - earlier.0)
    }
}

impl From<Instant> for Value {
    fn from(at: Instant) -> Value {
        Value::BigInt(Some(at.0))
    }
}

impl TryGetable for Instant {
    fn try_get_by<I: ColIdx>(res: &QueryResult, index: I) -> Result<Self, TryGetError> {
        i64::try_get_by(res, index).map(Self)
    }
}

/// An optional instant as a bindable value.
pub fn maybe(at: Option<Instant>) -> Value {
    Value::BigInt(at.map(Instant::micros))
}

/// Where the time comes from; tests hold it still and move it by hand.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    #[default]
    System,
    Held(Arc<AtomicI64>),
}

impl Clock {
    pub fn held_at(at: Instant) -> Self {
        Self::Held(Arc::new(AtomicI64::new(at.micros())))
    }

    pub fn now(&self) -> Instant {
        match self {
            Self::System => Instant::from_utc(Utc::now()),
            Self::Held(at) => Instant(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a held clock; does nothing to the system's.
    pub fn set(&self, to: Instant) {
        if let Self::Held(at) = self {
            at.store(to.micros(), Ordering::SeqCst);
        }
    }
}
