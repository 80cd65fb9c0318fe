//! The page of one trip: it leads through before, during and after.
mod progress;

use super::super::{
    model::{NextStep, Reach, Told, Trip, TripState, next_step},
    service::{self, Whole},
};
use crate::access::GroupMember;
use crate::base::{text, words};
use crate::features::{
    groups::readers, interviews::InterviewsCard, return_visits::ReturnCard, trip_approvals::CoverCard,
    trip_hosts::HostCard, trip_needs::TravelCard,
};
use crate::web::{form::Errors, page::Shell, state::App};
use askama::Template;
use serde::Deserialize;
use time::Date;

/// What the small forms of the page send.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct StepTyped {
    pub(in super::super) pre_met_on: String,
    pub(in super::super) told: String,
    pub(in super::super) completed_on: String,
    pub(in super::super) debriefed_on: String,
    pub(in super::super) on_date: String,
    /// Another day, but which is not settled.
    pub(in super::super) later: String,
    /// The plan as it was when the page was opened: see [`Trip::version`].
    pub(in super::super) seen: String,
}

/// One trip.
#[derive(Template)]
#[template(path = "field_trips/trip.html")]
pub(in super::super) struct TripPage {
    shell: Shell,
    group_name: String,
    group_path: String,
    path: String,
    title: String,
    noun: &'static str,
    is_observation: bool,
    takes_notes: bool,
    state: TripState,
    step: NextStep,
    errors: Errors,
    typed: StepTyped,
    observer: String,
    observed: String,
    /// The other of the two, for one of them.
    other: String,
    purpose: String,
    day: String,
    iso_day: String,
    version: String,
    time: String,
    place: String,
    reach: &'static str,
    who_goes: String,
    cost: String,
    work_time: Option<bool>,
    host: String,
    host_email: String,
    host_card: HostCard,
    cover_card: CoverCard,
    travel_card: TravelCard,
    /// Where it is, and its title: empty for one from before the reader came, who cannot open it.
    goal: Option<(String, String)>,
    focus: Vec<String>,
    off_limits: Vec<String>,
    questions: Vec<String>,
    interviews: Option<InterviewsCard>,
    return_visit: Option<ReturnCard>,
    learned: Vec<String>,
    to_try: String,
    /// It took place: a page leads through what follows.
    goes_on: bool,
    /// Written up, and not for this reader.
    notes_are_hidden: bool,
    /// Written up before the reader came.
    notes_were_before_me: bool,
    was_before_me: bool,
    hides_focus: bool,
    debrief_wish: String,
    progress: Vec<progress::Line>,
    offers_pre_met: bool,
    can_change: bool,
    can_move: bool,
    /// Who reads what the group writes.
    readers: String,
    /// Who reads what is written up.
    note_readers: String,
}

impl TripPage {
    pub(in super::super) fn new(
        app: &App,
        member: &GroupMember,
        whole: &Whole,
        typed: Option<StepTyped>,
        errors: Errors,
    ) -> Self {
        let (trip, me) = (&whole.trip, member.participation_id());
        let today = service::today(app, member);
        let step = next_step(trip, me, today);
        let group_path = member.group().path();
        let (observed, watcher) = (called(trip.observed_name.as_deref()), called(trip.observer_name.as_deref()));
        let other = if trip.observer_id == Some(me) { observed.clone() } else { watcher.clone() };
        let may_read = trip.may_read_notes(me);
        Self {
            shell: member.shell(app).with(&errors),
            group_name: member.group().name.clone(),
            path: format!("{group_path}/trips/{}", trip.id),
            title: trip.title(),
            noun: trip.kind.noun(),
            is_observation: trip.is_observation(),
            takes_notes: trip.is_one_of_the_two(me) && trip.state.is_taken_or_booked(),
            state: trip.state,
            typed: typed
                .unwrap_or_else(|| StepTyped { completed_on: words::iso_day(trip.on_date), ..StepTyped::default() }),
            purpose: trip.purpose.clone(),
            day: words::long_day(trip.on_date),
            iso_day: words::iso_day(trip.on_date),
            version: trip.version(),
            time: trip.starts_time.map(words::clock_time).unwrap_or_default(),
            place: trip.place.clone(),
            reach: reach_words(trip.reach()),
            who_goes: who_goes(member, whole),
            cost: cost(member, trip),
            work_time: trip.work_time,
            host: host(trip),
            host_email: trip.host_email.clone(),
            host_card: host_card(member, whole, today),
            cover_card: cover_card(member, whole, today),
            travel_card: travel_card(member, whole, today),
            goal: goal(trip, &group_path),
            focus: whole.focus.iter().map(|element| element.title.clone()).collect(),
            off_limits: whole.off_limits.clone(),
            questions: lines(&trip.questions),
            interviews: whole.interviews.clone(),
            return_visit: whole.return_visit.clone(),
            learned: if may_read { lines(&trip.learned) } else { Vec::new() },
            to_try: if may_read { trip.to_try.clone() } else { String::new() },
            goes_on: trip.state.took_place() && may_read,
            notes_were_before_me: may_read && trip.report_was_before_me,
            notes_are_hidden: !may_read && trip.state == TripState::Reported,
            debrief_wish: words::long_day(trip.on_date + Trip::DEBRIEF_WITHIN),
            progress: progress::of(trip, step, &observed),
            offers_pre_met: offers_pre_met(trip, member, step),
            can_change: trip.state == TripState::Planned && whole.can_be_rewritten(),
            can_move: trip.state.is_ahead(),
            note_readers: note_readers(member, whole, &other),
            was_before_me: trip.was_before_me,
            hides_focus: whole.hides_focus,
            readers: readers(member, &whole.members, Some(trip.worded_on)),
            group_path,
            step,
            errors,
            observer: watcher,
            observed,
            other,
        }
    }
}

/// Who reads what is written up, or will be.
fn note_readers(member: &GroupMember, whole: &Whole, other: &str) -> String {
    if whole.trip.is_observation() {
        format!("{other} and you")
    } else {
        readers(member, &whole.members, whole.trip.reported_on)
    }
}

fn called(name: Option<&str>) -> String {
    name.map(|name| text::first_name(name).to_owned()).unwrap_or_default()
}

/// Where its goal is, and what it is called.
fn goal(trip: &Trip, group_path: &str) -> Option<(String, String)> {
    let (id, title) = trip.goal_id.zip(trip.goal_title.clone())?;
    Some((format!("{group_path}/goals/{id}"), title))
}

/// Nothing where it costs nothing.
fn cost(member: &GroupMember, trip: &Trip) -> String {
    if trip.cost_cents == 0 { String::new() } else { words::money(trip.cost_cents, &member.program().currency) }
}

const fn reach_words(reach: Reach) -> &'static str {
    match reach {
        Reach::Here => "At our own institution, so it uses no trip day",
        Reach::Away => "At another place, so it uses a trip day",
        Reach::Video => "By video, so it uses no trip day",
    }
}

fn who_goes(member: &GroupMember, whole: &Whole) -> String {
    let mut names: Vec<String> = whole
        .goers
        .iter()
        .filter(|goer| goer.id != member.participation_id())
        .map(|goer| text::first_name(&goer.name).to_owned())
        .collect();
    if names.len() < whole.goers.len() {
        names.push("you".to_owned());
    }
    words::capital(&words::list(&names))
}

fn host(trip: &Trip) -> String {
    let parts = [&trip.host_person, &trip.host_institution];
    parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ")
}

/// The host is asked until the day, by who reads their address.
fn host_card(member: &GroupMember, whole: &Whole, today: Date) -> HostCard {
    let trip = &whole.trip;
    let can_ask = !trip.host_email.is_empty() && trip.state.is_ahead() && today <= trip.on_date;
    HostCard::of(member, whole.host.as_ref(), trip.on_date, can_ask)
}

/// Until the day, of a trip that takes a day or money of those who go.
fn cover_card(member: &GroupMember, whole: &Whole, today: Date) -> CoverCard {
    let trip = &whole.trip;
    let takes = trip.cost_cents > 0 || trip.reach() == Reach::Away;
    CoverCard::of(member, &whole.covers, takes && trip.state.is_ahead() && today <= trip.on_date)
}

/// Until the day it is to be written, later to be read.
fn travel_card(member: &GroupMember, whole: &Whole, today: Date) -> TravelCard {
    let is_open = whole.trip.state.is_ahead() && today <= whole.trip.on_date;
    TravelCard::of(member, whole.travel.as_ref(), is_open)
}

/// Text as it was typed, line by line.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// The two may note that they met beforehand until it is written up, also after the day.
fn offers_pre_met(trip: &Trip, member: &GroupMember, step: NextStep) -> bool {
    trip.is_one_of_the_two(member.participation_id())
        && trip.pre_met_on.is_none()
        && matches!(trip.state, TripState::Confirmed | TripState::Completed)
        && step != NextStep::PreMeet
}

/// "4 May", for a line that something is done.
fn on(date: Option<Date>) -> String {
    date.map(|date| format!("on {}", words::day(date))).unwrap_or_default()
}
