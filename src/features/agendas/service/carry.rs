//! What an agenda starts with, and what comes to it from earlier meetings.
use super::{
    super::model::{self, Led, Template},
    reading::{self, About},
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{AgendaItemId, MeetingId},
};
use crate::features::{
    groups::OpenMember,
    meetings::{self, Draft, GroupKey, ItemKind, Which},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

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
    let mut material = reading::material(db, by, &about, members, now).await?;
    let waiting = meetings::waiting_items(db, of).await?;
    material.led.extend(waiting.iter().filter_map(|draft| draft.lead_id).map(|lead_id| Led {
        lead_id,
        times: 1,
        last: now,
    }));
    let template = template.unwrap_or_else(|| Template::fitting(&material));
    let mut own = model::drafts(template, &material).unwrap_or_default();
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
