//! What has to be known of two people and their group before one writes to the other.
use super::model::{Element, Happened, Membership, RETIRED_FOR};
use crate::access::GroupMember;
use crate::base::{
    error::Result,
    ids::{ElementId, FeedbackId, GroupId, ParticipationId, ProgramId},
    words,
};
use crate::features::{feedback::Occasion, field_trips::TripKind};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// When two people belonged to the group.
pub(super) async fn memberships_of(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
    two: [ParticipationId; 2],
) -> Result<Vec<Membership>> {
    Ok(sqlx::query_as!(
        Membership,
        r#"select participation_id as "participation_id: ParticipationId", joined_on as "joined_on!", left_on
           from memberships
           where program_id = $1 and group_id = $2 and participation_id = any ($3) and joined_on is not null
           order by joined_on, id"#,
        program_id as ProgramId,
        group_id as GroupId,
        &two as &[ParticipationId]
    )
    .fetch_all(db)
    .await?)
}

/// What somebody agreed to hear about in this group, now or until a few weeks ago, as far as the
/// writer may read it.
pub(super) async fn elements_of(
    db: &mut PgConnection,
    by: &GroupMember,
    about: ParticipationId,
    today: Date,
) -> Result<Vec<Element>> {
    Ok(sqlx::query_as!(
        Element,
        r#"select e.id as "id: ElementId", e.title, e.agreed_on as "agreed_on!", e.retired_on
           from elements e join programs z on z.id = e.program_id
           where e.program_id = $1 and e.group_id = $2 and e.about_id = $3 and e.agreed_on is not null
             and (e.state = 'agreed' or (e.state = 'retired' and e.retired_on >= $4))
             and (coalesce(e.shown_at, e.proposed_at) at time zone z.time_zone)::date >= $5
           order by e.proposed_at, e.id"#,
        by.program_id() as ProgramId,
        by.group_id() as GroupId,
        about as ParticipationId,
        today - RETIRED_FOR,
        by.joined_on()
    )
    .fetch_all(db)
    .await?)
}

/// The group's held meetings and the trips that took place, the latest first.
pub(super) async fn occasions(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
) -> Result<Vec<Happened>> {
    let rows = sqlx::query!(
        r#"(select m.id as "id!", m.starts_local::date as "on!", null as "kind?: TripKind"
            from meetings m where m.program_id = $1 and m.group_id = $2 and m.state = 'held'
            order by m.starts_at desc, m.id limit 30)
           union all
           (select t.id, t.completed_on, t.kind
            from field_trips t where t.program_id = $1 and t.group_id = $2 and t.state in ('completed', 'reported')
            order by t.completed_on desc, t.id limit 30)
           order by 2 desc, 1"#,
        program_id as ProgramId,
        group_id as GroupId
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let day = words::day(row.on);
            match row.kind {
                None => {
                    Happened { occasion: Occasion::Meeting(row.id), label: format!("The meeting on {day}"), on: row.on }
                }
                Some(kind) => Happened {
                    occasion: Occasion::Trip(row.id),
                    label: format!("The {} on {day}", kind.noun()),
                    on: row.on,
                },
            }
        })
        .collect())
}

/// The drafts of a member to somebody, the newest first, and when each was kept last.
pub(super) async fn begun_to(
    db: &mut PgConnection,
    by: &GroupMember,
    to: ParticipationId,
) -> Result<Vec<(FeedbackId, OffsetDateTime)>> {
    let rows = sqlx::query!(
        r#"select id as "id: FeedbackId", coalesce(kept_at, created_at) as "kept_at!" from feedback
           where program_id = $1 and receiver_id = $2 and group_id = $3 and giver_id = $4 and state = 'draft'
           order by 2 desc, id desc limit 20"#,
        by.program_id() as ProgramId,
        to as ParticipationId,
        by.group_id() as GroupId,
        by.participation_id() as ParticipationId
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.kept_at)).collect())
}
