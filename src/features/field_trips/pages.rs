//! The pages of field trips: display-ready values for the templates.
pub(super) mod choose;
pub(super) mod plan;
pub(super) mod trip;

use crate::access::GroupMember;
use crate::base::words;
use crate::features::groups::OpenMember;
use time::Date;

/// "Priya, Marcus and you": everyone who can read what the group writes now.
fn everyone(member: &GroupMember, members: &[OpenMember]) -> String {
    those_since(member, members, None)
}

/// The same for what was written on a day: who came later does not read it.
fn those_since(member: &GroupMember, members: &[OpenMember], day: Option<Date>) -> String {
    let mut names: Vec<String> = members
        .iter()
        .filter(|other| day.is_none_or(|day| other.joined_on <= day))
        .filter(|other| other.participation_id != member.participation_id())
        .map(|other| other.first_name().to_owned())
        .collect();
    if day.is_none_or(|day| member.joined_on() <= day) {
        names.push("you".to_owned());
    }
    if names.is_empty() {
        return "Nobody in your group now".to_owned();
    }
    words::capital(&words::list(&names))
}

/// One line of a question with radio buttons, boxes or options.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) note: String,
    pub(super) chosen: bool,
}
