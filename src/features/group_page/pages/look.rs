//! What the facts of a group warn of, in its own words: read here first, by its coordinator some days later.
use crate::access::{GroupMember, InProgram};
use crate::base::words;
use crate::features::progress::{GroupFacts, Term};
use crate::features::warnings::{Kind, of_group};
use time::Date;

/// One thing that the group can mend.
pub(super) struct LookLine {
    pub(super) words: String,
    pub(super) href: String,
    pub(super) label: &'static str,
    /// From when the coordinator sees the same.
    pub(super) then: String,
}

/// What is shown as a thing of its own elsewhere on the page: the meeting without a log, the missing date.
const fn stands_elsewhere(kind: Kind) -> bool {
    matches!(kind, Kind::Unlogged | Kind::NoDate)
}

pub(super) fn look(by: &GroupMember, facts: &GroupFacts, today: Date) -> Vec<LookLine> {
    let InProgram { starts_on, ends_on, rhythm_days, .. } = by.program();
    if !by.program().state.is_running() {
        return Vec::new();
    }
    let term = Term { starts_on: *starts_on, ends_on: *ends_on, rhythm_days: i64::from(*rhythm_days) };
    let all = of_group(term, facts, today).into_iter().filter(|warning| !stands_elsewhere(warning.kind));
    all.filter_map(|warning| {
        let told = warning.to_group?;
        let path = by.group().path();
        Some(LookLine {
            words: told.words,
            href: if told.to.is_empty() { format!("{path}#h-goal") } else { format!("{path}/{}", told.to) },
            label: told.label,
            then: if warning.on_the_desk_from > today {
                format!("Your coordinator sees it from {}, if it is still so.", words::day(warning.on_the_desk_from))
            } else {
                "Your coordinator sees it too.".to_owned()
            },
        })
    })
    .collect()
}
