//! The invitation.
use crate::access::ParticipationState;
use crate::base::{
    error::{AppError, Result},
    ids::{ParticipationId, PersonId, ProgramId},
    text, words,
};
use crate::features::{
    accounts,
    people::{self, Facts},
};
use crate::mail::{Email, Mailbox};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use askama::Template;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::Duration;

/// "Imogen invites you to …".
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Invitation {
    pub(super) program_id: ProgramId,
    pub(super) participation_id: ParticipationId,
    /// The coordinator who invites.
    pub(super) by: PersonId,
}

impl Letter for Invitation {
    const KIND: &'static str = "invitation";
}

/// A first password may wait this long for its person.
const LINK_LIVES: Duration = Duration::days(30);

/// The words of the letter, said once for both forms.
struct Words {
    subject: String,
    institution: String,
    heading: String,
    greeting: String,
    opening: String,
    purpose: String,
    time: String,
    time_rest: &'static str,
    meetings: String,
    dates: String,
    away: String,
    supervisor: &'static str,
    href: String,
    label: &'static str,
    after: &'static str,
    foot: String,
}

#[derive(Template)]
#[template(path = "emails/invitation.html")]
struct InvitationHtml<'a> {
    words: &'a Words,
}

#[derive(Template)]
#[template(path = "emails/invitation.txt", escape = "none")]
struct InvitationText<'a> {
    words: &'a Words,
}

/// Writes a letter of this slice. `None`: not one of its kinds; `Some(Ok(None))`: no longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    if letter.kind == Invitation::KIND { Some(invitation(app, db, letter).await) } else { None }
}

async fn invitation(app: &App, db: &mut PgConnection, leased: &Leased) -> Result<Option<Email>> {
    let letter: Invitation = serde_json::from_value(leased.payload.clone()).map_err(AppError::internal)?;
    let facts = people::facts(db, letter.program_id, letter.participation_id, letter.by).await?;
    let wanted = |facts: &Facts| facts.state == ParticipationState::Invited && facts.program_state.takes_people();
    let Some(facts) = facts.filter(wanted) else {
        return Ok(None);
    };
    let (href, label, after) = if accounts::has_account(db, facts.person_id).await? {
        let href = format!("{}/programs/{}/join", app.base_url, letter.program_id);
        (href, "Read and answer", "You sign in with the account you have. Reading decides nothing.")
    } else {
        let href = accounts::password_link(app, db, facts.person_id, LINK_LIVES).await?;
        let after = "The link is yours alone and works for 30 days. Setting a password decides nothing: you read \
                     everything first, and then say whether you join.";
        (href, "Set your password", after)
    };
    let words = words(&facts, href, label, after);
    let (text, html) = (InvitationText { words: &words }, InvitationHtml { words: &words });
    let email =
        Email::render(leased.id, Mailbox::new(&facts.name, &facts.email), words.subject.as_str(), &text, &html)?;
    Ok(Some(email.on_behalf_of(Mailbox::new(&facts.by_name, &facts.by_email))))
}

fn words(facts: &Facts, href: String, label: &'static str, after: &'static str) -> Words {
    let days = |n: i32| if n == 1 { "1 day".to_owned() } else { format!("{n} days") };
    let hours = if facts.hours_month == 1 { "1 hour".to_owned() } else { format!("{} hours", facts.hours_month) };
    Words {
        subject: format!("{} invites you to {}", facts.by_name, facts.program_name),
        institution: facts.institution.clone(),
        heading: format!("You are invited to {}", facts.program_name),
        greeting: format!("Dear {},", facts.name),
        opening: format!(
            "{} would like you to take part in {}: a small group of peers who meet on purpose and learn from each \
             other’s work. Its theme is “{}”.",
            facts.by_name, facts.program_name, facts.theme
        ),
        purpose: facts.purpose.clone(),
        time: format!("{hours} a month"),
        time_rest: if facts.work_time { ", in work time" } else { ", outside work time" },
        meetings: format!("Every {}", days(facts.rhythm_days)),
        dates: words::from_to(facts.starts_on, facts.ends_on),
        away: if facts.trip_days == 0 {
            String::new()
        } else {
            format!("{} to see others at work", days(facts.trip_days))
        },
        supervisor: if facts.approval_required {
            "If you join, your supervisor is asked for their yes. You confirm first who that is, and add a sentence."
        } else {
            ""
        },
        href,
        label,
        after,
        foot: format!(
            "Sent for {}, who coordinates {} at {}. Questions? Just reply; {} reads it.",
            facts.by_name,
            facts.program_name,
            facts.institution,
            text::first_name(&facts.by_name)
        ),
    }
}
