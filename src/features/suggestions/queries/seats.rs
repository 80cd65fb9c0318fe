//! Who sits where in the open suggestion, and what keeps others out.
use crate::base::{
    error::Result,
    ids::{ObstacleId, ParticipationId, ProgramId, SuggestionId},
};
use crate::features::matching::Rule;
use sqlx::PgConnection;

/// Forgets the seats and obstacles of a program: only its open suggestion has some.
pub(in super::super) async fn clear(db: &mut PgConnection, program_id: ProgramId) -> Result<()> {
    sqlx::query!("delete from suggested_seats where program_id = $1", program_id as ProgramId)
        .execute(&mut *db)
        .await?;
    sqlx::query!("delete from suggestion_obstacles where program_id = $1", program_id as ProgramId).execute(db).await?;
    Ok(())
}

/// Somebody's seat: the number of their group, or none.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct SeatRow {
    pub(in super::super) participation_id: ParticipationId,
    pub(in super::super) group_number: Option<i32>,
}

pub(in super::super) async fn keep_seats(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: SuggestionId,
    seats: &[SeatRow],
) -> Result<()> {
    let people: Vec<ParticipationId> = seats.iter().map(|seat| seat.participation_id).collect();
    let numbers: Vec<Option<i32>> = seats.iter().map(|seat| seat.group_number).collect();
    sqlx::query!(
        "insert into suggested_seats (program_id, suggestion_id, participation_id, group_number)
         select $1, $2, new.participation_id, new.group_number
         from unnest($3::uuid[], $4::int[]) as new (participation_id, group_number)",
        program_id as ProgramId,
        id as SuggestionId,
        &people as &[ParticipationId],
        &numbers as &[Option<i32>]
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What keeps somebody out.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct ObstacleRow {
    pub(in super::super) participation_id: ParticipationId,
    pub(in super::super) rule: Rule,
    pub(in super::super) other_id: Option<ParticipationId>,
}

pub(in super::super) async fn keep_obstacles(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: SuggestionId,
    obstacles: &[ObstacleRow],
) -> Result<()> {
    let ids: Vec<ObstacleId> = obstacles.iter().map(|_| ObstacleId::generate()).collect();
    let people: Vec<ParticipationId> = obstacles.iter().map(|row| row.participation_id).collect();
    let rules: Vec<String> = obstacles.iter().map(|row| row.rule.as_str().to_owned()).collect();
    let others: Vec<Option<ParticipationId>> = obstacles.iter().map(|row| row.other_id).collect();
    sqlx::query!(
        "insert into suggestion_obstacles (program_id, suggestion_id, id, participation_id, rule, other_id)
         select $1, $2, new.id, new.participation_id, new.rule, new.other_id
         from unnest($3::uuid[], $4::uuid[], $5::text[], $6::uuid[]) as new (id, participation_id, rule, other_id)",
        program_id as ProgramId,
        id as SuggestionId,
        &ids as &[ObstacleId],
        &people as &[ParticipationId],
        &rules,
        &others as &[Option<ParticipationId>]
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The seats of up to `most` groups after one, by group.
pub(in super::super) async fn seats_after(
    db: &mut PgConnection,
    (program_id, id): (ProgramId, SuggestionId),
    after: i32,
    most: i64,
) -> Result<Vec<SeatRow>> {
    Ok(sqlx::query_as!(
        SeatRow,
        r#"select s.participation_id as "participation_id: ParticipationId", s.group_number
           from suggested_seats s
           where s.program_id = $1 and s.suggestion_id = $2 and s.group_number > $3
             and s.group_number in (select n.group_number from suggested_seats n
                                    where n.program_id = $1 and n.suggestion_id = $2 and n.group_number > $3
                                    group by n.group_number order by n.group_number limit $4)
           order by s.group_number, s.participation_id"#,
        program_id as ProgramId,
        id as SuggestionId,
        after,
        most
    )
    .fetch_all(db)
    .await?)
}

/// Everybody who sits in a group, by group.
pub(in super::super) async fn all_seated(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: SuggestionId,
) -> Result<Vec<SeatRow>> {
    Ok(sqlx::query_as!(
        SeatRow,
        r#"select participation_id as "participation_id: ParticipationId", group_number
           from suggested_seats where program_id = $1 and suggestion_id = $2 and group_number is not null
           order by group_number, participation_id"#,
        program_id as ProgramId,
        id as SuggestionId
    )
    .fetch_all(db)
    .await?)
}

/// Up to `most` people who sit nowhere.
pub(in super::super) async fn left_over(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: SuggestionId,
    most: i64,
) -> Result<Vec<ParticipationId>> {
    Ok(sqlx::query_scalar!(
        r#"select participation_id as "id: ParticipationId"
           from suggested_seats where program_id = $1 and suggestion_id = $2 and group_number is null
           order by participation_id limit $3"#,
        program_id as ProgramId,
        id as SuggestionId,
        most
    )
    .fetch_all(db)
    .await?)
}

/// How many groups there are, and people in them and in none.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Totals {
    pub(in super::super) groups: i64,
    pub(in super::super) placed: i64,
    pub(in super::super) people: i64,
    /// The highest number of a group.
    pub(in super::super) last: i32,
}

pub(in super::super) async fn totals(db: &mut PgConnection, program_id: ProgramId, id: SuggestionId) -> Result<Totals> {
    Ok(sqlx::query_as!(
        Totals,
        r#"select count(distinct group_number) as "groups!", count(group_number) as "placed!", count(*) as "people!",
                  coalesce(max(group_number), 0) as "last!"
           from suggested_seats where program_id = $1 and suggestion_id = $2"#,
        program_id as ProgramId,
        id as SuggestionId
    )
    .fetch_one(db)
    .await?)
}

/// The numbers of the first `most` groups.
pub(in super::super) async fn numbers(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: SuggestionId,
    most: i64,
) -> Result<Vec<i32>> {
    Ok(sqlx::query_scalar!(
        r#"select group_number as "number!" from suggested_seats
           where program_id = $1 and suggestion_id = $2 and group_number is not null
           group by group_number order by group_number limit $3"#,
        program_id as ProgramId,
        id as SuggestionId,
        most
    )
    .fetch_all(db)
    .await?)
}

/// What keeps these out.
pub(in super::super) async fn obstacles(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: SuggestionId,
    of: &[ParticipationId],
) -> Result<Vec<ObstacleRow>> {
    Ok(sqlx::query_as!(
        ObstacleRow,
        r#"select participation_id as "participation_id: ParticipationId", rule as "rule: Rule",
                  other_id as "other_id: ParticipationId"
           from suggestion_obstacles where program_id = $1 and suggestion_id = $2 and participation_id = any($3)
           order by participation_id, id"#,
        program_id as ProgramId,
        id as SuggestionId,
        of as &[ParticipationId]
    )
    .fetch_all(db)
    .await?)
}

/// Gives somebody another seat; what kept them out is forgotten once they have one.
/// `false` when they have no seat in this suggestion.
pub(in super::super) async fn reseat(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: SuggestionId,
    to: SeatRow,
) -> Result<bool> {
    let done = sqlx::query!(
        "update suggested_seats set group_number = $4
         where program_id = $1 and suggestion_id = $2 and participation_id = $3",
        program_id as ProgramId,
        id as SuggestionId,
        to.participation_id as ParticipationId,
        to.group_number
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "delete from suggestion_obstacles where program_id = $1 and suggestion_id = $2 and participation_id = $3",
        program_id as ProgramId,
        id as SuggestionId,
        to.participation_id as ParticipationId
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
