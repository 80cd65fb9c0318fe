//! What an agenda starts with, and what comes to it from earlier meetings.
use super::{
    model::{self, Led, Material, Template},
    queries,
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{AgendaItemId, MeetingId},
    local_time,
};
use crate::features::{
    groups::OpenMember,
    meetings::{self, Draft, GroupKey, Item, ItemKind, Meeting, Which},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// The meeting that a template is for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About {
    pub(crate) meeting_id: MeetingId,
    pub(crate) starts_at: OffsetDateTime,
    /// Its date, in its zone.
    pub(crate) day: Date,
    pub(crate) length: i32,
    /// Minutes of what was put off to it.
    pub(crate) carried: i32,
}

impl About {
    pub(crate) fn of(meeting: &Meeting, items: &[Item]) -> Self {
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
pub(crate) async fn material(
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
        theme: around.theme.into_iter().next(),
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

/// A meeting that is to get its agenda.
#[derive(Debug, Clone, Copy)]
pub struct Beginning {
    pub meeting_id: MeetingId,
    pub starts_at: OffsetDateTime,
    /// In the group's zone.
    pub day: Date,
    /// In minutes.
    pub length: i32,
    /// What somebody chose; else what fits best.
    pub template: Option<Template>,
}

/// Gives a new meeting its agenda: what was carried, then a template, shortened where both do not fit.
///
/// # Errors
/// When the database does not answer.
pub async fn begin(
    db: &mut PgConnection,
    by: &GroupMember,
    new: &Beginning,
    members: &[OpenMember],
    now: OffsetDateTime,
) -> Result<()> {
    let of = GroupKey::from(by);
    let Beginning { meeting_id, starts_at, day, length, template } = *new;
    let about = About { meeting_id, starts_at, day, length, carried: 0 };
    let mut with = material(db, by, &about, members, now).await?;
    let waiting = meetings::waiting_items(db, of).await?;
    with.led.extend(waiting.iter().filter_map(|draft| draft.lead_id).map(|lead_id| Led {
        lead_id,
        times: 1,
        last: now,
    }));
    let template = template.unwrap_or_else(|| Template::fitting(&with));
    let mut own = model::drafts(template, &with).unwrap_or_default();
    let mut minutes: Vec<_> = own.iter().map(|draft| (draft.kind, draft.minutes)).collect();
    let mut all = fit(waiting, &mut minutes, length);
    for (draft, (_, minutes)) in own.iter_mut().zip(minutes) {
        draft.minutes = minutes;
    }
    all.append(&mut own);
    meetings::insert_items(db, of, meeting_id, (AgendaItemId::generate(), 1), &all).await?;
    Ok(())
}

/// Those of the carried items that find room, with the minutes they get; the rest waits for the meeting after.
fn fit(waiting: Vec<Draft>, planned: &mut [(ItemKind, i32)], length: i32) -> Vec<Draft> {
    let mut left = length;
    let mut carried = Vec::new();
    for mut draft in waiting {
        draft.minutes = model::make_room(planned, left, draft.minutes);
        left -= draft.minutes;
        if draft.minutes > 0 {
            carried.push(draft);
        }
    }
    carried
}

/// Puts what waits on top of the next meeting that is to come, if there is one with room.
///
/// # Errors
/// When the database does not answer.
pub async fn carry_into_next(db: &mut PgConnection, of: GroupKey, now: OffsetDateTime) -> Result<()> {
    let waiting = meetings::waiting_items(db, of).await?;
    if waiting.is_empty() {
        return Ok(());
    }
    let Some(next) = meetings::meetings_of(db, of, Which::ScheduledAfter(now)).await?.into_iter().next() else {
        return Ok(());
    };
    meetings::locked(db, of, next.id).await?;
    let items = meetings::items_of(db, of, next.id).await?;
    let mut minutes: Vec<_> = items.iter().map(|item| (item.kind, item.planned_minutes)).collect();
    let carried = fit(waiting, &mut minutes, next.minutes());
    let ids: Vec<_> = items.iter().map(|item| item.id).collect();
    let minutes: Vec<_> = minutes.iter().map(|(_, minutes)| *minutes).collect();
    meetings::set_planned_minutes(db, of, &ids, &minutes).await?;
    let many = i32::try_from(carried.len()).map_err(AppError::internal)?;
    meetings::make_place(db, of, next.id, 1, many).await?;
    meetings::insert_items(db, of, next.id, (AgendaItemId::generate(), 1), &carried).await?;
    Ok(())
}
