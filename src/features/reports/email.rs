//! To the contact who may decide: that something was reported. To those concerned: what was decided. No words of
//! the item, none of the report, and no names of who it is about.
use super::{
    model::Case,
    queries::{self, Which},
};
use crate::base::{
    error::{AppError, Result},
    ids::{FeedbackId, ParticipationId, PersonId, ProgramId},
    text,
};
use crate::mail::{Email, Mailbox, Note};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// To the contact who may decide, at once.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ReportToDecide {
    pub(super) program_id: ProgramId,
    pub(super) feedback_id: FeedbackId,
    pub(super) to: PersonId,
}

impl Letter for ReportToDecide {
    const KIND: &'static str = "report_to_decide";
}

/// To who reported it and to the two, at once.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ReportDecided {
    pub(super) program_id: ProgramId,
    pub(super) feedback_id: FeedbackId,
    pub(super) to: ParticipationId,
    /// Seconds since 1970.
    pub(super) decided_at: i64,
}

impl Letter for ReportDecided {
    const KIND: &'static str = "report_decided";
}

/// Writes a letter of this slice. `None`: another's; `Some(Ok(None))`: no longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    match letter.kind.as_str() {
        ReportToDecide::KIND => Some(to_decide(app, db, letter).await),
        ReportDecided::KIND => Some(decided(app, db, letter).await),
        _ => None,
    }
}

async fn to_decide(app: &App, db: &mut PgConnection, leased: &Leased) -> Result<Option<Email>> {
    let of: ReportToDecide = leased.read()?;
    let cases = queries::cases(db, &[of.program_id], Which::Open).await?;
    let case = cases.into_iter().find(|case| case.id == of.feedback_id && case.is_for(of.to));
    let Some(Case { program_name, institution, decider: Some(decider), .. }) = case else { return Ok(None) };
    let note = Note {
        subject: "Something was reported to you".to_owned(),
        preview: "You read this one item, and decide whether it may stand.".to_owned(),
        greeting: format!("Dear {},", text::first_name(&decider.name)),
        sentences: vec![
            format!("Somebody in {program_name} reported one item to you."),
            "You read this item and nothing else. Until you decide, the others do not see it, and it counts nowhere."
                .to_owned(),
        ],
        href: format!("{}/programs/{}/reports/{}", app.base_url, of.program_id, of.feedback_id),
        label: "Read and decide".to_owned(),
        foot: format!("You get this because you are a contact person of {program_name}."),
        institution,
    };
    Ok(Some(note.email(leased.id, Mailbox::new(&decider.name, &decider.email))?))
}

async fn decided(app: &App, db: &mut PgConnection, leased: &Leased) -> Result<Option<Email>> {
    let of: ReportDecided = leased.read()?;
    let at = OffsetDateTime::from_unix_timestamp(of.decided_at).map_err(AppError::internal)?;
    let Some(to) = queries::concerned(db, (of.program_id, of.feedback_id), of.to, at).await? else {
        return Ok(None);
    };
    let found = queries::cases(db, &[of.program_id], Which::One(of.feedback_id, None)).await?.pop();
    let Some(case) = found else { return Ok(None) };
    let how = if to.stands { "it may stand" } else { "it stays closed" };
    let means = if to.stands {
        "Everything is as before it was reported."
    } else {
        "Only who gave it and who received it can read it, and it counts nowhere."
    };
    let note = Note {
        subject: format!("Decided: {how}"),
        preview: "About an item that was reported to the contact person.".to_owned(),
        greeting: format!("Dear {},", text::first_name(&to.name)),
        sentences: vec![
            format!(
                "An item of feedback in {} was reported. The contact person decided that {how}.",
                case.program_name
            ),
            format!("{means} The reason you read on the page."),
        ],
        href: format!(
            "{}/programs/{}/groups/{}/feedback/{}/report",
            app.base_url, of.program_id, case.group_id, of.feedback_id
        ),
        label: "Read the reason".to_owned(),
        foot: format!("You get this because it concerns you in {}.", case.program_name),
        institution: case.institution,
    };
    Ok(Some(note.email(leased.id, Mailbox::new(&to.name, &to.email))?))
}
