//! What may become of a trip, what comes next on it, and what fits.
use see_also::{
    base::ids::{FieldTripId, ParticipationId},
    features::{
        field_trips::{NextStep, Trip, TripKind, TripState, day_between, new_day, next_step, pre_meeting_day},
        month_hours::{Month, over},
        observation_notes::{Deleting, Side, deleting},
        return_visits::{How, Said, Standing, standing},
        shared_reports::{Decision, Share, Went, decision},
        trip_approvals::{Means, Misfit, fits},
        trip_hosts::{Answer, Asked, HostWord, Stance, stance},
        trip_reminders::{Facts, Step, is_due},
    },
};
use time::{Date, Duration, OffsetDateTime, macros::date};

const DAY: Date = date!(2026 - 05 - 04);
const BEFORE: Date = date!(2026 - 05 - 01);
const NONE: Means = Means { days: 0, cents: 0 };

fn trip(kind: TripKind, state: TripState) -> (Trip, ParticipationId, ParticipationId) {
    let (observer, observed) = (ParticipationId::generate(), ParticipationId::generate());
    let two = kind == TripKind::Observation;
    let trip = Trip {
        id: FieldTripId::generate(),
        kind,
        state,
        by_video: false,
        away: false,
        purpose: "See how it begins".to_owned(),
        goal_id: None,
        goal_title: None,
        goal_owner_id: None,
        goal_worded_on: None,
        on_date: DAY,
        starts_time: None,
        place: String::new(),
        host_institution: String::new(),
        host_person: String::new(),
        host_email: String::new(),
        questions: String::new(),
        cost_cents: 0,
        work_time: None,
        observer_id: two.then_some(observer),
        observer_name: two.then(|| "Marcus Boone".to_owned()),
        observed_id: two.then_some(observed),
        observed_name: two.then(|| "Priya Whitlock".to_owned()),
        consented_at: None,
        pre_met_on: None,
        told: None,
        debriefed_on: None,
        confirmed_on: None,
        completed_on: None,
        reported_on: None,
        learned: String::new(),
        to_try: String::new(),
        is_return: false,
        worded_at: OffsetDateTime::UNIX_EPOCH,
        worded_on: date!(2026 - 01 - 20),
        was_before_me: false,
        report_was_before_me: false,
    };
    (trip, observer, observed)
}

#[test]
fn a_trip_goes_forward_and_never_back_from_the_past() {
    use TripState::{Cancelled, Completed, Confirmed, Planned, Postponed, Reported};
    let allowed = [
        (Planned, Planned),
        (Planned, Confirmed),
        (Planned, Postponed),
        (Planned, Cancelled),
        (Confirmed, Planned),
        (Confirmed, Completed),
        (Confirmed, Postponed),
        (Confirmed, Cancelled),
        (Completed, Reported),
        (Postponed, Planned),
        (Postponed, Postponed),
        (Postponed, Cancelled),
    ];
    for from in TripState::ALL {
        for to in TripState::ALL {
            assert_eq!(from.may_become(*to), allowed.contains(&(*from, *to)), "{from:?} to {to:?}");
        }
    }
    assert!(!Reported.may_become(Cancelled));
}

#[test]
fn an_observation_leads_each_reader_to_their_own_next_step() {
    let (mut trip, observer, observed) = trip(TripKind::Observation, TripState::Planned);
    let other = ParticipationId::generate();
    assert_eq!(next_step(&trip, observed, BEFORE), NextStep::GiveConsent);
    assert_eq!(next_step(&trip, observer, BEFORE), NextStep::WaitForConsent);
    trip.consented_at = Some(OffsetDateTime::UNIX_EPOCH);
    assert_eq!(next_step(&trip, other, BEFORE), NextStep::Confirm);
    trip.state = TripState::Confirmed;
    assert_eq!(next_step(&trip, observer, BEFORE), NextStep::PreMeet);
    assert_eq!(next_step(&trip, other, BEFORE), NextStep::WaitForTheDay);
    trip.pre_met_on = Some(BEFORE);
    assert_eq!(next_step(&trip, observer, BEFORE), NextStep::WaitForTheDay);
    assert_eq!(next_step(&trip, other, DAY), NextStep::SayItTookPlace);
    trip.state = TripState::Completed;
    assert_eq!(next_step(&trip, observed, DAY), NextStep::Report);
    assert_eq!(next_step(&trip, other, DAY), NextStep::WaitForTheTwo);
    trip.state = TripState::Reported;
    assert_eq!(next_step(&trip, observed, DAY), NextStep::Debrief);
    assert_eq!(next_step(&trip, other, DAY), NextStep::Done);
    trip.debriefed_on = Some(DAY);
    assert_eq!(next_step(&trip, observed, DAY), NextStep::Done);
    assert_eq!(trip.title(), "Marcus observes Priya");
}

#[test]
fn notes_of_an_observation_are_for_the_two_and_of_a_visit_for_the_group() {
    let anyone = ParticipationId::generate();
    let (observation, observer, observed) = trip(TripKind::Observation, TripState::Reported);
    assert!(observation.may_read_notes(observer) && observation.may_read_notes(observed));
    assert!(!observation.may_read_notes(anyone));
    let (visit, _, _) = trip(TripKind::SiteVisit, TripState::Reported);
    assert!(visit.may_read_notes(anyone));
}

#[test]
fn a_trip_fits_into_what_is_left_of_what_was_agreed() {
    let agreed = Some(Means { days: 1, cents: 8000 });
    let needed = Means { days: 1, cents: 3000 };
    assert_eq!(fits(agreed, NONE, needed), Ok(()));
    assert_eq!(fits(agreed, NONE, Means { days: 1, cents: 8000 }), Ok(()), "all of it is not too much");
    assert_eq!(fits(agreed, Means { days: 1, cents: 0 }, needed), Err(Misfit::Days { left: 0 }));
    assert_eq!(
        fits(agreed, Means { days: 0, cents: 6000 }, needed),
        Err(Misfit::Budget { left_cents: 2000 }),
        "money counts by itself"
    );
    assert_eq!(fits(None, NONE, needed), Err(Misfit::NothingApproved));
    assert_eq!(fits(None, NONE, NONE), Ok(()), "what needs nothing needs no approval");
    let overdrawn = Means { days: 3, cents: 9000 };
    assert_eq!(fits(agreed, overdrawn, NONE), Ok(()), "what needs nothing fits although nothing is left");
    assert_eq!(fits(agreed, overdrawn, needed), Err(Misfit::Days { left: 0 }), "never less than nothing");
}

#[test]
fn days_that_lie_behind_are_no_later_than_today() {
    let today = date!(2026 - 05 - 10);
    assert!(day_between(today, Some(DAY), today).is_ok());
    assert!(day_between(date!(2026 - 05 - 11), Some(DAY), today).is_err(), "in the future");
    assert!(day_between(BEFORE, Some(DAY), today).is_err(), "before the trip");
    assert!(pre_meeting_day(DAY, DAY, today).is_ok(), "on the same day is before it");
    assert!(pre_meeting_day(date!(2026 - 05 - 05), DAY, today).is_err(), "after the observation");
    assert!(pre_meeting_day(DAY, DAY, BEFORE).is_err(), "in the future");
    assert!(new_day(DAY, Some(DAY), BEFORE..=today).is_err(), "the same day");
    assert!(new_day(date!(2026 - 05 - 11), Some(DAY), BEFORE..=today).is_err(), "after the program");
    assert!(new_day(today, Some(DAY), BEFORE..=today).is_ok());
    assert!(new_day(DAY, None, BEFORE..=today).is_ok(), "put off, it may be on its old day after all");
}

#[test]
fn a_host_stands_to_the_day_the_trip_is_planned_for() {
    let answer = |word, offered_on| Answer {
        word,
        at: OffsetDateTime::UNIX_EPOCH,
        about_day: DAY,
        offered_on,
        day_line: String::new(),
        in_return: String::new(),
        questions: String::new(),
    };
    let asked = |answer| Asked { by: ParticipationId::generate(), at: OffsetDateTime::UNIX_EPOCH, times: 1, answer };
    let later = date!(2026 - 05 - 06);
    assert_eq!(stance(None, DAY), Stance::NotAsked);
    assert_eq!(stance(Some(&asked(None)), DAY), Stance::Waits);
    let yes = asked(Some(answer(HostWord::Agreed, None)));
    assert_eq!(stance(Some(&yes), DAY), Stance::Agreed);
    assert_eq!(stance(Some(&yes), later), Stance::OfAnotherDay(DAY), "moved since");
    let other = asked(Some(answer(HostWord::OtherDay, Some(later))));
    assert_eq!(stance(Some(&other), DAY), Stance::Offers(later));
    assert_eq!(stance(Some(&other), later), Stance::Agreed, "moved to the day they offered");
    assert_eq!(stance(Some(&other), BEFORE), Stance::OfAnotherDay(DAY));
}

#[test]
fn notes_are_deleted_by_the_observed_for_14_days_and_then_by_both() {
    use Side::{Observed, Observer};
    let (last, after) = (date!(2026 - 05 - 18), date!(2026 - 05 - 19));
    assert_eq!(deleting(Observer, None, None, DAY), Deleting::AtOnce, "his own, until he hands them over");
    assert_eq!(deleting(Observed, None, None, DAY), Deleting::Nothing, "there are none for her");
    for day in [DAY, last] {
        assert_eq!(deleting(Observed, Some(DAY), None, day), Deleting::AtOnce);
        assert_eq!(deleting(Observer, Some(DAY), None, day), Deleting::Ask);
    }
    assert_eq!(deleting(Observed, Some(DAY), None, after), Deleting::Ask);
    for (me, other) in [(Observer, Observed), (Observed, Observer)] {
        assert_eq!(deleting(me, Some(DAY), Some(me), after), Deleting::Asked);
        assert_eq!(deleting(me, Some(DAY), Some(other), after), Deleting::AtOnce, "both want it");
    }
}

#[test]
fn each_reminder_has_its_days_and_stops_when_it_is_done() {
    use Step::{Debrief, PreMeeting, Report};
    let confirmed = Facts {
        kind: TripKind::Observation,
        state: TripState::Confirmed,
        on_date: DAY,
        has_pre_met: false,
        is_debriefed: false,
    };
    let due = |step, facts: &Facts, after: i64| is_due(step, facts, DAY + Duration::days(after));
    for (step, first, last) in [(PreMeeting, -7, -1), (Debrief, 3, 14), (Report, 10, 40)] {
        for (day, expected) in [(first - 1, false), (first, true), (last, true), (last + 1, false)] {
            assert_eq!(due(step, &confirmed, day), expected, "{step:?} on day {day}");
        }
    }
    assert!(!due(PreMeeting, &Facts { state: TripState::Planned, ..confirmed }, -3), "the day does not stand yet");
    assert!(!due(PreMeeting, &Facts { has_pre_met: true, ..confirmed }, -3), "they have met");
    assert!(!due(Debrief, &Facts { is_debriefed: true, ..confirmed }, 5), "they have talked");
    assert!(due(Debrief, &Facts { state: TripState::Reported, ..confirmed }, 5), "written up, not talked over");
    assert!(!due(Debrief, &Facts { state: TripState::Planned, ..confirmed }, 5), "it was never confirmed");
    assert!(!due(Report, &Facts { state: TripState::Reported, ..confirmed }, 12), "written up");
    for state in [TripState::Cancelled, TripState::Postponed] {
        let off = Facts { state, ..confirmed };
        for day in [-3, 5, 12] {
            assert!(![PreMeeting, Debrief, Report].iter().any(|step| due(*step, &off, day)), "{state:?} on day {day}");
        }
    }
    let visit = Facts { kind: TripKind::SiteVisit, ..confirmed };
    assert!(!due(PreMeeting, &visit, -3) && !due(Debrief, &visit, 5), "only an observation is met for and talked over");
    assert!(due(Report, &visit, 10));
}

#[test]
fn a_month_warns_once_it_comes_to_more_than_was_approved() {
    let month = |minutes, agreed_hours| over(&Month { day: DAY, minutes, agreed_hours });
    assert_eq!(month(240, Some(4)), None, "all of it is not too much");
    assert_eq!(
        month(241, Some(4)).unwrap(),
        "Your meetings in May come to 4 hours 1 minute, and your supervisor approved 4 hours a month. Only you read this."
    );
    assert!(month(300, Some(4)).unwrap().contains("come to 5 hours, and"));
    assert!(month(61, Some(1)).unwrap().contains("approved 1 hour a month"));
    assert_eq!(month(600, Some(0)), None, "no fixed hours");
    assert_eq!(month(600, None), None, "nothing is approved in hours");
}

#[test]
fn a_return_visit_waits_until_something_holds_of_it() {
    let (today, soon, past) = (DAY, date!(2026 - 05 - 20), BEFORE);
    let said = |how, on_date, trip| Said { how, on_date, trip };
    let as_trip = |day, state| said(How::Planned, None, Some((FieldTripId::generate(), day, state)));
    let cases = [
        (None, Standing::Open, true),
        (Some(said(How::Unneeded, None, None)), Standing::Unneeded, false),
        (Some(said(How::Done, Some(past), None)), Standing::Done(past), false),
        (Some(said(How::Planned, Some(soon), None)), Standing::Planned(soon), false),
        (Some(said(How::Planned, Some(today), None)), Standing::Planned(today), false),
        (Some(said(How::Planned, Some(past), None)), Standing::Due(past), true),
        // As a trip it stands as the trip does.
        (Some(as_trip(soon, TripState::Planned)), Standing::Planned(soon), false),
        (Some(as_trip(past, TripState::Confirmed)), Standing::Due(past), true),
        (Some(as_trip(past, TripState::Completed)), Standing::Done(past), false),
        (Some(as_trip(past, TripState::Reported)), Standing::Done(past), false),
        (Some(as_trip(soon, TripState::Cancelled)), Standing::Open, true),
    ];
    for (said, stands, waits) in cases {
        let found = standing(said.as_ref(), today);
        assert_eq!((found, found.waits()), (stands, waits), "{said:?}");
    }
}

#[test]
fn a_report_is_shared_by_all_who_went_and_by_nobody_else() {
    let (me, other, third) = (ParticipationId::generate(), ParticipationId::generate(), ParticipationId::generate());
    let share = |shared_at| Share {
        words: "They rotate the desk".to_owned(),
        proposed_by: third,
        proposer: "Hana Sørby".to_owned(),
        proposed_at: OffsetDateTime::UNIX_EPOCH,
        shared_at,
    };
    let went = |mine, others| {
        let one = |id, has_agreed| Went { id, name: "Somebody".to_owned(), has_agreed };
        [one(me, mine), one(other, others)]
    };
    let proposed = share(None);
    assert_eq!(decision(None, &went(false, false), me), Decision::NotProposed);
    assert_eq!(decision(Some(&proposed), &went(false, true), me), Decision::Yours);
    assert_eq!(decision(Some(&proposed), &went(true, false), me), Decision::OfOthers);
    assert_eq!(decision(Some(&proposed), &went(false, false), third), Decision::OfOthers);
    assert_eq!(decision(Some(&proposed), &went(true, true), third), Decision::Unanimous);
    let shared = share(Some(OffsetDateTime::UNIX_EPOCH));
    assert_eq!(decision(Some(&shared), &went(false, true), me), Decision::Shared);
}
