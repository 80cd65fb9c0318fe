//! The groups of a program with what was done in them.
use super::meetings;
use crate::base::{
    error::Result,
    ids::{ElementId, FieldTripId, GoalId, GroupId, ParticipationId, ProgramId},
    local_time::day_in,
};
use crate::features::{
    actions::ActionState,
    elements::ElementState,
    feedback::FeedbackState,
    field_trips::{TripKind, TripState},
    goals::GoalState,
    program_reports::model::{Aimed, Belonged, Element, GroupRecords, Promised, Said, Went},
};
use sqlx::PgConnection;
use time::Date;

#[derive(Debug, sqlx::Type)]
#[sqlx(type_name = "record")]
struct Membership {
    part: ParticipationId,
    joined_on: Date,
    left_on: Option<Date>,
}

/// By name, the closed ones too.
pub(super) async fn groups(db: &mut PgConnection, id: ProgramId, zone: &str) -> Result<Vec<GroupRecords>> {
    let rows = sqlx::query!(
        r#"select g.id as "id: GroupId", g.name, g.closed_on,
                  (select min(v.adopted_on) from agreement_versions v
                   where v.program_id = $1 and v.group_id = g.id) as agreement_since,
                  array(select row(m.participation_id, m.joined_on, m.left_on)
                        from memberships m
                        where m.program_id = $1 and m.group_id = g.id and m.joined_on is not null
                        order by m.joined_on, m.id) as "memberships!: Vec<Membership>"
           from groups g where g.program_id = $1 order by g.name, g.id"#,
        id as ProgramId
    )
    .fetch_all(&mut *db)
    .await?;
    let belonged = |one: Membership| Belonged { part: one.part, joined_on: one.joined_on, left_on: one.left_on };
    let mut groups: Vec<GroupRecords> = rows
        .into_iter()
        .map(|row| GroupRecords {
            id: row.id,
            name: row.name,
            closed_on: row.closed_on,
            agreement_since: row.agreement_since,
            memberships: row.memberships.into_iter().map(belonged).collect(),
            meetings: Vec::new(),
            actions: Vec::new(),
            trips: Vec::new(),
            goals: Vec::new(),
            elements: Vec::new(),
            feedback: Vec::new(),
        })
        .collect();
    give(&mut groups, meetings::meetings(db, id, zone).await?, |group| &mut group.meetings);
    give(&mut groups, actions(db, id, zone).await?, |group| &mut group.actions);
    give(&mut groups, trips(db, id, zone).await?, |group| &mut group.trips);
    give(&mut groups, goals(db, id, zone).await?, |group| &mut group.goals);
    give(&mut groups, elements(db, id).await?, |group| &mut group.elements);
    give(&mut groups, feedback(db, id, zone).await?, |group| &mut group.feedback);
    Ok(groups)
}

/// Each thing to its group, in its order.
fn give<T>(groups: &mut [GroupRecords], things: Vec<(GroupId, T)>, place: impl Fn(&mut GroupRecords) -> &mut Vec<T>) {
    for (group_id, thing) in things {
        if let Some(group) = groups.iter_mut().find(|group| group.id == group_id) {
            place(group).push(thing);
        }
    }
}

async fn actions(db: &mut PgConnection, id: ProgramId, zone: &str) -> Result<Vec<(GroupId, Promised)>> {
    let rows = sqlx::query!(
        r#"select group_id as "group_id: GroupId", written_at, due_on, state as "state: ActionState", closed_on
           from actions where program_id = $1 order by due_on, id"#,
        id as ProgramId
    )
    .fetch_all(db)
    .await?;
    let one = rows.into_iter().map(|row| {
        let written_on = day_in(zone, row.written_at);
        (row.group_id, Promised { written_on, due_on: row.due_on, state: row.state, closed_on: row.closed_on })
    });
    Ok(one.collect())
}

async fn trips(db: &mut PgConnection, id: ProgramId, zone: &str) -> Result<Vec<(GroupId, Went)>> {
    let rows = sqlx::query!(
        r#"select group_id as "group_id: GroupId", id as "id: FieldTripId", kind as "kind: TripKind", created_at, on_date,
                  state as "state: TripState", confirmed_on, completed_on, reported_on, pre_met_on, debriefed_on, cost_cents
           from field_trips where program_id = $1 order by on_date, id"#,
        id as ProgramId
    )
    .fetch_all(db)
    .await?;
    let one = rows.into_iter().map(|row| {
        let went = Went {
            id: row.id,
            kind: row.kind,
            created_on: day_in(zone, row.created_at),
            day: row.on_date,
            state: row.state,
            confirmed_on: row.confirmed_on,
            completed_on: row.completed_on,
            reported_on: row.reported_on,
            pre_met_on: row.pre_met_on,
            debriefed_on: row.debriefed_on,
            cost_cents: row.cost_cents,
        };
        (row.group_id, went)
    });
    Ok(one.collect())
}

async fn goals(db: &mut PgConnection, id: ProgramId, zone: &str) -> Result<Vec<(GroupId, Aimed)>> {
    let rows = sqlx::query!(
        r#"select w.group_id as "group_id: GroupId", w.id as "id: GoalId", w.owner_id as "owner: ParticipationId",
                  w.state as "state: GoalState", w.agreed_on, w.closed_on,
                  (select min(o.created_at) from products o
                   where o.program_id = $1 and o.goal_id = w.id) as first_product_at
           from goals w where w.program_id = $1 order by w.agreed_on, w.id"#,
        id as ProgramId
    )
    .fetch_all(db)
    .await?;
    let one = rows.into_iter().map(|row| {
        let aimed = Aimed {
            id: row.id,
            owner: row.owner,
            state: row.state,
            agreed_on: row.agreed_on,
            closed_on: row.closed_on,
            product_on: row.first_product_at.map(|at| day_in(zone, at)),
        };
        (row.group_id, aimed)
    });
    Ok(one.collect())
}

async fn elements(db: &mut PgConnection, id: ProgramId) -> Result<Vec<(GroupId, Element)>> {
    let rows = sqlx::query!(
        r#"select group_id as "group_id: GroupId", id as "id: ElementId", goal_id as "goal: GoalId",
                  about_id as "about: ParticipationId", state as "state: ElementState", agreed_on, retired_on
           from elements where program_id = $1 order by proposed_at, id"#,
        id as ProgramId
    )
    .fetch_all(db)
    .await?;
    let one = rows.into_iter().map(|row| {
        let element = Element {
            id: row.id,
            goal: row.goal,
            about: row.about,
            state: row.state,
            agreed_on: row.agreed_on,
            retired_on: row.retired_on,
        };
        (row.group_id, element)
    });
    Ok(one.collect())
}

async fn feedback(db: &mut PgConnection, id: ProgramId, zone: &str) -> Result<Vec<(GroupId, Said)>> {
    let rows = sqlx::query!(
        r#"select f.group_id as "group_id: GroupId", f.giver_id as "giver: ParticipationId",
                  f.receiver_id as "receiver: ParticipationId", (f.mode = 'spoken') as "spoken!",
                  f.state as "state: FeedbackState", f.happened_on as "happened_on!", f.shared_at, f.opened_at,
                  f.answered_at, f.reported_at,
                  array(select w.element_id from feedback_texts w
                        where w.program_id = $1 and w.feedback_id = f.id
                        order by w.element_id) as "elements!: Vec<ElementId>"
           from feedback f
           where f.program_id = $1 and f.state <> 'draft' order by f.happened_on, f.id"#,
        id as ProgramId
    )
    .fetch_all(db)
    .await?;
    let day = |at| day_in(zone, at);
    let one = rows.into_iter().map(|row| {
        let said = Said {
            from: row.giver,
            to: row.receiver,
            spoken: row.spoken,
            state: row.state,
            on: row.happened_on,
            shared_on: row.shared_at.map(day),
            opened_on: row.opened_at.map(day),
            answered_on: row.answered_at.map(day),
            reported_on: row.reported_at.map(day),
            elements: row.elements,
        };
        (row.group_id, said)
    });
    Ok(one.collect())
}
