//! Agreements with their clauses and who said yes, as the archive file holds them.
use super::model::ClauseKind;
use crate::base::{
    error::Result,
    ids::{AgreementId, GroupId, ParticipationId, ProgramId},
    portable::{Day, Frame, Key, Moment},
};
use serde::Deserialize;
use sqlx::PgConnection;

/// One version of what a group agreed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    pub key: Key<AgreementId>,
    pub group: Key<GroupId>,
    pub number: i32,
    pub written_by: Key<ParticipationId>,
    pub written_at: Moment,
    pub adopted_on: Option<Day>,
    pub clauses: Vec<Clause>,
    #[serde(default)]
    pub answers: Vec<Answer>,
}

/// One clause; they stand in order.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    pub kind: ClauseKind,
    pub title: String,
    pub body: String,
}

/// Someone's yes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    pub participation: Key<ParticipationId>,
    pub agreed_at: Moment,
}

/// Adds agreements with all that stands under them.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn insert(db: &mut PgConnection, frame: &Frame, agreements: &[Agreement]) -> Result<()> {
    for one in agreements {
        let id: AgreementId = frame.id(&one.key);
        sqlx::query!(
            "insert into agreement_versions (program_id, id, group_id, number, written_by, written_at, adopted_on)
             values ($1, $2, $3, $4, $5, $6, $7)",
            frame.program_id as ProgramId,
            id as AgreementId,
            frame.id(&one.group) as GroupId,
            one.number,
            frame.id(&one.written_by) as ParticipationId,
            frame.moment(one.written_at),
            one.adopted_on.map(|day| frame.day(day))
        )
        .execute(&mut *db)
        .await?;
        for (position, clause) in (1..).zip(&one.clauses) {
            sqlx::query!(
                "insert into agreement_clauses (program_id, version_id, position, kind, title, body)
                 values ($1, $2, $3, $4, $5, $6)",
                frame.program_id as ProgramId,
                id as AgreementId,
                position,
                clause.kind as ClauseKind,
                clause.title,
                clause.body
            )
            .execute(&mut *db)
            .await?;
        }
        for answer in &one.answers {
            sqlx::query!(
                "insert into agreement_answers (program_id, version_id, participation_id, agreed_at)
                 values ($1, $2, $3, $4)",
                frame.program_id as ProgramId,
                id as AgreementId,
                frame.id(&answer.participation) as ParticipationId,
                frame.moment(answer.agreed_at)
            )
            .execute(&mut *db)
            .await?;
        }
    }
    Ok(())
}
