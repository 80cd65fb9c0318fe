//! A program as its settings pages and its letters show it.
use super::super::model::{Asks, Contacts, Groups, Meetings, Settings, Stored, SupervisorAnswers, Theme, What, When};
use crate::access::ProgramState;
use crate::base::{
    error::{AppError, Result},
    ids::{PersonId, ProgramId, ThemeId},
};
use crate::mail::Mailbox;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Everything that is set about a program: three queries.
///
/// # Errors
/// When it is not there, or the database does not answer.
pub(crate) async fn stored(db: &mut PgConnection, program_id: ProgramId) -> Result<Stored> {
    let row = sqlx::query!(
        r#"select p.name, p.institution, p.theme, p.purpose, p.time_zone, p.starts_on, p.ends_on, p.rhythm_days,
                  p.meeting_minutes, p.informal_minutes, p.group_min, p.group_target, p.group_max, p.hours_month,
                  p.work_time, p.trip_days, p.budget_cents, p.currency, p.approval_required, p.answer_days,
                  p.smallest_shown, p.supervisor_domains, p.state as "state: ProgramState", c.name as contact_name, c.email as contact_email,
                  s.name as "second_name?", s.email as "second_email?"
           from programs p
           join people c on c.id = p.contact_id
           left join people s on s.id = p.second_contact_id
           where p.id = $1"#,
        program_id as ProgramId
    )
    .fetch_optional(&mut *db)
    .await?
    .ok_or(AppError::NotFound)?;
    let settings = Settings {
        what: What { name: row.name, institution: row.institution, theme: row.theme, purpose: row.purpose },
        when: When { starts_on: row.starts_on, ends_on: row.ends_on, time_zone: row.time_zone },
        meetings: Meetings {
            rhythm_days: row.rhythm_days,
            meeting_minutes: row.meeting_minutes,
            informal_minutes: row.informal_minutes,
            groups: Groups { min: row.group_min, target: row.group_target, max: row.group_max },
        },
        asks: Asks {
            hours_month: row.hours_month,
            work_time: row.work_time,
            trip_days: row.trip_days,
            budget_cents: row.budget_cents,
            currency: row.currency,
        },
        answers: SupervisorAnswers {
            approval_required: row.approval_required,
            answer_days: row.answer_days,
            smallest_shown: row.smallest_shown,
            domains: row.supervisor_domains,
        },
        contacts: Contacts {
            first: Mailbox::new(row.contact_name, row.contact_email),
            second: row.second_name.zip(row.second_email).map(|(name, email)| Mailbox::new(name, email)),
        },
        themes: themes(&mut *db, program_id).await?,
    };
    Ok(Stored { settings, state: row.state, used_themes: used_themes(db, program_id).await? })
}

/// Where a program lets supervisors be asked; empty: anywhere.
///
/// # Errors
/// When it is not there, or the database does not answer.
pub(crate) async fn supervisor_domains(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<String>> {
    sqlx::query_scalar!("select supervisor_domains from programs where id = $1", program_id as ProgramId)
        .fetch_optional(db)
        .await?
        .ok_or(AppError::NotFound)
}

async fn themes(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<Theme>> {
    Ok(sqlx::query_as!(
        Theme,
        r#"select id as "id: ThemeId", starts_on, ends_on, title, question from themes
           where program_id = $1 order by starts_on, ends_on, id"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}

async fn used_themes(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<ThemeId>> {
    Ok(sqlx::query_scalar!(
        r#"select distinct theme_id as "id!: ThemeId" from agenda_items
           where program_id = $1 and theme_id is not null order by 1"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}

/// Someone who coordinates a program.
#[derive(Debug, Clone)]
pub(crate) struct Coordinator {
    pub(crate) person_id: PersonId,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) since: OffsetDateTime,
}

/// Who coordinates a program, the longest first.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn coordinators(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<Coordinator>> {
    Ok(sqlx::query_as!(
        Coordinator,
        r#"select p.id as "person_id: PersonId", p.name, p.email, c.since
           from coordinators c join people p on p.id = c.person_id
           where c.program_id = $1 order by c.since, p.id"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}

/// What a letter to a coordinator or a contact person says.
#[derive(Debug)]
pub(crate) struct RoleFacts {
    pub(crate) program_name: String,
    pub(crate) institution: String,
    pub(crate) state: ProgramState,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) coordinates: bool,
    pub(crate) is_contact: bool,
    /// Who gave them the part, and gets their replies.
    pub(crate) by_name: String,
    pub(crate) by_email: String,
}

/// What is true of this person's part in the program now; `None` when one of them is gone.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn role_facts(
    db: &mut PgConnection,
    program_id: ProgramId,
    person_id: PersonId,
    by: PersonId,
) -> Result<Option<RoleFacts>> {
    Ok(sqlx::query_as!(
        RoleFacts,
        r#"select p.name as program_name, p.institution, p.state as "state: ProgramState", w.name, w.email,
                  (c.person_id is not null) as "coordinates!",
                  (p.contact_id = w.id or p.second_contact_id is not distinct from w.id) as "is_contact!",
                  b.name as by_name, b.email as by_email
           from programs p
           join people w on w.id = $2
           join people b on b.id = $3
           left join coordinators c on c.program_id = p.id and c.person_id = w.id
           where p.id = $1"#,
        program_id as ProgramId,
        person_id as PersonId,
        by as PersonId
    )
    .fetch_optional(db)
    .await?)
}
