//! What an agenda starts with, and what comes to it from earlier meetings.
use super::super::{
    model::{self, Material, Template},
    queries,
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{AgendaItemId, MeetingId},
};
use crate::features::meetings::{self, Draft, GroupKey, ItemKind, Which};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// Gives a new meeting its agenda: what was carried, then the regular template, shortened where both
/// do not fit. `length` in minutes, `day` in the group's zone.
///
/// # Errors
/// When the database does not answer.
pub async fn begin(
    db: &mut PgConnection,
    by: &GroupMember,
    meeting_id: MeetingId,
    (length, day): (i32, Date),
    now: OffsetDateTime,
) -> Result<()> {
    let of = GroupKey::from(by);
    let material = Material {
        goals: queries::goals(db, by).await?,
        trips: Vec::new(),
        theme: queries::theme_on(db, of.program_id, day).await?,
        length,
        informal: by.program().informal_minutes,
        now,
    };
    let mut own = model::drafts(Template::Regular, &material).unwrap_or_default();
    let mut minutes: Vec<_> = own.iter().map(|draft| (draft.kind, draft.minutes)).collect();
    let mut all = fit(meetings::waiting_items(db, of).await?, &mut minutes, material.length);
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
