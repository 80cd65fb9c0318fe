//! What the agenda page shows.
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::MeetingId,
    local_time,
};
use crate::features::{
    actions::{self, OpenLine},
    agenda_templates::{self, About, Material},
    groups::{self, OpenMember},
    meetings::{self, GroupKey, Item, Meeting, MeetingState, Which},
    month_hours,
};
use crate::web::state::App;

/// One meeting with all its page may need.
#[derive(Debug)]
pub(in super::super) struct View {
    pub(in super::super) meeting: Meeting,
    pub(in super::super) items: Vec<Item>,
    pub(in super::super) members: Vec<OpenMember>,
    /// What forms offer and templates use.
    pub(in super::super) material: Material,
    /// What is open of what the group said it would do, while the meeting is to come or waits for its log.
    pub(in super::super) actions: Vec<OpenLine>,
    /// What the month comes to, where that is more than was approved for the reader; for them alone.
    pub(in super::super) over_hours: Option<String>,
    /// It was before the reader joined: its words are not theirs to read, its facts are.
    pub(in super::super) was_before_me: bool,
}

/// Reads a meeting of the member's group.
///
/// # Errors
/// `NotFound` when the group has no such meeting.
pub(in super::super) async fn view(app: &App, by: &GroupMember, id: MeetingId) -> Result<View> {
    let of = GroupKey::from(by);
    let mut db = app.db.acquire().await?;
    let mut meeting = meetings::meetings_of(&mut db, of, Which::One(id)).await?.pop().ok_or(AppError::NotFound)?;
    let mut items = meetings::items_of(&mut db, of, id).await?;
    let members = groups::open_members(&mut db, of.program_id, of.group_id).await?;
    let material =
        agenda_templates::material(&mut db, by, &About::of(&meeting, &items), &members, app.clock.now()).await?;
    let actions = if meeting.state == MeetingState::Scheduled {
        actions::open_lines(&mut db, by, app.clock.now()).await?
    } else {
        Vec::new()
    };
    let mut over_hours = None;
    if meeting.state == MeetingState::Scheduled {
        let day = local_time::day_in(&by.program().time_zone, meeting.starts_at);
        let month = month_hours::month_of(&mut db, of.program_id, by.participation_id(), day).await?;
        over_hours = month_hours::over(&month);
    }
    let was_before_me = meeting.day() < by.joined_on();
    for item in &mut items {
        item.keep_to(by.joined_on());
    }
    // Where one that is still to come takes place is said to everyone who is to come there.
    if was_before_me {
        meeting.place.clear();
        meeting.note.clear();
        for item in &mut items {
            item.kind.label().clone_into(&mut item.title);
        }
    }
    Ok(View { meeting, items, members, material, actions, over_hours, was_before_me })
}
