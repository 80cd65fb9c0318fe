//! What the page after a visit says of sharing it, and whose yes is missing.
use super::{
    model::{Decision, Went},
    service::Whole,
};
use crate::access::GroupMember;
use crate::base::{text::first_name, words};

/// "Hana", "you and Hana".
fn names<'a>(went: impl Iterator<Item = &'a Went>, by: &GroupMember) -> String {
    let (mine, others): (Vec<&Went>, Vec<&Went>) = went.partition(|one| one.id == by.participation_id());
    let others = others.iter().map(|one| first_name(&one.name).to_owned());
    let names: Vec<String> = mine.iter().map(|_| "you".to_owned()).chain(others).collect();
    words::list(&names)
}

/// Those whose yes is missing.
pub(super) fn missing(by: &GroupMember, whole: &Whole) -> String {
    words::capital(&names(whole.went.iter().filter(|one| !one.has_agreed), by))
}

/// What the page after a visit says of it.
#[derive(Debug, Default)]
pub(crate) struct ShareCard {
    pub(crate) line: String,
    pub(crate) label: &'static str,
}

impl ShareCard {
    pub(super) fn of(by: &GroupMember, whole: &Whole) -> Self {
        let (line, label) = match whole.decision {
            Decision::Shared => ("The program reads what you chose to say of it.".to_owned(), "See what is shared"),
            Decision::Yours => ("Words for the program are proposed. They wait for your yes.".to_owned(), "Read them"),
            Decision::OfOthers => {
                (format!("Words for the program are proposed. Still to agree: {}.", missing(by, whole)), "Read them")
            }
            Decision::Unanimous => ("Everybody who went has agreed to the words.".to_owned(), "Share them"),
            Decision::NotProposed if whole.can_propose(by) => (
                "Nobody outside your group reads it. You can share it with the program, if all who went agree."
                    .to_owned(),
                "Share it with the program",
            ),
            Decision::NotProposed => ("Nobody outside your group reads it.".to_owned(), ""),
        };
        Self { line, label }
    }
}
