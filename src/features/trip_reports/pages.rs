//! What the page after a trip needs, ready to be shown.
use super::{
    model::Boxes,
    service::{Typed, Whole},
};
use crate::access::GroupMember;
use crate::base::{text::first_name, words};
use crate::features::{
    groups::readers, host_thanks::ThanksCard, interviews::InterviewsCard, return_visits::ReturnCard,
    shared_reports::ShareCard,
};
use crate::web::{form::Errors, page::Shell, state::App};
use askama::Template;

/// What follows a visit besides its report.
struct Following<'a> {
    interviews: &'a InterviewsCard,
    thanks: Option<&'a ThanksCard>,
    share: &'a ShareCard,
    return_visit: Option<&'a ReturnCard>,
}

#[derive(Template)]
#[template(path = "trip_reports/after.html")]
pub(super) struct AfterPage<'a> {
    shell: Shell,
    errors: Errors,
    group_path: String,
    path: String,
    trip_id: String,
    title: String,
    noun: &'static str,
    day: String,
    is_observation: bool,
    is_return: bool,
    took_place: bool,
    may_read: bool,
    was_before_me: bool,
    boxes: Boxes,
    typed: Typed,
    /// What was typed for a box that has closed meanwhile.
    kept: Vec<(&'static str, String)>,
    kept_why: &'static str,
    learned: Vec<String>,
    to_try: String,
    observer: String,
    observed: String,
    i_observe: bool,
    i_am_observed: bool,
    /// The reader may make an action of what is to be tried.
    may_act: bool,
    following: Option<Following<'a>>,
    readers: String,
}

impl<'a> AfterPage<'a> {
    pub(super) fn of(app: &App, by: &GroupMember, whole: &'a Whole, (typed, errors): (Typed, Errors)) -> Self {
        let (trip, me) = (&whole.trip, by.participation_id());
        let called = |name: Option<&str>| name.map_or("", first_name).to_owned();
        let (watcher, observed) = (called(trip.observer_name.as_deref()), called(trip.observed_name.as_deref()));
        let i_observe = trip.observer_id == Some(me);
        let i_am_observed = trip.observed_id == Some(me);
        let group_path = by.group().path();
        Self {
            shell: by.shell(app).with(&errors),
            errors,
            path: format!("{group_path}/trips/{}", trip.id),
            group_path,
            trip_id: trip.id.to_string(),
            title: trip.title(),
            noun: trip.kind.noun(),
            day: words::long_day(trip.on_date),
            is_observation: trip.is_observation(),
            is_return: trip.is_return,
            took_place: trip.state.took_place(),
            may_read: trip.may_read_report(me),
            was_before_me: trip.report_was_before_me,
            boxes: whole.boxes,
            kept: typed.kept(trip, me),
            kept_why: if trip.state.took_place() {
                "Somebody wrote it up while you typed"
            } else {
                "It is written up once it took place"
            },
            typed,
            learned: trip.learned.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect(),
            to_try: trip.to_try.clone(),
            may_act: !trip.to_try.is_empty() && (!trip.is_observation() || i_am_observed),
            following: whole.followed.as_ref().map(|followed| Following {
                interviews: &followed.interviews,
                thanks: followed.thanks.as_ref(),
                share: &followed.share,
                return_visit: followed.return_visit.as_ref(),
            }),
            readers: if trip.is_observation() {
                format!("{} and you", if i_observe { &observed } else { &watcher })
            } else {
                readers(by, &whole.members, trip.reported_on)
            },
            observer: watcher,
            observed,
            i_observe,
            i_am_observed,
        }
    }
}
