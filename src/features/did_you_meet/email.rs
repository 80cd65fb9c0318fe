//! "Did Reading Room meet on Monday 4 May?", with the reader's own link. What was planned, and where, stands nowhere
//! in it.
use super::{
    link,
    model::Round,
    queries::{self, Asked},
};
use crate::base::{
    error::Result,
    ids::{MeetingAskId, ProgramId},
    local_time, text, words,
};
use crate::features::{
    meetings::{MeetingState, zone_words},
    nudges,
};
use crate::mail::{Email, Mailbox, Note};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

/// To one member, once a round.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct DidYouMeet {
    pub(super) program_id: ProgramId,
    pub(super) ask_id: MeetingAskId,
    pub(super) round: Round,
    /// When the meeting was over, in seconds since 1970: one that moved makes the letter void.
    pub(super) ended_at: i64,
}

impl Letter for DidYouMeet {
    const KIND: &'static str = "did_you_meet";
}

/// Writes the letter of this slice. `None`: not its kind; `Some(Ok(None))`: no longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    if letter.kind == DidYouMeet::KIND { Some(written(app, db, letter).await) } else { None }
}

async fn written(app: &App, db: &mut PgConnection, leased: &Leased) -> Result<Option<Email>> {
    let of: DidYouMeet = leased.read()?;
    let Some(to) = queries::asked(db, of.program_id, of.ask_id).await? else { return Ok(None) };
    // One answer settles it for all.
    let waits = to.state == MeetingState::Scheduled && to.ends_at.unix_timestamp() == of.ended_at;
    if !waits || !to.program_state.is_running() {
        return Ok(None);
    }
    if of.round.reminds() && nudges::is_stopped(db, to.person_id).await? {
        return Ok(None);
    }
    let note = note_of(&to, of.round, link::draw(app, db, &to, of.ask_id).await?);
    let email = note.email(leased.id, Mailbox::new(&to.name, &to.email))?;
    if !of.round.reminds() {
        return Ok(Some(email));
    }
    let stop = nudges::draw_stop(app, db, to.person_id).await?;
    Ok(Some(Email { unsubscribe: Some(stop), ..email }.by_day_in(to.time_zone)))
}

fn note_of(to: &Asked, round: Round, href: String) -> Note {
    let starts = local_time::to_local(&to.time_zone, to.starts_at);
    let (day, clock) = (words::long_day(starts.date()), words::clock_time(starts.time()));
    let why = match round {
        Round::First => "One of you answers for all, and it takes a few seconds.",
        Round::Facilitator => "Nobody has said so far. One of you answers for all.",
        Round::All => "Nobody has said so far, so all of you are asked. The first answer settles it for everybody.",
    };
    Note {
        subject: format!("Did {} meet on {day}?", to.group_name),
        preview: "Yes, it moved, or no: one press. No need to sign in.".to_owned(),
        greeting: format!("Hello {},", text::first_name(&to.name)),
        sentences: vec![
            format!("A meeting of {} was set for {day}, {clock} ({}). {why}", to.group_name, zone_words(&to.time_zone)),
            "Say yes, that it moved, or no. You need not sign in, and nothing has to be written.".to_owned(),
        ],
        href,
        label: "Say whether you met".to_owned(),
        foot: format!("You get this because you are a member of {}. The link is for you alone.", to.group_name),
        institution: to.institution.clone(),
    }
}
