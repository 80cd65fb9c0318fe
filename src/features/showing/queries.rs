//! Every statement that writes `feedback_sides`, and what is read around an item.
use super::model::{Around, Decided, Report, ReportState};
use crate::access::GroupMember;
use crate::base::{
    error::Result,
    ids::{FeedbackId, GroupId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// What stands around one item, or around all about which one of the two, or the reader, has said something; the
/// latest first. No drafts.
pub(super) async fn around(db: &mut PgConnection, by: &GroupMember, only: Option<FeedbackId>) -> Result<Vec<Around>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select f.id as "id: FeedbackId", f.giver_id as "giver_id: ParticipationId", g.name as giver_name,
                  f.receiver_id as "receiver_id: ParticipationId", r.name as receiver_name, f.happened_on as "happened_on!", f.shared_at,
                  f.state in ('answered', 'confirmed') as "is_settled!", f.state = 'logged' as "is_waiting!",
                  f.reported_at is not null as "is_reported!",
                  gs.shown_at is not null as "giver_shows!", rs.shown_at is not null as "receiver_shows!",
                  case $3 when f.giver_id then gs.hidden_at is not null
                          when f.receiver_id then rs.hidden_at is not null else false end as "is_hidden!",
                  (select count(*) from memberships m
                   where m.program_id = $1 and m.group_id = $2 and m.participation_id in (f.giver_id, f.receiver_id)
                     and m.joined_on is not null and m.left_on is null) = 2 as "both_belong!",
                  mine.state as "my_state?: ReportState", mine.reported_at as "my_at?",
                  d.state as "decided?: ReportState", d.reason as "reason?", d.ended_at,
                  array(select e.title from feedback_texts x
                        join elements e on e.program_id = x.program_id and e.id = x.element_id
                        where x.program_id = $1 and x.feedback_id = f.id
                        order by e.proposed_at, e.id) as "titles!"
           from feedback f
           join participations gt on gt.program_id = f.program_id and gt.id = f.giver_id
           join people g on g.id = gt.person_id
           join participations rt on rt.program_id = f.program_id and rt.id = f.receiver_id
           join people r on r.id = rt.person_id
           left join feedback_sides gs on gs.program_id = f.program_id and gs.feedback_id = f.id and gs.side = 'giver'
           left join feedback_sides rs on rs.program_id = f.program_id and rs.feedback_id = f.id and rs.side = 'receiver'
           left join reports mine on mine.program_id = f.program_id and mine.feedback_id = f.id
                and mine.reporter_id = $3 and mine.state <> 'withdrawn'
           left join lateral (select n.state, n.reason, n.ended_at from reports n
                              where n.program_id = $1 and n.feedback_id = f.id and n.state in ('stands', 'closed')
                              order by n.ended_at desc, n.id limit 1) d on true
           where f.program_id = $1 and f.group_id = $2 and f.state <> 'draft'
             and (f.id = $4 or ($4 is null
                  and (gs.feedback_id is not null or rs.feedback_id is not null or mine.id is not null)))
           order by f.shared_at desc, f.id desc
           limit 200"#,
        by.program_id() as ProgramId,
        by.group_id() as GroupId,
        by.participation_id() as ParticipationId,
        only as Option<FeedbackId>
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Row::into_around).collect())
}

/// What stands around one item, as the statement gives it.
struct Row {
    id: FeedbackId,
    giver_id: ParticipationId,
    giver_name: String,
    receiver_id: ParticipationId,
    receiver_name: String,
    happened_on: Date,
    titles: Vec<String>,
    shared_at: Option<OffsetDateTime>,
    is_settled: bool,
    is_waiting: bool,
    is_reported: bool,
    giver_shows: bool,
    receiver_shows: bool,
    is_hidden: bool,
    both_belong: bool,
    my_state: Option<ReportState>,
    my_at: Option<OffsetDateTime>,
    decided: Option<ReportState>,
    reason: Option<String>,
    ended_at: Option<OffsetDateTime>,
}

impl Row {
    fn into_around(self) -> Around {
        Around {
            id: self.id,
            giver_id: self.giver_id,
            receiver_id: self.receiver_id,
            giver_name: self.giver_name,
            receiver_name: self.receiver_name,
            happened_on: self.happened_on,
            titles: self.titles,
            shared_at: self.shared_at,
            is_settled: self.is_settled,
            is_waiting: self.is_waiting,
            giver_shows: self.giver_shows,
            receiver_shows: self.receiver_shows,
            both_belong: self.both_belong,
            is_hidden: self.is_hidden,
            is_reported: self.is_reported,
            mine: self.my_state.zip(self.my_at).map(|(state, at)| Report { state, at }),
            decided: self.decided.zip(self.ended_at).map(|(how, at)| Decided {
                stands: how == ReportState::Stands,
                reason: self.reason.unwrap_or_default(),
                at,
            }),
        }
    }
}

/// Leaves an item out of one person's own list from then on, or brings it back. `false`: there is no such item
/// that they gave, or received and opened.
pub(super) async fn hide(
    db: &mut PgConnection,
    by: &GroupMember,
    id: FeedbackId,
    from: Option<OffsetDateTime>,
) -> Result<bool> {
    Ok(sqlx::query!(
        "insert into feedback_sides (program_id, feedback_id, side, hidden_at)
         select f.program_id, f.id, case when f.giver_id = $4 then 'giver' else 'receiver' end, $5
         from feedback f
         where f.program_id = $1 and f.group_id = $2 and f.id = $3 and f.state not in ('draft', 'logged')
           and (f.giver_id = $4 or (f.receiver_id = $4 and (f.state <> 'shared' or f.opened_at is not null)))
         on conflict (program_id, feedback_id, side) do update set hidden_at = excluded.hidden_at",
        by.program_id() as ProgramId,
        by.group_id() as GroupId,
        id as FeedbackId,
        by.participation_id() as ParticipationId,
        from
    )
    .execute(db)
    .await?
    .rows_affected()
        == 1)
}

/// Keeps that, as far as one of the two is concerned, the group may read an item from then on, or no longer may.
/// `false`: there is no such item between them that is settled.
pub(super) async fn show(
    db: &mut PgConnection,
    by: &GroupMember,
    id: FeedbackId,
    from: Option<OffsetDateTime>,
) -> Result<bool> {
    Ok(sqlx::query!(
        "insert into feedback_sides (program_id, feedback_id, side, shown_at)
         select f.program_id, f.id, case when f.giver_id = $4 then 'giver' else 'receiver' end, $5
         from feedback f
         where f.program_id = $1 and f.group_id = $2 and f.id = $3 and f.state in ('answered', 'confirmed')
           and $4 in (f.giver_id, f.receiver_id)
         on conflict (program_id, feedback_id, side) do update set shown_at = excluded.shown_at",
        by.program_id() as ProgramId,
        by.group_id() as GroupId,
        id as FeedbackId,
        by.participation_id() as ParticipationId,
        from
    )
    .execute(db)
    .await?
    .rows_affected()
        == 1)
}
