//! To the person who is offered a place in another group, and to both groups once somebody moved.
use super::{
    model::{Offer, Standing, last_day},
    queries::{self, LetterFacts},
};
use crate::base::{
    error::Result,
    ids::{MoveId, ParticipationId, ProgramId},
    text, words,
};
use crate::features::groups::{self, OpenMember};
use crate::mail::{Email, Mailbox, Note};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

/// "A place in … is offered to you": what was written with it stands on the page only.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct MoveOffered {
    pub(crate) program_id: ProgramId,
    pub(crate) move_id: MoveId,
}

impl Letter for MoveOffered {
    const KIND: &'static str = "move_offered";
}

/// "… joins your group", "… has moved to another group".
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct GroupNews {
    pub(crate) program_id: ProgramId,
    pub(crate) move_id: MoveId,
    /// The reader, a member of one of the two groups.
    pub(crate) to: ParticipationId,
}

impl Letter for GroupNews {
    const KIND: &'static str = "group_news";
}

/// Writes a letter of this slice. `None`: not one of its kinds; `Some(Ok(None))`: no longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    let written = match letter.kind.as_str() {
        MoveOffered::KIND => offered(app, db, letter).await,
        GroupNews::KIND => news(app, db, letter).await,
        _ => return None,
    };
    Some(written)
}

async fn read(db: &mut PgConnection, program_id: ProgramId, id: MoveId) -> Result<Option<(Offer, LetterFacts)>> {
    let offer = queries::find(db, program_id, id).await?;
    Ok(offer.zip(queries::letter_facts(db, program_id, id).await?))
}

async fn offered(app: &App, db: &mut PgConnection, leased: &Leased) -> Result<Option<Email>> {
    let letter: MoveOffered = leased.read()?;
    let found = read(db, letter.program_id, letter.move_id).await?;
    let is_open =
        |(offer, facts): &(Offer, LetterFacts)| facts.is_running && offer.standing(app.clock.now()) == Standing::Open;
    let Some((offer, facts)) = found.filter(is_open) else { return Ok(None) };
    let Offer { from_name, to_name, by_name, .. } = &offer;
    let words = Note {
        subject: format!("A place in {to_name} is offered to you"),
        preview: "You decide, and you need give no reason.".to_owned(),
        greeting: format!("Dear {},", offer.first_name()),
        sentences: vec![
            format!("{by_name} offers you a place in {to_name}, another group in {}.", facts.program),
            format!(
                "You decide: move, or stay in {from_name}. Nobody asks for a reason, and without an answer by {} you stay.",
                words::day(last_day(&offer, &facts.time_zone))
            ),
            "The page says what you would keep and what stays behind.".to_owned(),
        ],
        href: format!("{}/programs/{}/move", app.base_url, letter.program_id),
        label: "Read and decide".to_owned(),
        foot: format!("{by_name} coordinates {}, and reads what you reply to this email.", facts.program),
        institution: facts.institution,
    };
    let email = words.email(leased.id, Mailbox::new(&offer.name, facts.email))?;
    Ok(Some(email.on_behalf_of(Mailbox::new(by_name, facts.by_email))))
}

async fn news(app: &App, db: &mut PgConnection, leased: &Leased) -> Result<Option<Email>> {
    let letter: GroupNews = leased.read()?;
    let found = read(db, letter.program_id, letter.move_id).await?;
    let Some((offer, facts)) = found.filter(|(offer, _)| offer.standing(app.clock.now()) == Standing::Accepted) else {
        return Ok(None);
    };
    let Offer { name, from_name, to_name, .. } = &offer;
    for (group_id, group, joins) in [(offer.to_group_id, to_name, true), (offer.from_group_id, from_name, false)] {
        let members = groups::open_members(db, letter.program_id, group_id).await?;
        let reader = |member: &&OpenMember| member.participation_id == letter.to;
        let Some(to) = members.iter().find(reader) else { continue };
        let (subject, sentences) = if joins {
            let comes = format!("{name} has moved to {group} from another group, and belongs to you from today.");
            let reads = format!("{} reads what you write from now on, not what you wrote before.", offer.first_name());
            (format!("{name} joins your group"), vec![comes, reads])
        } else {
            let went = format!("{name} has moved to another group, and no longer belongs to {group}.");
            (
                format!("{name} has moved to another group"),
                vec![went, "What you wrote together stays with you.".to_owned()],
            )
        };
        let words = Note {
            preview: format!("News of {group}."),
            greeting: format!("Dear {},", text::first_name(&to.name)),
            href: format!("{}/programs/{}/groups/{group_id}", app.base_url, letter.program_id),
            label: format!("Open {group}"),
            foot: format!("You get this because you belong to {group} in {}.", facts.program),
            institution: facts.institution,
            subject,
            sentences,
        };
        return Ok(Some(words.email(leased.id, Mailbox::new(&to.name, &to.email))?));
    }
    Ok(None)
}
