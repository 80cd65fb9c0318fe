//! What the agenda page shows.
use super::super::{model::Material, queries};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::MeetingId,
    local_time,
};
use crate::features::{
    actions::{self, OpenLine},
    groups::{self, OpenMember},
    meetings::{self, GroupKey, Item, Meeting, MeetingState, Which},
};
use crate::web::state::App;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

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
    let material = material(&mut db, by, &About::of(&meeting, &items), &members, app.clock.now()).await?;
    let actions = if meeting.state == MeetingState::Scheduled {
        actions::open_lines(&mut db, by, app.clock.now()).await?
    } else {
        Vec::new()
    };
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
    Ok(View { meeting, items, members, material, actions, was_before_me })
}

/// The meeting that a template is for.
#[derive(Debug, Clone, Copy)]
pub(super) struct About {
    pub(super) meeting_id: MeetingId,
    pub(super) starts_at: OffsetDateTime,
    /// Its date, in its zone.
    pub(super) day: Date,
    pub(super) length: i32,
    /// Minutes of what was put off to it.
    pub(super) carried: i32,
}

impl About {
    pub(super) fn of(meeting: &Meeting, items: &[Item]) -> Self {
        Self {
            meeting_id: meeting.id,
            starts_at: meeting.starts_at,
            day: meeting.day(),
            length: meeting.minutes(),
            carried: items.iter().filter(|item| item.carried).map(|item| item.planned_minutes).sum(),
        }
    }
}

/// What a template of a meeting is filled with.
pub(super) async fn material(
    db: &mut PgConnection,
    by: &GroupMember,
    about: &About,
    members: &[OpenMember],
    now: OffsetDateTime,
) -> Result<Material> {
    let today = local_time::day_in(&by.group().time_zone, now);
    let around = queries::around(db, by, (about.meeting_id, about.starts_at, about.day), today).await?;
    Ok(Material {
        goals: queries::goals(db, by).await?,
        trips: queries::trips(db, by).await?,
        debrief: around.debrief,
        theme: queries::theme_on(db, by, about.day).await?,
        members: members.iter().map(|member| member.participation_id).collect(),
        led: around.led,
        met_before: around.met_before,
        day: about.day,
        length: about.length,
        carried: about.carried,
        informal: by.program().informal_minutes,
        now,
    })
}
