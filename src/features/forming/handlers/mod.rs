//! Reads the request, calls one service function, picks the page.
pub(super) mod change;
pub(super) mod groups_file;
pub(super) mod launch;
pub(super) mod overview;

use super::pages::Typed;
use super::service::About;
use crate::base::{ids::ParticipationId, local_time::zone_exists};
use crate::features::groups::Refusal;
use crate::web::form::Errors;
use serde::Deserialize;

/// The form of a group, new or changed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct GroupForm {
    id: String,
    name: String,
    focus: String,
    home_time_zone: String,
    meeting_minutes: String,
    members: Vec<String>,
    /// The members that were ticked when the form was drawn.
    was: Vec<String>,
}

impl GroupForm {
    fn about(&self, errors: &mut Errors) -> About {
        let name = errors.required_line("name", &self.name, 80, "a name for the group");
        let focus = errors.line("focus", &self.focus, 200);
        let home_time_zone = self.home_time_zone.trim().to_owned();
        if !zone_exists(&home_time_zone) {
            errors.add("home_time_zone", "Choose a time zone from the list, such as Europe/Berlin");
        }
        let meeting_minutes =
            errors.whole_number("meeting_minutes", &self.meeting_minutes, 15..=480, "The length of a meeting");
        About { name, focus, home_time_zone, meeting_minutes }
    }

    fn typed(&self) -> Typed {
        Typed {
            id: self.id.clone(),
            name: self.name.clone(),
            focus: self.focus.clone(),
            home_time_zone: self.home_time_zone.clone(),
            meeting_minutes: self.meeting_minutes.clone(),
        }
    }
}

/// The people whose boxes were ticked, each once; a mistake is noted when something else was sent.
fn people(errors: &mut Errors, raw: &[String]) -> Vec<ParticipationId> {
    let mut ids: Vec<ParticipationId> = raw.iter().filter_map(|text| ParticipationId::parse(text)).collect();
    if ids.len() != raw.len() {
        errors.add("members", Refusal::Stranger.words());
    }
    ids.sort();
    ids.dedup();
    ids
}

fn say(errors: &mut Errors, refusals: &[Refusal]) {
    for refusal in refusals {
        errors.add(refusal.field(), refusal.words());
    }
}
