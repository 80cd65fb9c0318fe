//! Sends what waits in the outbox: leases a letter, has its feature write the email, sends it,
//! and notes what became of it. Nothing is held while a mail server thinks.
use crate::{
    base::{
        error::{AppError, Result},
        local_time,
    },
    database,
    features::{
        accounts, agreements, answer_letters, approvals, closing_groups, did_you_meet, digests, drafts, email_changes,
        feedback_asks, field_trips, groups, help, host_thanks, imports, inviting, join_asks, leaving, letters,
        meeting_letters, move_offers, nudges, observation_notes, own_data, people, pledges, portfolios, products,
        programs, pulse, reminders, reports, revisions, spoken_feedback, standings, time_polls, trip_approvals,
        trip_hosts, trip_needs, trip_reminders, week_ahead,
    },
    mail::{Email, Mailer},
    outbox::{self, Leased, Tried},
    web::{limits, state::App},
};
use sqlx::PgConnection;
use std::time::Duration;
use time::OffsetDateTime;
use tokio::sync::watch;

/// Runs until told to stop.
pub async fn run(app: App, mailer: Mailer, mut stop: watch::Receiver<bool>) {
    let mut turns: u32 = 0;
    let mut ticked: Option<OffsetDateTime> = None;
    while !*stop.borrow() {
        if ticked.is_none_or(|at| app.clock.now() - at >= TICK) {
            ticked = Some(app.clock.now());
            if let Err(error) = tick(&app).await {
                tracing::warn!(%error, "scheduled work waits for the next turn");
            }
        }
        let busy = match run_one(&app, &mailer).await {
            Ok(busy) => busy,
            Err(error) => {
                tracing::warn!(%error, "the outbox could not be read");
                false
            }
        };
        if busy {
            continue;
        }
        turns = turns.wrapping_add(1);
        if turns.is_multiple_of(600) {
            sweep(&app).await;
        }
        tokio::select! {
            () = tokio::time::sleep(Duration::from_millis(500)) => {}
            _ = stop.changed() => {}
        }
    }
}

/// How often the clock's own work is looked for.
const TICK: time::Duration = time::Duration::minutes(1);

/// Does what is due by the clock alone: each feature's `schedule`. One process does so at a time.
///
/// # Errors
/// When the database does not answer.
pub async fn tick(app: &App) -> Result<()> {
    let mut turn = app.db.begin().await?;
    if !database::try_turn(&mut turn).await? {
        return Ok(());
    }
    email_changes::tick(app).await?;
    programs::tick(app).await?;
    people::tick(app).await?;
    own_data::tick(app).await?;
    join_asks::tick(app).await?;
    reminders::tick(app).await?;
    pledges::tick(app).await?;
    products::tick(app).await?;
    imports::tick(app).await?;
    agreements::tick(app).await?;
    field_trips::tick(app).await?;
    pulse::tick(app).await?;
    help::tick(app).await?;
    nudges::tick(app).await?;
    week_ahead::tick(app).await?;
    did_you_meet::tick(app).await?;
    trip_reminders::tick(app).await?;
    trip_needs::tick(app).await?;
    turn.commit().await?;
    Ok(())
}

/// Deals with one due letter; `false` when there was none.
///
/// # Errors
/// When the database does not answer.
pub async fn run_one(app: &App, mailer: &Mailer) -> Result<bool> {
    let mut db = app.db.acquire().await?;
    let Some(letter) = outbox::lease(&mut db, app.clock.now()).await? else {
        return Ok(false);
    };
    let composed = compose(app, &mut db, &letter).await;
    drop(db);
    let tried = match composed {
        Ok(None) => Tried::NotNeeded,
        // Whoever was erased since has no address any more.
        Ok(Some(email)) if accounts::is_former(&email.to.email) => Tried::NotNeeded,
        Ok(Some(email)) => match not_before(&email, app.clock.now()) {
            Some(until) => Tried::TooEarly(until),
            None => send(mailer, email).await,
        },
        Err(error) => Tried::Failed(error.to_string()),
    };
    if let Tried::Failed(why) | Tried::Refused(why) = &tried {
        tracing::warn!(letter = %letter.id, kind = letter.kind, attempts = letter.attempts, why, "an email did not leave");
    }
    let mut db = app.db.acquire().await?;
    outbox::settle(&mut db, &letter, tried, app.clock.now()).await?;
    Ok(true)
}

/// When a nudge may leave, if its reader sleeps now. Asked here, for whatever late hour a letter was planned or
/// tried again at.
fn not_before(email: &Email, now: OffsetDateTime) -> Option<OffsetDateTime> {
    let zone = email.by_day_in.as_deref()?;
    Some(local_time::next_permitted(zone, now)).filter(|until| *until > now)
}

/// A mail library that panics must not take the worker with it: the email is retried and, in the end, parked.
async fn send(mailer: &Mailer, email: Email) -> Tried {
    let mailer = mailer.clone();
    let sending = tokio::spawn(async move { tokio::time::timeout(outbox::LONGEST_TRY, mailer.send(email)).await });
    match sending.await {
        Ok(Ok(Ok(()))) => Tried::Sent,
        Ok(Ok(Err(error))) if error.is_final() => Tried::Refused(error.to_string()),
        Ok(Ok(Err(error))) => Tried::Failed(error.to_string()),
        Ok(Err(_)) => Tried::Failed("the mail server took too long".to_owned()),
        Err(_) => Tried::Failed("the email could not be put together".to_owned()),
    }
}

/// Asks each feature whether the letter is one of its own. `None`: it is no longer needed.
async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Result<Option<Email>> {
    macro_rules! ask {
        ($($feature:ident)+) => {
            $(if let Some(written) = $feature::compose(app, db, letter).await {
                return written;
            })+
        };
    }
    ask!(accounts email_changes programs approvals answer_letters digests inviting reminders pledges standings groups products
         move_offers leaving letters help meeting_letters closing_groups time_polls trip_hosts host_thanks trip_approvals field_trips observation_notes
         feedback_asks drafts revisions spoken_feedback reports portfolios pulse nudges week_ahead did_you_meet trip_reminders own_data);
    Err(AppError::internal(format!("no such kind of letter: {}", letter.kind)))
}

async fn sweep(app: &App) {
    let swept = match app.db.acquire().await {
        Ok(mut db) => limits::sweep(&mut db, app.clock.now()).await.map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    if let Err(error) = swept {
        tracing::warn!(error, "old counters stay for now");
    }
}
