//! A Dialogue's pages: where it stands, its Stages, and each Contribution's trail.

pub mod contribution;
pub mod new;
pub mod overview;
pub mod river;
pub mod stage;
pub mod synthesis;

use crate::error::{Error, Result};

/// The fields of a form whose names are numbered (`point-3`): how many there are is up to whoever fills it.
pub struct Numbered(Vec<(String, String)>);

impl Numbered {
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    pub fn number(&self, name: &str) -> Result<i64> {
        self.get(name).trim().parse().map_err(|_| Error::field("", "wrong-choice"))
    }
}

impl<'de> serde::Deserialize<'de> for Numbered {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        Vec::<(String, String)>::deserialize(from).map(Self)
    }
}
