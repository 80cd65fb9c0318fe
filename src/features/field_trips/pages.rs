//! The pages of field trips: display-ready values for the templates.
pub(super) mod choose;
pub(super) mod plan;
pub(super) mod trip;

use crate::access::GroupMember;
use crate::base::words;
use crate::features::groups::OpenMember;

/// "Priya, Marcus and you": everyone who can read what the group writes.
fn everyone(member: &GroupMember, members: &[OpenMember]) -> String {
    let mut names: Vec<String> = members
        .iter()
        .filter(|other| other.participation_id != member.participation_id())
        .map(|other| other.first_name().to_owned())
        .collect();
    names.push("you".to_owned());
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
