//! What the page of a trip and the page about getting there show.
use super::{model::Travel, service::Whole};
use crate::access::GroupMember;
use crate::base::{ids::FieldTripId, text, words};
use crate::features::groups::readers;
use crate::web::{form::Errors, page::Shell, state::App};
use askama::Template;

/// What the page of a trip shows about getting there.
#[derive(Debug, Default)]
pub(crate) struct TravelCard {
    /// Line by line.
    pub(crate) lines: Vec<String>,
    /// Written before the reader came.
    pub(crate) was_before_me: bool,
    /// There is a page to read and write it.
    pub(crate) is_open: bool,
}

impl TravelCard {
    /// For a member; `is_open` until the day of a trip that is not called off.
    pub(crate) fn of(by: &GroupMember, travel: Option<&Travel>, is_open: bool) -> Self {
        let was_before_me = travel.is_some_and(|travel| travel.written_on < by.joined_on());
        let words = travel.filter(|_| !was_before_me).map_or("", |travel| travel.words.as_str());
        Self { lines: lines(words), was_before_me, is_open }
    }
}

/// Text as it was typed, line by line.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// What was typed into one of the two boxes.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) travel: Option<String>,
    pub(super) needs: Option<String>,
}

#[derive(Template)]
#[template(path = "trip_needs/way.html")]
pub(super) struct WayPage {
    shell: Shell,
    errors: Errors,
    trip_path: String,
    group_name: String,
    group_path: String,
    day: String,
    noun: String,
    is_open: bool,
    travel: String,
    travel_lines: Vec<String>,
    travel_was_before_me: bool,
    /// Who reads how to get there.
    readers: String,
    i_go: bool,
    i_planned: bool,
    needs: String,
    needs_lines: Vec<String>,
    /// Who reads what the reader needs: "You alone", "Priya, who planned this, and you".
    needs_readers: String,
    /// What the others need, for whoever planned the trip.
    others: Vec<(String, Vec<String>)>,
}

impl WayPage {
    pub(super) fn of(
        app: &App,
        by: &GroupMember,
        id: FieldTripId,
        whole: &Whole,
        (typed, errors): (Option<Typed>, Errors),
    ) -> Self {
        let me = by.participation_id();
        let group_path = by.group().path();
        let typed = typed.unwrap_or_default();
        let was_before = whole.travel_was_before(by);
        let travel = whole.travel.as_ref().filter(|_| !was_before).map_or("", |travel| travel.words.as_str());
        let mine = whole.needs.iter().find(|one| one.participation_id == me).map_or("", |one| one.words.as_str());
        let i_planned = whole.trip.organiser_id == me;
        let others = whole.needs.iter().filter(|one| one.participation_id != me);
        Self {
            shell: by.shell(app).with(&errors),
            errors,
            trip_path: format!("{group_path}/trips/{id}"),
            group_name: by.group().name.clone(),
            group_path,
            day: words::long_day(whole.trip.on_date),
            noun: whole.trip.kind.clone(),
            is_open: whole.is_open,
            travel_lines: lines(travel),
            travel: typed.travel.unwrap_or_else(|| travel.to_owned()),
            travel_was_before_me: was_before,
            readers: readers(by, &whole.members, None),
            i_go: whole.trip.i_go,
            i_planned,
            needs_lines: lines(mine),
            needs: typed.needs.unwrap_or_else(|| mine.to_owned()),
            needs_readers: match whole.organiser() {
                Some(name) if !i_planned => format!("{name}, who planned this, and you"),
                _ => "You alone".to_owned(),
            },
            others: others.map(|one| (text::first_name(&one.name).to_owned(), lines(&one.words))).collect(),
        }
    }
}
