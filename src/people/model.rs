//! The words of this domain as types.

use serde::{Deserialize, Serialize};

use crate::id;

id!(/** A person with an account. */ MemberId);
id!(/** A municipality, association, university or institution. */ OrganisationId);
id!(/** One signed-in browser. */ SessionId);

/// Declares an enum that is stored and sent as a word.
#[macro_export]
macro_rules! word_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word it is stored as.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = ();
            fn from_str(text: &str) -> Result<Self, ()> {
                match text { $($word => Ok(Self::$variant),)+ _ => Err(()) }
            }
        }

        impl From<$name> for sea_orm::Value {
            fn from(word: $name) -> sea_orm::Value {
                sea_orm::Value::from(word.word())
            }
        }

        impl sea_orm::TryGetable for $name {
            fn try_get_by<I: sea_orm::ColIdx>(res: &sea_orm::QueryResult, index: I) -> Result<Self, sea_orm::TryGetError> {
                let text = String::try_get_by(res, index)?;
                text.parse().map_err(|()| sea_orm::TryGetError::DbErr(sea_orm::DbErr::Type(format!("{} is no {}", text, stringify!($name)))))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.word())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                text.parse().map_err(|()| serde::de::Error::custom(concat!("no ", stringify!($name))))
            }
        }
    };
}

word_enum! {
    /// The level of government or organisation that someone speaks from.
    Level { Neighbourhood = "neighbourhood", City = "city", Region = "region", Nation = "nation", Europe = "europe", World = "world" }
}

word_enum! {
    /// What a Member may do on the whole site. Practitioner, Facilitator and Steward are not roles of the whole site.
    Role { Member = "member", Moderator = "moderator", Admin = "admin" }
}

word_enum! {
    /// Languages of the interface.
    Language { En = "en", Fr = "fr" }
}

word_enum! {
    /// Light, dark, or what the device says.
    Theme { System = "system", Light = "light", Dark = "dark" }
}

impl Language {
    /// The language's own name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "Français",
        }
    }
}

/// An Organisation as it is shown beside a name.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct Organisation {
    pub id: OrganisationId,
    pub name: String,
    pub short_name: String,
    pub level: Level,
}
