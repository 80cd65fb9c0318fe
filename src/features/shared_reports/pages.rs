//! What the pages of sharing need, ready to be shown.
use super::{
    card::missing,
    model::Decision,
    service::{OwnReport, Shelf, Whole},
};
use crate::access::{GroupMember, InProgram};
use crate::base::{local_time, text::first_name, words};
use crate::features::{groups::readers, trips::TripState};
use crate::web::{form::Errors, page::Shell, state::App};
use askama::Template;

#[derive(Template)]
#[template(path = "shared_reports/share.html")]
pub(super) struct SharePage {
    shell: Shell,
    errors: Errors,
    trip_path: String,
    program_path: String,
    title: String,
    decision: Decision,
    /// Who proposed the words and when, or since when they are shared.
    stands: String,
    /// Whose yes is missing.
    missing: String,
    lines: Vec<String>,
    hides_words: bool,
    can_propose: bool,
    words: String,
    seen: String,
    /// The reader went, and can agree.
    i_went: bool,
    why_not: &'static str,
    readers: String,
    /// Where it is taken back: who is on hold, or whose program is over, does so for themselves.
    take_back_path: String,
    /// Who reads the words that stand there.
    now_readers: String,
}

impl SharePage {
    pub(super) fn of(app: &App, by: &GroupMember, whole: &Whole, (typed, errors): (Option<String>, Errors)) -> Self {
        let trip = &whole.trip;
        let day = |at| words::day(local_time::day_in(&by.program().time_zone, at));
        let stands = whole.share.as_ref().map(|share| {
            let who = if share.proposed_by == by.participation_id() { "You" } else { first_name(&share.proposer) };
            share.shared_at.map_or_else(
                || format!("{who} proposed these words on {}.", day(share.proposed_at)),
                |at| format!("The program reads it since {}. {who} put it into words.", day(at)),
            )
        });
        let reads = whole.reads_words(by);
        let now = whole.share.as_ref().filter(|_| reads).map_or("", |share| share.words.as_str());
        Self {
            shell: by.shell(app).with(&errors),
            take_back_path: if by.is_on_hold() || !by.program().state.is_running() {
                format!("{}/visits/{}/take-back", by.program().path(), trip.id)
            } else {
                format!("{}/trips/{}/share/take-back", by.group().path(), trip.id)
            },
            trip_path: format!("{}/trips/{}", by.group().path(), trip.id),
            program_path: by.program().path(),
            title: trip.title(),
            decision: whole.decision,
            stands: stands.unwrap_or_default(),
            missing: missing(by, whole),
            lines: lines(now),
            hides_words: whole.share.is_some() && !reads,
            can_propose: whole.can_propose(by),
            words: typed.unwrap_or_else(|| if now.is_empty() { draft(whole) } else { now.to_owned() }),
            seen: whole.share.as_ref().map(super::model::Share::seen).unwrap_or_default(),
            i_went: whole.went.iter().any(|one| one.id == by.participation_id()),
            why_not: why_not(whole),
            readers: readers(by, &whole.members, None),
            now_readers: match &whole.share {
                Some(share) if share.shared_at.is_none() => {
                    let day = local_time::day_in(&by.program().time_zone, share.proposed_at);
                    readers(by, &whole.members, Some(day))
                }
                _ => "Everybody in the program".to_owned(),
            },
            errors,
        }
    }
}

const fn why_not(whole: &Whole) -> &'static str {
    let trip = &whole.trip;
    if whole.share.is_some() {
        ""
    } else if !matches!(trip.state, TripState::Reported) {
        "There is nothing to share yet: first the visit is written up."
    } else if trip.report_was_before_me {
        "It was written up before you came. One of the others can propose to share it."
    } else if whole.went.is_empty() {
        "Nobody who went is in the group now, so nobody can agree to share it."
    } else {
        ""
    }
}

/// What was learned and one thing to try, to begin from: never what the people they talked with said.
fn draft(whole: &Whole) -> String {
    let trip = &whole.trip;
    let to_try = if trip.to_try.is_empty() { String::new() } else { format!("\n\nOne thing we try: {}", trip.to_try) };
    format!("{}{to_try}", trip.learned)
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// A report as the program reads it.
#[derive(Debug)]
pub(super) struct Shared {
    id: String,
    heading: String,
    about: String,
    lines: Vec<String>,
}

#[derive(Template)]
#[template(path = "shared_reports/visits.html")]
pub(super) struct VisitsPage {
    shell: Shell,
    path: String,
    program: String,
    coordinates: bool,
    is_open: bool,
    shared: Vec<Shared>,
    /// What the reader can take back.
    own: Vec<Shared>,
    next: String,
}

impl VisitsPage {
    pub(super) fn of(program: &InProgram, shell: Shell, listed: &Shelf, is_open: bool) -> Self {
        let shared = listed.reports.iter().map(|one| Shared {
            id: one.trip_id.to_string(),
            heading: format!("{}: {}", one.group_name, words::capital(one.kind.with_article())),
            about: words::day_and_year(one.on_date),
            lines: lines(&one.words),
        });
        Self {
            shell,
            path: program.path(),
            program: program.name.clone(),
            coordinates: false,
            is_open,
            shared: shared.collect(),
            own: Vec::new(),
            next: listed.next.map(|id| id.to_string()).unwrap_or_default(),
        }
    }

    /// With what the reader can take back.
    pub(super) fn with_own(mut self, own: &[OwnReport]) -> Self {
        let own = own.iter().map(|one| Shared {
            id: one.trip_id.to_string(),
            heading: format!("{}: {}", one.group_name, words::capital(one.kind.with_article())),
            about: format!(
                "{}. {}",
                words::day_and_year(one.on_date),
                if one.is_shared {
                    "The program reads it."
                } else {
                    "You proposed words for it; the program does not read it."
                }
            ),
            lines: Vec::new(),
        });
        self.own = own.collect();
        self
    }

    /// The same for who coordinates.
    pub(super) fn coordinating(mut self) -> Self {
        self.coordinates = true;
        self
    }
}
