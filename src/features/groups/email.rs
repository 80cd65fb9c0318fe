//! The letter that tells a peer their group.
use super::queries;
use crate::base::{
    error::{AppError, Result},
    ids::{GroupId, ParticipationId, PersonId, ProgramId},
    words,
};
use crate::mail::{Email, Mailbox};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use askama::Template;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

/// "You are in a group with …": at the launch, or when somebody is placed later.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct GroupFormed {
    pub(crate) program_id: ProgramId,
    pub(crate) group_id: GroupId,
    pub(crate) participation_id: ParticipationId,
    /// The coordinator, to whom replies go.
    pub(crate) by: PersonId,
}
impl Letter for GroupFormed {
    const KIND: &'static str = "group_formed";
}

#[derive(Template)]
#[template(path = "emails/group_formed.txt")]
struct GroupFormedText<'a> {
    about: &'a Words,
}

#[derive(Template)]
#[template(path = "emails/group_formed.html")]
struct GroupFormedHtml<'a> {
    about: &'a Words,
}

struct Words {
    greeting: String,
    institution: String,
    group: String,
    lead: String,
    /// A sentence, or nothing.
    focus: String,
    dates: String,
    reply: String,
    href: String,
}

/// Writes the email of a letter of this feature; `None` when it is another's, and inside it
/// `None` when it is no longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    match letter.kind.as_str() {
        GroupFormed::KIND => Some(group_formed(app, db, letter).await),
        _ => None,
    }
}

async fn group_formed(app: &App, db: &mut PgConnection, letter: &Leased) -> Result<Option<Email>> {
    let about: GroupFormed = serde_json::from_value(letter.payload.clone()).map_err(AppError::internal)?;
    let members = queries::open_members(db, about.program_id, about.group_id).await?;
    let Some(reader) = members.iter().find(|member| member.participation_id == about.participation_id) else {
        return Ok(None);
    };
    let Some(facts) = queries::letter_facts(db, about.program_id, about.group_id, about.by).await? else {
        return Ok(None);
    };
    let others = members.iter().filter(|member| member.participation_id != about.participation_id);
    let (names, firsts): (Vec<String>, Vec<String>) =
        others.map(|member| (member.name.clone(), member.first_name().to_owned())).unzip();
    let group = format!("Your group in {} is {}.", facts.program, facts.group);
    let (subject, lead) = if names.is_empty() {
        let lead = format!("{group} Nobody else is in it yet; {} writes to you when that changes.", facts.by_name);
        (format!("Your group in {} is {}", facts.program, facts.group), lead)
    } else {
        let lead = format!("{group} You are in it with {}.", words::list(&names));
        (format!("You are in a group with {}", words::list(&firsts)), lead)
    };
    let said = Words {
        greeting: format!("Dear {},", reader.name),
        institution: facts.institution,
        group: facts.group,
        lead,
        focus: if facts.focus.is_empty() { String::new() } else { format!("What it is about: {}", facts.focus) },
        dates: words::from_to(facts.starts_on, facts.ends_on),
        reply: format!("{} coordinates the program, and reads what you reply to this email.", facts.by_name),
        href: format!("{}/programs/{}/groups/{}", app.base_url, about.program_id, about.group_id),
    };
    let (text, html) = (GroupFormedText { about: &said }, GroupFormedHtml { about: &said });
    let email = Email::render(letter.id, Mailbox::new(&reader.name, &reader.email), subject, &text, &html)?;
    Ok(Some(email.on_behalf_of(Mailbox::new(facts.by_name, facts.by_email))))
}
