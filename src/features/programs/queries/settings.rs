//! A program's row: made once, then changed page by page.
use super::super::model::{Asks, Meetings, Settings, SupervisorAnswers, Theme, What, When};
use crate::access::ProgramState;
use crate::base::{
    error::{AppError, Result},
    ids::{PersonId, ProgramId, ThemeId},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// Makes a draft with everything but its themes; `false` when a program with this id is there.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn insert(
    db: &mut PgConnection,
    id: ProgramId,
    settings: &Settings,
    contacts: (PersonId, Option<PersonId>),
    now: OffsetDateTime,
) -> Result<bool> {
    let Settings { what, when, meetings, asks, answers, .. } = settings;
    let done = sqlx::query!(
        "insert into programs (id, name, institution, theme, purpose, time_zone, starts_on, ends_on, rhythm_days,
            meeting_minutes, informal_minutes, group_min, group_target, group_max, hours_month, work_time, trip_days,
            budget_cents, currency, approval_required, answer_days, smallest_shown, contact_id, second_contact_id,
            supervisor_domains, state, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
            $23, $24, $25, 'draft', $26)
         on conflict (id) do nothing",
        id as ProgramId,
        what.name,
        what.institution,
        what.theme,
        what.purpose,
        when.time_zone,
        when.starts_on,
        when.ends_on,
        meetings.rhythm_days,
        meetings.meeting_minutes,
        meetings.informal_minutes,
        meetings.groups.min,
        meetings.groups.target,
        meetings.groups.max,
        asks.hours_month,
        asks.work_time,
        asks.trip_days,
        asks.budget_cents,
        asks.currency,
        answers.approval_required,
        answers.answer_days,
        answers.smallest_shown,
        contacts.0 as PersonId,
        contacts.1 as Option<PersonId>,
        &answers.domains,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Keeps the program as it is until the transaction ends, and says how far it is.
///
/// # Errors
/// When it is not there, or the database does not answer.
pub async fn lock(db: &mut PgConnection, program_id: ProgramId) -> Result<ProgramState> {
    sqlx::query_scalar!(
        r#"select state as "state: ProgramState" from programs where id = $1 for update"#,
        program_id as ProgramId
    )
    .fetch_optional(db)
    .await?
    .ok_or(AppError::NotFound)
}

/// Changes what the program is.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn save_what(db: &mut PgConnection, id: ProgramId, what: &What) -> Result<()> {
    sqlx::query!(
        "update programs set name = $2, institution = $3, theme = $4, purpose = $5 where id = $1",
        id as ProgramId,
        what.name,
        what.institution,
        what.theme,
        what.purpose
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Changes its dates.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn save_when(db: &mut PgConnection, id: ProgramId, when: &When) -> Result<()> {
    sqlx::query!(
        "update programs set starts_on = $2, ends_on = $3, time_zone = $4 where id = $1",
        id as ProgramId,
        when.starts_on,
        when.ends_on,
        when.time_zone
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Changes the rhythm and the sizes of groups.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn save_meetings(db: &mut PgConnection, id: ProgramId, meetings: &Meetings) -> Result<()> {
    sqlx::query!(
        "update programs set rhythm_days = $2, meeting_minutes = $3, informal_minutes = $4, group_min = $5,
                group_target = $6, group_max = $7
         where id = $1",
        id as ProgramId,
        meetings.rhythm_days,
        meetings.meeting_minutes,
        meetings.informal_minutes,
        meetings.groups.min,
        meetings.groups.target,
        meetings.groups.max
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Changes what is asked of each person.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn save_asks(db: &mut PgConnection, id: ProgramId, asks: &Asks) -> Result<()> {
    sqlx::query!(
        "update programs set hours_month = $2, work_time = $3, trip_days = $4, budget_cents = $5, currency = $6
         where id = $1",
        id as ProgramId,
        asks.hours_month,
        asks.work_time,
        asks.trip_days,
        asks.budget_cents,
        asks.currency
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Changes how supervisors answer.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn save_answers(db: &mut PgConnection, id: ProgramId, answers: &SupervisorAnswers) -> Result<()> {
    sqlx::query!(
        "update programs set approval_required = $2, answer_days = $3, smallest_shown = $4, supervisor_domains = $5
         where id = $1",
        id as ProgramId,
        answers.approval_required,
        answers.answer_days,
        answers.smallest_shown,
        &answers.domains
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Lets people ask to join by the public page, or no longer; `false` when it was so before.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn allow_asks(db: &mut PgConnection, id: ProgramId, on: bool) -> Result<bool> {
    let done =
        sqlx::query!("update programs set asks_allowed = $2 where id = $1 and asks_allowed <> $2", id as ProgramId, on)
            .execute(db)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// The contact person, and the second.
///
/// # Errors
/// When there is no such program, or the database does not answer.
pub(crate) async fn contacts(db: &mut PgConnection, id: ProgramId) -> Result<(PersonId, Option<PersonId>)> {
    let row = sqlx::query!(
        r#"select contact_id as "first: PersonId", second_contact_id as "second: PersonId" from programs where id = $1"#,
        id as ProgramId
    )
    .fetch_one(db)
    .await?;
    Ok((row.first, row.second))
}

/// Changes whom people turn to.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn save_contacts(
    db: &mut PgConnection,
    id: ProgramId,
    first: PersonId,
    second: Option<PersonId>,
) -> Result<()> {
    sqlx::query!(
        "update programs set contact_id = $2, second_contact_id = $3 where id = $1",
        id as ProgramId,
        first as PersonId,
        second as Option<PersonId>
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Makes the themes of a program these: adds and rewords them, and takes away the others.
///
/// # Errors
/// When the database does not answer; also when a theme that stands on an agenda would go.
pub(crate) async fn save_themes(db: &mut PgConnection, id: ProgramId, themes: &[Theme]) -> Result<()> {
    let ids: Vec<ThemeId> = themes.iter().map(|theme| theme.id).collect();
    let starts: Vec<Date> = themes.iter().map(|theme| theme.starts_on).collect();
    let ends: Vec<Date> = themes.iter().map(|theme| theme.ends_on).collect();
    let titles: Vec<String> = themes.iter().map(|theme| theme.title.clone()).collect();
    let questions: Vec<String> = themes.iter().map(|theme| theme.question.clone()).collect();
    sqlx::query!("delete from themes where program_id = $1 and id <> all($2)", id as ProgramId, &ids as &[ThemeId])
        .execute(&mut *db)
        .await?;
    sqlx::query!(
        "insert into themes (program_id, id, starts_on, ends_on, title, question)
         select $1, new.id, new.starts_on, new.ends_on, new.title, new.question
         from unnest($2::uuid[], $3::date[], $4::date[], $5::text[], $6::text[])
              as new (id, starts_on, ends_on, title, question)
         on conflict (program_id, id) do update
         set starts_on = excluded.starts_on, ends_on = excluded.ends_on, title = excluded.title,
             question = excluded.question",
        id as ProgramId,
        &ids as &[ThemeId],
        &starts,
        &ends,
        &titles,
        &questions
    )
    .execute(db)
    .await?;
    Ok(())
}
