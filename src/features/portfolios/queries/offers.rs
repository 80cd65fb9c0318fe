//! What can go into a portfolio, and what its owner put in.
use super::super::model::{Answer, ClosedGoal, Consent, Made, Owner, Portfolio, Received, Thing, Trip};
use crate::base::{
    error::Result,
    ids::{FeedbackId, FieldTripId, GoalId, ParticipationId, ProductId, ProgramId},
};
use crate::features::{
    field_trips::TripKind,
    formats::{Format, Words},
    goals::GoalState,
    products::ProductState,
};
use sqlx::PgConnection;
use uuid::Uuid;

/// Everything that one person can put into their portfolio, each with whether it is in.
pub(in super::super) async fn offered(
    db: &mut PgConnection,
    program_id: ProgramId,
    me: ParticipationId,
) -> Result<Portfolio> {
    Ok(Portfolio {
        goals: goals(db, program_id, me).await?,
        made: made(db, program_id, me).await?,
        trips: trips(db, program_id, me).await?,
        feedback: received(db, program_id, me).await?,
    })
}

/// One's own goals that were closed, and those of the group one belongs to, as far as one reads them.
async fn goals(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<Vec<ClosedGoal>> {
    Ok(sqlx::query_as!(
        ClosedGoal,
        r#"select g.id as "id: GoalId", g.owner_id is null as "of_group!", g.title, g.statement, g.state as "state: GoalState",
                  g.closed_on as "closed_on!", g.reflection, i.id is not null as "ticked!"
           from goals g
           join programs p on p.id = g.program_id
           left join portfolio_items i on i.program_id = g.program_id and i.participation_id = $2 and i.goal_id = g.id
           where g.program_id = $1 and g.state in ('achieved', 'partly', 'not_achieved')
             and (g.owner_id = $2
                  or (g.owner_id is null
                      and exists (select from memberships m
                                  where m.program_id = $1 and m.group_id = g.group_id and m.participation_id = $2
                                    and m.left_on is null
                                    and m.joined_on <= (g.worded_at at time zone p.time_zone)::date)))
           order by g.closed_on, g.id"#,
        program_id as ProgramId,
        me as ParticipationId
    )
    .fetch_all(db)
    .await?)
}

async fn made(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<Vec<Made>> {
    Ok(sqlx::query_as!(
        Made,
        r#"select r.id as "id: ProductId", r.title, r.link, r.words, r.state as "state: ProductState", i.id is not null as "ticked!"
           from products r
           left join portfolio_items i on i.program_id = r.program_id and i.participation_id = $2 and i.product_id = r.id
           where r.program_id = $1 and r.owner_id = $2 order by r.created_at, r.id"#,
        program_id as ProgramId,
        me as ParticipationId
    )
    .fetch_all(db)
    .await?)
}

/// Trips that took place. Where, while one belongs to the group and did when it was planned; what was learned, when
/// one wrote it oneself. The notes of an observation are for two people alone.
async fn trips(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<Vec<Trip>> {
    Ok(sqlx::query_as!(
        Trip,
        r#"select f.id as "id: FieldTripId", f.kind as "kind: TripKind", f.on_date,
                  case when exists (select from memberships m
                                    where m.program_id = $1 and m.group_id = f.group_id and m.participation_id = $2
                                      and m.left_on is null
                                      and m.joined_on <= (f.worded_at at time zone p.time_zone)::date)
                       then f.place else '' end as "place!",
                  case when f.reported_by = $2 and f.kind <> 'observation' then f.learned else '' end as "learned!",
                  i.id is not null as "ticked!"
           from field_trips f
           join programs p on p.id = f.program_id
           left join portfolio_items i on i.program_id = f.program_id and i.participation_id = $2 and i.trip_id = f.id
           where f.program_id = $1 and f.state in ('completed', 'reported')
             and ($2 in (f.observer_id, f.observed_id)
                  or exists (select from trip_goers w where w.program_id = $1 and w.trip_id = f.id and w.participation_id = $2))
           order by f.on_date, f.id"#,
        program_id as ProgramId,
        me as ParticipationId
    )
    .fetch_all(db)
    .await?)
}

/// Feedback that was received and answered, or confirmed, as its giver worded it last: the one place where portfolios
/// read feedback. What is reported, hidden by one of the two, or in dispute is none of it.
async fn received(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<Vec<Received>> {
    let rows = sqlx::query!(
        r#"select f.id as "id: FeedbackId", p.name as giver, f.format as "format: Format", f.happened_on as "happened_on!",
                  a.feedback_id is not null as "was_asked!", a.answer as "answer: Answer", i.id is not null as "ticked!",
                  e.title,
                  case when f.mode = 'written' then coalesce(w.words, x.words) else x.words end as "words!"
           from feedback f
           join participations t on t.program_id = f.program_id and t.id = f.giver_id
           join people p on p.id = t.person_id
           join feedback_texts x on x.program_id = f.program_id and x.feedback_id = f.id
           join elements e on e.program_id = f.program_id and e.id = x.element_id
           left join second_wording_texts w on w.program_id = f.program_id and w.feedback_id = f.id
                and w.element_id = x.element_id
           left join portfolio_asks a on a.program_id = f.program_id and a.feedback_id = f.id
           left join portfolio_items i on i.program_id = f.program_id and i.participation_id = $2 and i.feedback_id = f.id
           where f.program_id = $1 and f.receiver_id = $2 and f.is_live and f.state in ('answered', 'confirmed')
             and not exists (select from feedback_sides s
                             where s.program_id = $1 and s.feedback_id = f.id and s.hidden_at is not null)
           order by f.happened_on, f.id, e.proposed_at, e.id"#,
        program_id as ProgramId,
        me as ParticipationId
    )
    .fetch_all(db)
    .await?;
    let mut found: Vec<Received> = Vec::new();
    for row in rows {
        let text = (row.title, Words::read(row.format, &row.words));
        match found.last_mut().filter(|last| last.id == row.id) {
            Some(last) => last.texts.push(text),
            None => found.push(Received {
                id: row.id,
                giver: row.giver,
                happened_on: row.happened_on,
                texts: vec![text],
                consent: Consent::of(row.was_asked, row.answer),
                ticked: row.ticked,
            }),
        }
    }
    Ok(found)
}

/// Puts exactly these things into one's portfolio.
pub(in super::super) async fn put_in(
    db: &mut PgConnection,
    program_id: ProgramId,
    me: ParticipationId,
    things: &[Thing],
) -> Result<()> {
    sqlx::query!(
        "delete from portfolio_items where program_id = $1 and participation_id = $2",
        program_id as ProgramId,
        me as ParticipationId
    )
    .execute(&mut *db)
    .await?;
    let ids: Vec<Uuid> = things.iter().map(|_| Uuid::now_v7()).collect();
    let pick = |of: fn(&Thing) -> Option<Uuid>| things.iter().map(of).collect::<Vec<Option<Uuid>>>();
    let goals = pick(|thing| if let Thing::Goal(id) = thing { Some(id.0) } else { None });
    let products = pick(|thing| if let Thing::Product(id) = thing { Some(id.0) } else { None });
    let trips = pick(|thing| if let Thing::Trip(id) = thing { Some(id.0) } else { None });
    let feedback = pick(|thing| if let Thing::Feedback(id) = thing { Some(id.0) } else { None });
    sqlx::query!(
        "insert into portfolio_items (program_id, id, participation_id, goal_id, product_id, trip_id, feedback_id)
         select $1, new.id, $2, new.goal, new.product, new.trip, new.feedback
         from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[]) as new (id, goal, product, trip, feedback)
         on conflict do nothing",
        program_id as ProgramId,
        me as ParticipationId,
        &ids,
        &goals as &[Option<Uuid>],
        &products as &[Option<Uuid>],
        &trips as &[Option<Uuid>],
        &feedback as &[Option<Uuid>]
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps everyone else from changing this person's portfolio until the transaction ends.
pub(in super::super) async fn hold(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<()> {
    sqlx::query!(
        "select from participations where program_id = $1 and id = $2 for no key update",
        program_id as ProgramId,
        me as ParticipationId
    )
    .fetch_one(db)
    .await?;
    Ok(())
}

/// Whose portfolio it is.
pub(in super::super) async fn owner(
    db: &mut PgConnection,
    program_id: ProgramId,
    me: ParticipationId,
) -> Result<Owner> {
    Ok(sqlx::query_as!(
        Owner,
        "select q.name, p.name as program, p.institution, p.time_zone, p.starts_on, p.ends_on
         from participations t
         join people q on q.id = t.person_id
         join programs p on p.id = t.program_id
         where t.program_id = $1 and t.id = $2",
        program_id as ProgramId,
        me as ParticipationId
    )
    .fetch_one(db)
    .await?)
}
