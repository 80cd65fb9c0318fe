//! A program, its themes and its coordinators as the archive file holds them.
use crate::{
    access::ProgramState,
    base::{
        error::Result,
        ids::{PersonId, ProgramId, ThemeId},
        portable::{Day, Frame, Key, Moment},
    },
};
use serde::Deserialize;
use sqlx::PgConnection;

/// A program with its settings and where it stands.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Program {
    /// Always a UUID: by it a program is known to be here already.
    pub id: ProgramId,
    pub name: String,
    pub institution: String,
    pub theme: String,
    pub purpose: String,
    pub time_zone: String,
    pub starts_on: Day,
    pub ends_on: Day,
    pub rhythm_days: i32,
    pub meeting_minutes: i32,
    pub informal_minutes: i32,
    pub group_min: i32,
    pub group_target: i32,
    pub group_max: i32,
    pub hours_month: i32,
    pub work_time: bool,
    pub trip_days: i32,
    /// Hundredths of the currency, per person.
    pub budget_cents: i32,
    pub currency: String,
    pub approval_required: bool,
    pub answer_days: i32,
    pub smallest_shown: i32,
    #[serde(default)]
    pub supervisor_domains: Vec<String>,
    pub contact: Key<PersonId>,
    pub second_contact: Option<Key<PersonId>>,
    pub state: ProgramState,
    pub created_at: Moment,
    pub opened_at: Option<Moment>,
    pub launched_on: Option<Day>,
}

/// What the groups are asked to talk about for a while.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    pub key: Key<ThemeId>,
    pub starts_on: Day,
    pub ends_on: Day,
    pub title: String,
    pub question: String,
}

/// Someone who runs the program.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coordinator {
    pub person: Key<PersonId>,
    pub since: Moment,
}

/// Whether a program with this id is here.
///
/// # Errors
/// When the database does not answer.
pub async fn exists(db: &mut PgConnection, id: ProgramId) -> Result<bool> {
    Ok(sqlx::query_scalar!(r#"select exists (select from programs where id = $1) as "here!""#, id as ProgramId)
        .fetch_one(db)
        .await?)
}

/// Adds a program; `false` when one with its id is here already.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn insert_program(db: &mut PgConnection, frame: &Frame, program: &Program) -> Result<bool> {
    let done = sqlx::query!(
        "insert into programs (id, name, institution, theme, purpose, time_zone, starts_on, ends_on, rhythm_days,
            meeting_minutes, informal_minutes, group_min, group_target, group_max, hours_month, work_time, trip_days,
            budget_cents, currency, approval_required, answer_days, smallest_shown, contact_id, second_contact_id,
            state, created_at, opened_at, launched_on, supervisor_domains)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
            $23, $24, $25, $26, $27, $28, $29)
         on conflict (id) do nothing",
        program.id as ProgramId,
        program.name,
        program.institution,
        program.theme,
        program.purpose,
        program.time_zone,
        frame.day(program.starts_on),
        frame.day(program.ends_on),
        program.rhythm_days,
        program.meeting_minutes,
        program.informal_minutes,
        program.group_min,
        program.group_target,
        program.group_max,
        program.hours_month,
        program.work_time,
        program.trip_days,
        program.budget_cents,
        program.currency,
        program.approval_required,
        program.answer_days,
        program.smallest_shown,
        frame.person(&program.contact) as PersonId,
        program.second_contact.as_ref().map(|key| frame.person(key)) as Option<PersonId>,
        program.state as ProgramState,
        frame.moment(program.created_at),
        program.opened_at.map(|at| frame.moment(at)),
        program.launched_on.map(|day| frame.day(day)),
        &program.supervisor_domains
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Adds the themes of a program.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn insert_themes(db: &mut PgConnection, frame: &Frame, themes: &[Theme]) -> Result<()> {
    for theme in themes {
        sqlx::query!(
            "insert into themes (program_id, id, starts_on, ends_on, title, question) values ($1, $2, $3, $4, $5, $6)",
            frame.program_id as ProgramId,
            frame.id(&theme.key) as ThemeId,
            frame.day(theme.starts_on),
            frame.day(theme.ends_on),
            theme.title,
            theme.question
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// Adds the coordinators of a program, and notes that they have to do with it.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn insert_coordinators(db: &mut PgConnection, frame: &Frame, coordinators: &[Coordinator]) -> Result<()> {
    for coordinator in coordinators {
        let person_id = frame.person(&coordinator.person);
        sqlx::query!(
            "insert into coordinators (program_id, person_id, since) values ($1, $2, $3)",
            frame.program_id as ProgramId,
            person_id as PersonId,
            frame.moment(coordinator.since)
        )
        .execute(&mut *db)
        .await?;
        super::remember(db, person_id, frame.program_id).await?;
    }
    Ok(())
}
