//! Every statement that writes `interviewees` and `interview_questions`.
use super::model::{Interviewee, Interviews, Question};
use crate::base::{
    error::Result,
    ids::{FieldTripId, InterviewQuestionId, IntervieweeId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

pub(super) type Key = (ProgramId, FieldTripId);
/// Who writes, and when.
pub(super) type By = (ParticipationId, OffsetDateTime);

/// Everything of one visit, in the order it was added.
pub(super) async fn of_trip(db: &mut PgConnection, (program_id, trip_id): Key) -> Result<Interviews> {
    let people = sqlx::query_as!(
        Interviewee,
        r#"select id as "id: IntervieweeId", name, role, added_at from interviewees
           where program_id = $1 and trip_id = $2 order by added_at, id"#,
        program_id as ProgramId,
        trip_id as FieldTripId
    )
    .fetch_all(&mut *db)
    .await?;
    let questions = sqlx::query_as!(
        Question,
        r#"select q.id as "id: InterviewQuestionId", q.interviewee_id as "interviewee_id: IntervieweeId", q.words, q.added_at,
                  q.reply, q.replied_at, p.name as "replied_by?"
           from interview_questions q
           left join participations t on t.program_id = q.program_id and t.id = q.replied_by
           left join people p on p.id = t.person_id
           where q.program_id = $1 and q.trip_id = $2 order by q.added_at, q.id"#,
        program_id as ProgramId,
        trip_id as FieldTripId
    )
    .fetch_all(db)
    .await?;
    Ok(Interviews { people, questions, hides: false })
}

/// Names somebody; changes nothing when somebody with this id is there.
pub(super) async fn add(
    db: &mut PgConnection,
    (program_id, trip_id): Key,
    (id, name, role): (IntervieweeId, &str, &str),
    (by, now): By,
) -> Result<()> {
    sqlx::query!(
        "insert into interviewees (program_id, id, trip_id, name, role, added_by, added_at)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (program_id, id) do nothing",
        program_id as ProgramId,
        id as IntervieweeId,
        trip_id as FieldTripId,
        name,
        role,
        by as ParticipationId,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Gives somebody another name or role: said anew, to all who belong by now.
pub(super) async fn change(
    db: &mut PgConnection,
    (program_id, trip_id): Key,
    (id, name, role): (IntervieweeId, &str, &str),
    (by, now): By,
) -> Result<()> {
    sqlx::query!(
        "update interviewees set name = $4, role = $5, added_by = $6, added_at = $7
         where program_id = $1 and trip_id = $2 and id = $3 and (name, role) <> ($4, $5)",
        program_id as ProgramId,
        trip_id as FieldTripId,
        id as IntervieweeId,
        name,
        role,
        by as ParticipationId,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes somebody away with what they were to be asked; the caller saw that nothing is answered.
pub(super) async fn remove(db: &mut PgConnection, (program_id, trip_id): Key, id: IntervieweeId) -> Result<()> {
    sqlx::query!(
        "delete from interview_questions where program_id = $1 and trip_id = $2 and interviewee_id = $3 and reply = ''",
        program_id as ProgramId,
        trip_id as FieldTripId,
        id as IntervieweeId
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "delete from interviewees where program_id = $1 and trip_id = $2 and id = $3",
        program_id as ProgramId,
        trip_id as FieldTripId,
        id as IntervieweeId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Adds questions to somebody, or to anybody; one that is there already is left.
pub(super) async fn ask(
    db: &mut PgConnection,
    (program_id, trip_id): Key,
    whom: Option<IntervieweeId>,
    questions: &[String],
    (by, now): By,
) -> Result<()> {
    let ids: Vec<InterviewQuestionId> = questions.iter().map(|_| InterviewQuestionId::generate()).collect();
    sqlx::query!(
        "insert into interview_questions (program_id, id, trip_id, interviewee_id, words, added_by, added_at)
         select $1, n.id, $2, $3, n.words, $4, $5 from unnest($6::uuid[], $7::text[]) as n (id, words)
         on conflict do nothing",
        program_id as ProgramId,
        trip_id as FieldTripId,
        whom as Option<IntervieweeId>,
        by as ParticipationId,
        now,
        &ids as &[InterviewQuestionId],
        questions
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes a question away that nobody has answered; `false` when it is answered.
pub(super) async fn drop_question(
    db: &mut PgConnection,
    (program_id, trip_id): Key,
    id: InterviewQuestionId,
) -> Result<bool> {
    let done = sqlx::query!(
        "delete from interview_questions where program_id = $1 and trip_id = $2 and id = $3 and reply = ''",
        program_id as ProgramId,
        trip_id as FieldTripId,
        id as InterviewQuestionId
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes answers down: of a trip that stands, from its day on, and of none before.
pub(super) async fn answer(
    db: &mut PgConnection,
    (program_id, trip_id): Key,
    replies: &[(InterviewQuestionId, String)],
    (by, now): By,
    today: Date,
) -> Result<()> {
    let (ids, words): (Vec<InterviewQuestionId>, Vec<String>) = replies.iter().cloned().unzip();
    sqlx::query!(
        "update interview_questions as q
         set reply = n.reply, replied_by = case when n.reply <> '' then $3::uuid end,
             replied_at = case when n.reply <> '' then $4::timestamptz end
         from unnest($5::uuid[], $6::text[]) as n (id, reply), field_trips f
         where q.program_id = $1 and q.trip_id = $2 and q.id = n.id and f.program_id = $1 and f.id = $2
           and f.state in ('confirmed', 'completed', 'reported') and f.on_date <= $7",
        program_id as ProgramId,
        trip_id as FieldTripId,
        by as ParticipationId,
        now,
        &ids as &[InterviewQuestionId],
        &words,
        today
    )
    .execute(db)
    .await?;
    Ok(())
}
