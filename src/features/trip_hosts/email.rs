//! The letters about hosts: to a host, what a member asks and what became of the day; to the members, that the host
//! answered. Never what the host wrote.
use super::{
    link,
    model::{Stance, Visit, stance},
    queries::{self, Asker},
};
use crate::base::{
    error::Result,
    ids::{FieldTripId, ParticipationId, ProgramId},
    text, words,
};
use crate::features::groups;
use crate::mail::{Email, Mailbox, Note};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use serde::{Deserialize, Serialize};
use sqlx::{Connection, PgConnection};

/// Asks a host.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct HostAsked {
    pub(super) program_id: ProgramId,
    pub(super) trip_id: FieldTripId,
    /// An earlier question than the last is no longer needed.
    pub(super) times: i32,
}
impl Letter for HostAsked {
    const KIND: &'static str = "host_asked";
}

/// Tells a host that the trip was moved to the day they offered, or is called off.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct HostTold {
    pub(super) program_id: ProgramId,
    pub(super) trip_id: FieldTripId,
    pub(super) called_off: bool,
}
impl Letter for HostTold {
    const KIND: &'static str = "host_told";
}

/// Tells a member that the host answered.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct HostAnswered {
    pub(super) program_id: ProgramId,
    pub(super) trip_id: FieldTripId,
    pub(super) to: ParticipationId,
}
impl Letter for HostAnswered {
    const KIND: &'static str = "host_answered";
}

/// Writes a letter of this slice. `None`: not one of its kinds; `Some(Ok(None))`: no longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    Some(match letter.kind.as_str() {
        HostAsked::KIND => ask(app, db, letter).await,
        HostTold::KIND => tell(app, db, letter).await,
        HostAnswered::KIND => answered(app, db, letter).await,
        _ => return None,
    })
}

async fn ask(app: &App, db: &mut PgConnection, letter: &Leased) -> Result<Option<Email>> {
    let of: HostAsked = letter.read()?;
    let key = (of.program_id, of.trip_id);
    // One transaction, so that asking again comes before this email or after it.
    let mut tx = db.begin().await?;
    queries::lock(&mut tx, key).await?;
    let (Some(visit), Some(asked)) = (queries::visit(&mut tx, key).await?, queries::asked(&mut tx, key).await?) else {
        return Ok(None);
    };
    let Some(sender) = queries::asker(&mut tx, key, false).await? else { return Ok(None) };
    let wanted = asked.times == of.times && asked.answer.is_none() && visit.is_open(app.clock.now());
    if !wanted || sender.message.is_empty() || visit.host_email.is_empty() {
        return Ok(None);
    }
    let href = link::draw(app, &mut tx, key, &visit).await?;
    tx.commit().await?;
    let first = text::first_name(&sender.name);
    let mut sentences =
        vec![format!("{} takes part in {} at {}, and writes to you:", sender.name, visit.program, visit.institution)];
    sentences.extend(sender.message.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned));
    sentences.push(format!(
        "It takes a minute and needs no account. {first}’s group reads your answer; you can change it by the same link \
         until {}.",
        words::day(visit.on_date)
    ));
    let subject = format!("{} asks you about {}", sender.name, visit.when());
    to_host(letter, &visit, &sender, (subject, sentences), href)
}

async fn tell(app: &App, db: &mut PgConnection, letter: &Leased) -> Result<Option<Email>> {
    let of: HostTold = letter.read()?;
    let key = (of.program_id, of.trip_id);
    let Some(visit) = queries::visit(db, key).await? else { return Ok(None) };
    let sender = queries::asker(db, key, of.called_off).await?;
    let (Some(asked), Some(sender)) = (queries::asked(db, key).await?, sender) else { return Ok(None) };
    let day_holds = visit.is_ahead && stance(Some(&asked), visit.on_date) == Stance::Agreed;
    let holds = if of.called_off { visit.is_off } else { day_holds };
    if !holds || visit.host_email.is_empty() {
        return Ok(None);
    }
    let href = link::draw(app, db, key, &visit).await?;
    let (subject, sentence) = if of.called_off {
        (format!("Called off: {}", visit.when()), format!("{} lets you know that it is called off.", sender.name))
    } else {
        let sentence =
            format!("{} lets you know that it is on {}, a day you said suits you.", sender.name, visit.when());
        (format!("It is on {}", visit.when()), sentence)
    };
    let sentences = vec![sentence, "You can answer this email to write back.".to_owned()];
    to_host(letter, &visit, &sender, (subject, sentences), href)
}

fn to_host(
    letter: &Leased,
    visit: &Visit,
    sender: &Asker,
    (subject, sentences): (String, Vec<String>),
    href: String,
) -> Result<Option<Email>> {
    let note = Note {
        preview: format!("From {}", visit.program),
        subject,
        greeting: "Hello,".to_owned(),
        sentences,
        href,
        label: "Open your page".to_owned(),
        foot: format!("{} gave your address so that you could be asked. It is used for this alone.", sender.name),
        institution: visit.institution.clone(),
    };
    let to = Mailbox::new(&visit.host_person, &visit.host_email);
    let email = note.email(letter.id, to)?;
    Ok(Some(email.on_behalf_of(Mailbox::new(&sender.name, &sender.email)).by_day_in(visit.time_zone.clone())))
}

async fn answered(app: &App, db: &mut PgConnection, letter: &Leased) -> Result<Option<Email>> {
    let of: HostAnswered = letter.read()?;
    let key = (of.program_id, of.trip_id);
    let Some(visit) = queries::visit(db, key).await? else { return Ok(None) };
    let has_answer = queries::asked(db, key).await?.is_some_and(|asked| asked.answer.is_some());
    if !has_answer || !visit.is_ahead {
        return Ok(None);
    }
    let members = groups::open_members(db, of.program_id, visit.group_id).await?;
    let Some(reader) = members.iter().find(|member| member.participation_id == of.to) else { return Ok(None) };
    let place = groups::names(db, of.program_id, visit.group_id).await?;
    let what = format!("{} on {}", visit.kind, words::day(visit.on_date));
    let note = Note {
        subject: format!("The host answered: {what}"),
        preview: "Read the answer on the page of the trip.".to_owned(),
        greeting: format!("Dear {},", text::first_name(&reader.name)),
        sentences: vec![format!("The host of your {what} has answered. What they say stands on its page.")],
        href: format!("{}/programs/{}/groups/{}/trips/{}", app.base_url, of.program_id, visit.group_id, of.trip_id),
        label: "Read the answer".to_owned(),
        foot: format!("Sent to {} as a member of {}.", reader.email, place.group),
        institution: place.institution,
    };
    Ok(Some(note.email(letter.id, Mailbox::new(&reader.name, &reader.email))?))
}
