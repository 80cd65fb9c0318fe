//! What one person gave and received. Reads, and writes no table of its own.
use crate::base::{
    error::Result,
    ids::{FeedbackId, GroupId, ParticipationId, ProgramId},
};
use crate::features::{
    feedback::{Feedback, FeedbackState, Format, Occasion},
    field_trips::TripKind,
};
use sqlx::PgConnection;

/// One line of a person's list.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) item: Feedback,
    /// The elements it is about.
    pub(super) titles: Vec<String>,
}

/// What one person gave and received in this group, the latest first. Drafts of others are none
/// of it.
pub(super) async fn mine(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
    me: ParticipationId,
) -> Result<Vec<Listed>> {
    let rows = sqlx::query!(
        r#"select f.id as "id: FeedbackId", f.giver_id as "giver_id: ParticipationId", g.name as giver_name,
                  f.receiver_id as "receiver_id: ParticipationId", r.name as receiver_name,
                  f.state as "state: FeedbackState", f.format as "format: Format", f.happened_on, f.meeting_id, f.trip_id,
                  t.kind as "trip_kind?: TripKind", f.shared_at, f.opened_at, f.answered_at, f.kept_at, f.is_live,
                  f.logged_by_id as "logged_by: ParticipationId", w.written_at as "reworded_at?",
                  coalesce((select array_agg(e.title order by e.proposed_at, e.id) from feedback_texts ft
                            join elements e on e.program_id = ft.program_id and e.id = ft.element_id
                            where ft.program_id = $1 and ft.feedback_id = f.id), '{}') as "titles!"
           from feedback f
           join participations gt on gt.program_id = f.program_id and gt.id = f.giver_id
           join people g on g.id = gt.person_id
           join participations rt on rt.program_id = f.program_id and rt.id = f.receiver_id
           join people r on r.id = rt.person_id
           left join field_trips t on t.program_id = f.program_id and t.id = f.trip_id
           left join second_wordings w on w.program_id = f.program_id and w.feedback_id = f.id
           where f.program_id = $1 and f.group_id = $2
             and (f.giver_id = $3 or (f.receiver_id = $3 and f.state <> 'draft'))
           order by coalesce(f.shared_at, f.created_at) desc, f.id desc
           limit 200"#,
        program_id as ProgramId,
        group_id as GroupId,
        me as ParticipationId
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Listed {
            item: Feedback {
                id: row.id,
                giver_id: row.giver_id,
                giver_name: row.giver_name,
                receiver_id: row.receiver_id,
                receiver_name: row.receiver_name,
                state: row.state,
                format: row.format,
                happened_on: row.happened_on,
                occasion: Occasion::of(row.meeting_id, row.trip_id),
                trip_kind: row.trip_kind,
                not_agreed: String::new(),
                logged_by: row.logged_by,
                shared_at: row.shared_at,
                opened_at: row.opened_at,
                answered_at: row.answered_at,
                reworded_at: row.reworded_at,
                is_live: row.is_live,
                kept_at: row.kept_at,
            },
            titles: row.titles,
        })
        .collect())
}
