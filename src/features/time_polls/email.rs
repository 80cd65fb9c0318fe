//! "Priya asks when you can meet": from when to when, with the reader's own link. Where they would meet stands
//! only on the page.
use super::{
    link,
    model::PollState,
    queries::{self, Which},
};
use crate::base::{
    error::Result,
    ids::{ProgramId, TimePollAskId},
    local_time, text, words,
};
use crate::features::meetings::GroupKey;
use crate::mail::{Email, Mailbox, Note};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

/// To each member but the one who asks, at once.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct TimePollAsked {
    pub(super) program_id: ProgramId,
    pub(super) ask_id: TimePollAskId,
}

impl Letter for TimePollAsked {
    const KIND: &'static str = "time_poll_asked";
}

/// Writes the letter of this slice. `None`: not its kind; `Some(Ok(None))`: no longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    if letter.kind == TimePollAsked::KIND { Some(asked(app, db, letter).await) } else { None }
}

async fn asked(app: &App, db: &mut PgConnection, leased: &Leased) -> Result<Option<Email>> {
    let of: TimePollAsked = leased.read()?;
    let Some(to) = queries::asked(db, of.program_id, of.ask_id).await? else { return Ok(None) };
    let key = GroupKey { program_id: of.program_id, group_id: to.group_id };
    let poll = queries::poll(db, key, Which::One(to.poll_id)).await?;
    let Some(poll) = poll.filter(|poll| poll.state == PollState::Open) else { return Ok(None) };
    let said = queries::said(db, of.program_id, poll.id).await?;
    let slots = queries::slots(db, of.program_id, poll.id).await?;
    let answered = said.iter().any(|one| one.participation_id == to.participation_id);
    let ahead: Vec<_> = slots.iter().filter(|slot| slot.is_ahead(app.clock.now())).collect();
    let (Some(first), Some(last), false) = (ahead.first(), ahead.last(), answered) else { return Ok(None) };
    let day = |at| words::long_day(local_time::day_in(&to.time_zone, at));
    let (first, last) = (day(first.starts_at), day(last.starts_at));
    let span = if first == last { format!("on {first}") } else { format!("from {first} to {last}") };
    let starter = text::first_name(&poll.started_by_name);
    let note = Note {
        subject: format!("{starter} asks when {} can meet", to.group_name),
        preview: "Say for each time whether it fits you. No need to sign in.".to_owned(),
        greeting: format!("Hello {},", text::first_name(&to.name)),
        sentences: vec![
            format!("{starter} proposes {} {span}.", words::count(ahead.len(), "time", "times")),
            "Say for each of them yes, if need be, or no. It takes a minute, and you need not sign in. You can change \
             it by the same link until one of the times is chosen."
                .to_owned(),
        ],
        href: link::draw(app, db, (&to, of.ask_id), &slots).await?,
        label: "Say when you can".to_owned(),
        foot: format!("You get this because you are a member of {}. The link is for you alone.", to.group_name),
        institution: to.institution.clone(),
    };
    Ok(Some(note.email(leased.id, Mailbox::new(&to.name, &to.email))?))
}
