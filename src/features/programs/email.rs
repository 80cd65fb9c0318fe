//! Letters to those who look after a program.
use super::queries::{self, RoleFacts};
use crate::access::ProgramState;
use crate::base::{
    error::{AppError, Result},
    ids::{ParticipationId, PersonId, ProgramId},
    text, words,
};
use crate::features::accounts;
use crate::mail::{Email, Mailbox, Note};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use askama::Template;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::Duration;

/// "You are the contact person of …".
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ContactLetter {
    pub(super) program_id: ProgramId,
    pub(super) person_id: PersonId,
    /// Who named them.
    pub(super) by: PersonId,
}

impl Letter for ContactLetter {
    const KIND: &'static str = "program_contact";
}

/// "You coordinate …".
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct CoordinatorLetter {
    pub(super) program_id: ProgramId,
    pub(super) person_id: PersonId,
    /// Who named them.
    pub(super) by: PersonId,
}

impl Letter for CoordinatorLetter {
    const KIND: &'static str = "program_coordinator";
}

/// "… ends on 12 June": the last three weeks have begun.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ClosingBegins {
    pub(super) program_id: ProgramId,
    pub(super) participation_id: ParticipationId,
}

impl Letter for ClosingBegins {
    const KIND: &'static str = "closing_begins";
}

/// A first password may wait this long for its person.
const LINK_LIVES: Duration = Duration::days(30);

#[derive(Template)]
#[template(path = "emails/program_role.html")]
struct RoleHtml<'a> {
    words: &'a Words,
}

#[derive(Template)]
#[template(path = "emails/program_role.txt", escape = "none")]
struct RoleText<'a> {
    words: &'a Words,
}

/// The words of either letter, said once for both forms.
struct Words {
    subject: String,
    institution: String,
    heading: String,
    greeting: String,
    body: Vec<String>,
    href: String,
    label: &'static str,
    after: String,
    foot: String,
}

/// Writes a letter of this slice. `None`: not one of its kinds; `Some(Ok(None))`: no longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    match letter.kind.as_str() {
        ContactLetter::KIND => Some(to_contact(app, db, letter).await),
        CoordinatorLetter::KIND => Some(to_coordinator(app, db, letter).await),
        ClosingBegins::KIND => Some(closing_begins(app, db, letter).await),
        _ => None,
    }
}

async fn closing_begins(app: &App, db: &mut PgConnection, leased: &Leased) -> Result<Option<Email>> {
    let of: ClosingBegins = leased.read()?;
    let Some(facts) = queries::closing_facts(db, of.program_id, of.participation_id).await? else {
        return Ok(None);
    };
    let ends_on = words::day(facts.ends_on);
    let note = Note {
        subject: format!("{} ends on {ends_on}", facts.program),
        preview: "The last weeks are for finishing, and for looking back.".to_owned(),
        greeting: format!("Dear {},", text::first_name(&facts.name)),
        sentences: vec![
            format!("{} ends on {ends_on}. The last weeks are for finishing, and for looking back.", facts.program),
            format!(
                "Plan a last meeting of {}. Close the goals you have reached or let go, and give the feedback you still owe each other.",
                facts.group
            ),
            "And name what came of it: a plan, a guide, a talk. Something that stays when the meetings end.".to_owned(),
            "Then look back on your group’s page: what worked, what did not, what to try next. Each of you writes alone, and you read it together."
                .to_owned(),
        ],
        href: format!("{}/programs/{}/groups/{}", app.base_url, of.program_id, facts.group_id),
        label: "Open your group".to_owned(),
        foot: format!("{} coordinates {}, and reads what you reply to this email.", facts.by_name, facts.program),
        institution: facts.institution,
    };
    let email = note.email(leased.id, Mailbox::new(&facts.name, &facts.email))?;
    Ok(Some(email.on_behalf_of(Mailbox::new(&facts.by_name, &facts.by_email)).by_day_in(facts.time_zone)))
}

async fn to_contact(app: &App, db: &mut PgConnection, leased: &Leased) -> Result<Option<Email>> {
    let letter: ContactLetter = serde_json::from_value(leased.payload.clone()).map_err(AppError::internal)?;
    let facts = queries::role_facts(db, letter.program_id, letter.person_id, letter.by).await?;
    let Some(facts) = facts.filter(|facts| facts.is_contact && facts.state != ProgramState::Cancelled) else {
        return Ok(None);
    };
    let by = &facts.by_name;
    let name = &facts.program_name;
    let body = vec![
        format!("{by} named you as a contact person of {name}, a peer mentoring program."),
        "People in the program see your name and email. They turn to you when they would rather not write to \
         the coordinator, or when something they read should not stand."
            .to_owned(),
        "You will not see what the groups say or write, unless somebody reports one item to you.".to_owned(),
    ];
    // A draft is open to its coordinators alone, so there is no page of it to show yet.
    let page = if facts.state == ProgramState::Draft && !facts.coordinates { None } else { Some(letter.program_id) };
    let heading = format!("You are a contact person of {name}");
    let words = words(app, db, Said { facts: &facts, person_id: letter.person_id, page, heading, body }).await?;
    email(leased, &facts, &words).map(Some)
}

async fn to_coordinator(app: &App, db: &mut PgConnection, leased: &Leased) -> Result<Option<Email>> {
    let letter: CoordinatorLetter = serde_json::from_value(leased.payload.clone()).map_err(AppError::internal)?;
    let facts = queries::role_facts(db, letter.program_id, letter.person_id, letter.by).await?;
    let Some(facts) = facts.filter(|facts| facts.coordinates && facts.state != ProgramState::Cancelled) else {
        return Ok(None);
    };
    let body = vec![
        format!("{} added you as a coordinator of {}, a peer mentoring program.", facts.by_name, facts.program_name),
        "You can add people, form groups, change the settings, and see where each group stands.".to_owned(),
        "You will see facts, such as when a group met. You will not see what people say or write there.".to_owned(),
    ];
    let heading = format!("You coordinate {}", facts.program_name);
    let page = Some(letter.program_id);
    let words = words(app, db, Said { facts: &facts, person_id: letter.person_id, page, heading, body }).await?;
    email(leased, &facts, &words).map(Some)
}

struct Said<'a> {
    facts: &'a RoleFacts,
    person_id: PersonId,
    page: Option<ProgramId>,
    heading: String,
    body: Vec<String>,
}

async fn words(app: &App, db: &mut PgConnection, said: Said<'_>) -> Result<Words> {
    let facts = said.facts;
    let (href, label, after) = if accounts::has_account(db, said.person_id).await? {
        let href =
            said.page.map_or_else(|| format!("{}/", app.base_url), |id| format!("{}/programs/{id}", app.base_url));
        let label = if said.page.is_some() { "Open the program" } else { "Open See also" };
        (href, label, "You sign in with the account you have.".to_owned())
    } else {
        let href = accounts::password_link(app, db, said.person_id, LINK_LIVES).await?;
        let after = "The link is yours alone and works for 30 days. With the password you sign in from then on.";
        (href, "Set your password", after.to_owned())
    };
    Ok(Words {
        subject: said.heading.clone(),
        institution: facts.institution.clone(),
        heading: said.heading,
        greeting: format!("Dear {},", facts.name),
        body: said.body,
        href,
        label,
        after,
        foot: format!(
            "Sent for {}, who coordinates {} at {}. Write to {} if you did not expect this: just reply.",
            facts.by_name,
            facts.program_name,
            facts.institution,
            text::first_name(&facts.by_name)
        ),
    })
}

fn email(leased: &Leased, facts: &RoleFacts, words: &Words) -> Result<Email> {
    Ok(Email {
        unsubscribe: None,
        by_day_in: None,
        invitation: None,
        to: Mailbox::new(&facts.name, &facts.email),
        on_behalf_of: Some(Mailbox::new(&facts.by_name, &facts.by_email)),
        subject: words.subject.clone(),
        text: RoleText { words }.render().map_err(AppError::internal)?,
        html: RoleHtml { words }.render().map_err(AppError::internal)?,
        id: leased.id,
    })
}
