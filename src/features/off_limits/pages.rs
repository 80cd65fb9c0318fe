//! What the template needs, ready to show.
use super::service::View;
use crate::access::GroupMember;
use crate::base::ids::OffLimitsId;
use crate::features::groups;
use crate::web::{form::Errors, page::Shell};
use askama::Template;

struct Shown {
    id: String,
    words: String,
}

#[derive(Template)]
#[template(path = "off_limits/off_limits.html")]
pub(super) struct OffLimitsPage {
    shell: Shell,
    pub(super) errors: Errors,
    group: String,
    group_name: String,
    areas: Vec<Shown>,
    has_room: bool,
    /// The form's id for a new area.
    id: String,
    readers: String,
    typed: String,
}

impl OffLimitsPage {
    pub(super) fn of(by: &GroupMember, view: &View, shell: Shell, (typed, errors): (String, Errors)) -> Self {
        Self {
            shell: shell.with(&errors),
            group: by.group().path(),
            group_name: by.group().name.clone(),
            areas: view.areas.iter().map(|area| Shown { id: area.id.to_string(), words: area.words.clone() }).collect(),
            has_room: view.has_room(),
            id: OffLimitsId::generate().to_string(),
            readers: groups::readers(by, &view.members, None),
            typed,
            errors,
        }
    }
}
