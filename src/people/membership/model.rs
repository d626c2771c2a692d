//! The words of membership as types.

use crate::{id, word_enum};

id!(/** A question about somebody in an Organisation, for its Stewards and admins. */ QuestionId);

word_enum! {
    /// What is asked: whether somebody belongs there, or whether a Practitioner who left stays one.
    QuestionKind { Join = "join", Practitioner = "practitioner" }
}

word_enum! {
    /// What was answered; whoever asked can take their question back.
    Answer { Yes = "yes", No = "no", Back = "back" }
}
