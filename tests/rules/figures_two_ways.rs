//! Every figure of the report, computed twice: by the program, and here, by a second reading of the same formulas that
//! shares nothing with it but the rows. Hundreds of made-up programs, each as of several days; always the same ones.
use see_also::access::{ParticipationState, ProgramState};
use see_also::base::ids::{ElementId, FieldTripId, GoalId, GroupId, MeetingId, ParticipationId, ProgramId, PulseId};
use see_also::features::{
    actions::ActionState,
    approvals::RequestState,
    elements::ElementState,
    feedback::FeedbackState,
    field_trips::{TripKind, TripState},
    goals::GoalState,
    program_reports::model::{
        Aimed, AskedSupervisor, Belonged, ClosedPulse, Element, GroupRecords, Item, Met, Part, Promised, Records, Said,
        Went, report, rows, whole,
    },
    progress::{ItemKind, MeetingState, figures},
    pulse::{self, Answer, Pulse, PulseKind},
};
use see_also::web::cells::Cell;
use serde_json::Value;
use std::collections::BTreeMap;
use time::{Date, Duration, Time, macros::date};

const START: Date = date!(2026 - 01 - 12);
const END: i64 = 151;

/// The same throws for the same seed.
struct Dice(u64);

impl Dice {
    fn throw(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    /// `from` to `to`, both included.
    fn between(&mut self, from: i64, to: i64) -> i64 {
        let span = u64::try_from(to - from + 1).unwrap();
        from + i64::try_from(self.throw() % span).unwrap()
    }
    fn small(&mut self, from: i32, to: i32) -> i32 {
        i32::try_from(self.between(from.into(), to.into())).unwrap()
    }
    fn chance(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }
    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        let at = self.between(0, i64::try_from(of.len()).unwrap() - 1);
        of[usize::try_from(at).unwrap()]
    }
    fn day(&mut self, from: i64, to: i64) -> Date {
        day(self.between(from, to))
    }
    fn maybe<T>(&mut self, percent: i64, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.chance(percent) { Some(make(self)) } else { None }
    }
}

fn day(offset: i64) -> Date {
    START + Duration::days(offset)
}

fn a_request(dice: &mut Dice, part: ParticipationId) -> AskedSupervisor {
    use RequestState as S;
    let asked = dice.between(-40, 60);
    let state = dice.pick(&[
        S::Pending,
        S::Approved,
        S::Approved,
        S::Conditional,
        S::Declined,
        S::Expired,
        S::Cancelled,
        S::Revoked,
        S::Superseded,
    ]);
    let answers = matches!(state, S::Approved | S::Conditional | S::Declined | S::Revoked | S::Superseded);
    let answered = (answers || dice.chance(15)).then(|| asked + dice.between(0, 30));
    let accepted = answered.filter(|_| matches!(state, S::Approved | S::Revoked | S::Superseded) && dice.chance(30));
    let valid_from = dice.between(-5, 20);
    AskedSupervisor {
        part,
        about_trip: dice.chance(15),
        state,
        asked_on: day(asked),
        hours: answered.filter(|_| dice.chance(95)).map(|_| f64::from(dice.small(1, 900)) / 2.0),
        answered_on: answered.map(day),
        decided_on: answered.map(|on| day(on + dice.between(0, 40))),
        accepted_on: accepted.map(|on| day(on + dice.between(0, 10))),
        expires_on: day(asked + 21),
        valid_from: day(valid_from),
        valid_until: day(valid_from + dice.between(20, 160)),
        revoked_from: (state == S::Revoked).then(|| dice.day(20, 120)),
    }
}

fn a_meeting(dice: &mut Dice, members: i32) -> Met {
    use MeetingState as S;
    let on = dice.between(0, 130);
    let state = dice.pick(&[S::Held, S::Held, S::Held, S::Scheduled, S::NotHeld, S::Cancelled]);
    let items = if dice.chance(85) { dice.between(1, 6) } else { 0 };
    let starts_at = day(on).with_time(Time::MIDNIGHT).assume_utc() + Duration::hours(18);
    Met {
        id: MeetingId::generate(),
        created_on: day(on - dice.between(-3, 40)),
        day: day(on),
        starts_at,
        ends_at: starts_at + Duration::hours(1),
        state,
        logged_on: matches!(state, S::Held | S::NotHeld).then(|| day(on + dice.between(0, 12))),
        minutes: if state == S::Held { dice.small(15, 120) } else { 0 },
        present: if state == S::Held { dice.small(2, members.max(2)) } else { 0 },
        items: (0..items)
            .map(|_| Item {
                kind: dice.pick(ItemKind::ALL),
                planned: dice.small(1, 40),
                actual: if state == S::Held { dice.maybe(80, |dice| dice.small(1, 50)) } else { None },
                has_goal: dice.chance(40),
                carried_in: dice.chance(15),
            })
            .collect(),
    }
}

fn a_trip(dice: &mut Dice) -> Went {
    let on = dice.between(5, 130);
    let state = dice.pick(TripState::ALL);
    let took_place = matches!(state, TripState::Completed | TripState::Reported);
    let completed = took_place.then(|| on + dice.between(0, 2));
    Went {
        id: FieldTripId::generate(),
        kind: dice.pick(&[TripKind::Observation, TripKind::Observation, TripKind::SiteVisit, TripKind::Event]),
        created_on: day(on - dice.between(0, 40)),
        day: day(on),
        state,
        confirmed_on: (took_place || state == TripState::Confirmed || dice.chance(40))
            .then(|| day(on - dice.between(0, 20))),
        completed_on: completed.map(day),
        reported_on: completed.filter(|_| state == TripState::Reported).map(|on| day(on + dice.between(0, 9))),
        pre_met_on: dice.maybe(60, |dice| day(on - dice.between(0, 9))),
        debriefed_on: dice.maybe(60, |dice| day(on + dice.between(0, 20))),
        cost_cents: 0,
    }
}

fn a_group(dice: &mut Dice, name: String, parts: &[&Part]) -> GroupRecords {
    use FeedbackState as S;
    let memberships: Vec<Belonged> = parts
        .iter()
        .map(|part| {
            let joined_on = dice.day(0, 25);
            let left_on = part.ended_on.or_else(|| dice.maybe(10, |dice| dice.day(30, 120)));
            Belonged { part: part.id, joined_on, left_on: left_on.map(|left| left.max(joined_on)) }
        })
        .collect();
    let id = |dice: &mut Dice| dice.pick(&parts.iter().map(|part| part.id).collect::<Vec<_>>());
    let goals: Vec<Aimed> = (0..dice.between(0, 5))
        .map(|_| {
            let state = dice.pick(GoalState::ALL);
            let agreed = (state != GoalState::Draft && (state != GoalState::Dropped || dice.chance(50)))
                .then(|| dice.between(3, 80));
            let closed = !matches!(state, GoalState::Draft | GoalState::Agreed);
            Aimed {
                id: GoalId::generate(),
                owner: None,
                state,
                agreed_on: agreed.map(day),
                closed_on: closed.then(|| day(agreed.unwrap_or(10) + dice.between(0, 60))),
                product_on: dice.maybe(50, |dice| dice.day(5, 130)),
            }
        })
        .collect();
    let elements: Vec<Element> = (0..dice.between(0, 8))
        .map(|_| {
            let state =
                dice.pick(&[ElementState::Agreed, ElementState::Agreed, ElementState::Proposed, ElementState::Retired]);
            let agreed = (state != ElementState::Proposed && dice.chance(95)).then(|| dice.between(3, 90));
            Element {
                id: ElementId::generate(),
                goal: goals.first().map_or_else(GoalId::generate, |goal| goal.id),
                about: id(dice),
                state,
                agreed_on: agreed.map(day),
                retired_on: (state == ElementState::Retired).then(|| day(agreed.unwrap_or(5) + dice.between(0, 60))),
            }
        })
        .collect();
    let feedback = (0..dice.between(0, 12))
        .filter_map(|_| {
            let (from, to) = (id(dice), id(dice));
            let spoken = dice.chance(40);
            let state = if spoken {
                dice.pick(&[S::Logged, S::Confirmed, S::Confirmed, S::Disputed, S::Answered])
            } else {
                dice.pick(&[S::Shared, S::Answered, S::Answered])
            };
            let on = dice.between(5, 120);
            let shared = on + dice.between(-1, 9);
            let opened = (!matches!(state, S::Shared | S::Logged | S::Disputed)).then(|| shared + dice.between(0, 9));
            let about: Vec<ElementId> = elements.iter().filter(|one| one.about == to).map(|one| one.id).collect();
            (from != to).then(|| Said {
                from,
                to,
                spoken,
                state,
                on: day(on),
                shared_on: Some(day(shared)),
                opened_on: opened.map(day),
                answered_on: opened.filter(|_| state == S::Answered).map(|on| day(on + dice.between(0, 9))),
                reported_on: dice.maybe(10, |dice| day(shared + dice.between(0, 30))),
                elements: about.into_iter().filter(|_| dice.chance(60)).collect(),
            })
        })
        .collect();
    let members = i32::try_from(parts.len()).unwrap();
    let mut meetings: Vec<Met> = (0..dice.between(0, 9)).map(|_| a_meeting(dice, members)).collect();
    meetings.sort_by_key(|met| met.starts_at);
    GroupRecords {
        id: GroupId::generate(),
        name,
        closed_on: dice.maybe(12, |dice| dice.day(60, 140)),
        agreement_since: None,
        memberships,
        meetings,
        actions: (0..dice.between(0, 9))
            .map(|_| {
                let written = dice.between(0, 110);
                let state = dice.pick(ActionState::ALL);
                Promised {
                    written_on: day(written),
                    due_on: day(written + dice.between(0, 30)),
                    state,
                    closed_on: (state != ActionState::Open).then(|| day(written + dice.between(0, 50))),
                }
            })
            .collect(),
        trips: (0..dice.between(0, 6)).map(|_| a_trip(dice)).collect(),
        goals,
        elements,
        feedback,
    }
}

fn a_pulse(dice: &mut Dice, kind: PulseKind, closed_on: Date) -> (ClosedPulse, Vec<Answer>) {
    let answers: Vec<Answer> = (0..dice.between(0, 9))
        .map(|_| Answer {
            worth: dice.small(1, 5),
            safe: dice.small(1, 5),
            recommend: dice.small(0, 10),
            line: String::new(),
        })
        .collect();
    let at = closed_on.with_time(Time::MIDNIGHT).assume_utc();
    let pulse = Pulse {
        id: PulseId::generate(),
        kind,
        opened_at: at - Duration::days(7),
        last_day: closed_on,
        fewest: dice.small(3, 6),
        invited: 9,
        closed_at: Some(at),
    };
    let results = pulse::results(&pulse, &answers);
    (ClosedPulse { pulse, closed_on, results }, answers)
}

/// A program, and the answers to its pulses, the newest first.
fn a_program(seed: u64) -> (Records, Vec<Vec<Answer>>) {
    use ParticipationState as S;
    let mut throws = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let dice = &mut throws;
    let parts: Vec<Part> = (0..dice.between(2, 12))
        .map(|at| {
            let state = dice.pick(&[
                S::Joined,
                S::Joined,
                S::Joined,
                S::Joined,
                S::OnHold,
                S::Withdrawn,
                S::Removed,
                S::Completed,
                S::Invited,
            ]);
            let ended = matches!(state, S::Withdrawn | S::Removed | S::Completed);
            Part {
                id: ParticipationId::generate(),
                name: format!("Peer {at}"),
                email: String::new(),
                state,
                invited_on: dice.day(-40, -10),
                joined_on: (state != S::Invited).then(|| dice.day(-30, 15)),
                ended_on: ended.then(|| dice.day(20, 120)),
                pause: dice.maybe(15, |dice| {
                    let from = dice.between(10, 100);
                    (day(from), day(from + dice.between(1, 40)))
                }),
            }
        })
        .collect();
    let mut requests: Vec<AskedSupervisor> = Vec::new();
    for part in &parts {
        for _ in 0..dice.between(0, 3) {
            requests.push(a_request(dice, part.id));
        }
    }
    requests.sort_by_key(|request| request.asked_on);
    let groups: Vec<GroupRecords> = (0..dice.between(0, 4))
        .filter_map(|at| {
            let own: Vec<&Part> = parts.iter().filter(|_| dice.chance(40)).collect();
            (!own.is_empty()).then(|| a_group(dice, format!("Group {at}"), &own))
        })
        .collect();
    let pulses = [(PulseKind::End, 140), (PulseKind::Mid, 70)];
    let asked: Vec<(ClosedPulse, Vec<Answer>)> =
        pulses.into_iter().filter_map(|(kind, on)| dice.maybe(70, |dice| a_pulse(dice, kind, day(on)))).collect();
    let (pulses, answers) = asked.into_iter().unzip();
    let records = Records {
        id: ProgramId::generate(),
        name: "=A program".to_owned(),
        institution: String::new(),
        state: ProgramState::Active,
        time_zone: "America/Chicago".to_owned(),
        starts_on: START,
        ends_on: day(END),
        rhythm_days: dice.pick(&[7, 14, 21, 28]),
        approval_required: dice.chance(70),
        opened_on: Some(day(-40)),
        launched_on: Some(START),
        today: dice.day(60, 170),
        parts,
        requests,
        groups,
        pulses,
    };
    (records, answers)
}

// The second reading.

type Named = BTreeMap<String, Option<f64>>;

fn ratio(num: f64, den: f64) -> Option<f64> {
    if den == 0.0 { None } else { Some(num / den) }
}

fn upto(date: Option<Date>, t: Date) -> bool {
    matches!(date, Some(date) if date <= t)
}

fn part_of(r: &Records, id: ParticipationId) -> &Part {
    r.parts.iter().find(|part| part.id == id).unwrap()
}

/// When a request became a yes.
fn yes_on(request: &AskedSupervisor) -> Option<Date> {
    match (request.state, request.accepted_on) {
        (RequestState::Approved | RequestState::Revoked | RequestState::Superseded, Some(accepted)) => Some(accepted),
        (RequestState::Approved, None) => request.decided_on,
        (RequestState::Revoked | RequestState::Superseded, None) => request.answered_on,
        _ => None,
    }
}

/// Pausing that day, or with a yes that does not cover it, as far as was known at `known`.
fn on_hold(r: &Records, id: ParticipationId, on: Date, known: Date) -> bool {
    if let Some((from, until)) = part_of(r, id).pause
        && from <= on
        && on < until
    {
        return true;
    }
    if !r.approval_required {
        return false;
    }
    let known_yeses: Vec<&AskedSupervisor> =
        r.requests.iter().filter(|q| q.part == id && !q.about_trip && upto(yes_on(q), known)).collect();
    let on = if on < r.starts_on {
        r.starts_on
    } else if on > r.ends_on {
        r.ends_on
    } else {
        on
    };
    let mut had = false;
    for (at, request) in known_yeses.iter().enumerate() {
        if request.state == RequestState::Superseded && at + 1 < known_yeses.len() {
            continue;
        }
        had = true;
        let mut last = request.valid_until;
        if request.state == RequestState::Revoked && upto(request.decided_on, known) {
            last = last.min(request.revoked_from.unwrap() - Duration::DAY);
        }
        if request.valid_from <= on && on <= last {
            return false;
        }
    }
    had
}

fn in_group(group: &GroupRecords, id: ParticipationId, on: Date) -> bool {
    group.memberships.iter().any(|m| m.part == id && m.joined_on <= on && m.left_on.is_none_or(|left| on < left))
}

fn is_open(r: &Records, group: &GroupRecords, id: ParticipationId, t: Date) -> bool {
    let part = part_of(r, id);
    if !in_group(group, id, t) {
        return false;
    }
    if t >= r.today {
        return part.state == ParticipationState::Joined;
    }
    part.state != ParticipationState::Invited
        && !upto(part.ended_on, t)
        && part.joined_on.is_none_or(|joined| joined <= t)
        && !on_hold(r, id, t, t)
}

fn is_held(met: &Met, t: Date) -> bool {
    met.state == MeetingState::Held && met.day <= t && upto(met.logged_on, t)
}

fn is_live(item: &Said, t: Date) -> bool {
    let counts = matches!(item.state, FeedbackState::Shared | FeedbackState::Answered | FeedbackState::Confirmed);
    let since = if item.spoken { item.opened_on } else { item.shared_on };
    counts && upto(since, t) && item.on <= t && !upto(item.reported_on, t)
}

fn trip_state(trip: &Went, t: Date) -> TripState {
    match trip.state {
        TripState::Cancelled | TripState::Postponed | TripState::Planned => trip.state,
        _ if upto(trip.reported_on, t) => TripState::Reported,
        _ if upto(trip.completed_on, t) => TripState::Completed,
        _ if upto(trip.confirmed_on, t) => TripState::Confirmed,
        _ => TripState::Planned,
    }
}

fn passed(trip: &Went, t: Date) -> bool {
    trip.day < t || (trip.day == t && matches!(trip_state(trip, t), TripState::Completed | TripState::Reported))
}

/// Momentum of a group, from the formula alone.
#[expect(clippy::many_single_char_names, reason = "they are the letters of the formula")]
fn momentum(r: &Records, group: &GroupRecords, t: Date) -> f64 {
    let c = r.rhythm_days;
    let mut m = 0.0;
    for (k, weight) in [(0, 3.0), (1, 2.0), (2, 1.0)] {
        let met = group.meetings.iter().any(|met| {
            is_held(met, t) && met.day > t - Duration::days((k + 1) * c) && met.day <= t - Duration::days(k * c)
        });
        m += if met { weight / 6.0 } else { 0.0 };
    }
    let ahead = group.meetings.iter().any(|met| {
        let stands = match met.state {
            MeetingState::Scheduled => true,
            MeetingState::Held | MeetingState::NotHeld => met.day > t || !upto(met.logged_on, t),
            MeetingState::Cancelled => false,
        };
        let days = (met.day - t).whole_days();
        stands
            && met.created_on <= t
            && days > 0
            && f64::from(i32::try_from(days).unwrap()) <= 1.5 * f64::from(i32::try_from(c).unwrap())
    });
    let f = if ahead { 1.0 } else { 0.0 };
    let (done, due) = actions_of(r, group, t);
    if due == 0.0 { 100.0 * (0.5 * m + 0.2 * f) / 0.7 } else { 100.0 * (0.5 * m + 0.3 * done / due + 0.2 * f) }
}

fn actions_of(r: &Records, group: &GroupRecords, t: Date) -> (f64, f64) {
    let (mut done, mut due) = (0.0, 0.0);
    for action in &group.actions {
        let dropped = action.state == ActionState::Dropped && upto(action.closed_on, t);
        if action.written_on <= t
            && !dropped
            && action.due_on <= t
            && action.due_on > t - Duration::days(2 * r.rhythm_days)
        {
            due += 1.0;
            if action.state == ActionState::Done && upto(action.closed_on, t) {
                done += 1.0;
            }
        }
    }
    (done, due)
}

/// The figures of some groups together, under a name.
fn block(r: &Records, groups: &[&GroupRecords], t: Date, under: &str, out: &mut Named) {
    let mut put = |name: &str, figure: Option<f64>| {
        out.insert(format!("{under}.{name}"), figure);
    };
    let (mut held, mut minutes, mut first) = (0.0, 0.0, None::<i64>);
    let (mut present, mut could) = (0.0, 0.0);
    let (mut actual, mut goal, mut purpose) = (0.0, 0.0, 0.0);
    let mut kinds: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    let mut due = 0.0;
    for group in groups {
        for met in group.meetings.iter().filter(|met| is_held(met, t)) {
            held += 1.0;
            minutes += f64::from(met.minutes);
            let on = (met.day - START).whole_days();
            first = Some(first.map_or(on, |first| first.min(on)));
            let open = group
                .memberships
                .iter()
                .filter(|m| m.joined_on <= met.day && m.left_on.is_none_or(|left| met.day < left));
            let open = open.filter(|m| !on_hold(r, m.part, met.day, t)).count();
            present += f64::from(met.present);
            could += f64::from(met.present.max(i32::try_from(open).unwrap()));
            for item in &met.items {
                let took = f64::from(item.actual.unwrap_or(0));
                actual += took;
                goal += if item.has_goal { took } else { 0.0 };
                let on_purpose = ["goal_work", "feedback_round", "trip", "theme"].contains(&item.kind.as_str());
                purpose += if on_purpose { took } else { 0.0 };
                let sums = kinds.entry(item.kind.as_str()).or_default();
                sums.0 += if item.carried_in { 0.0 } else { f64::from(item.planned) };
                sums.1 += took;
            }
        }
        let began = group.memberships.iter().map(|m| m.joined_on).min().unwrap();
        let until = group.closed_on.filter(|on| *on <= t).unwrap_or(t).min(r.ends_on);
        due += f64::from(i32::try_from(((until - began).whole_days() / r.rhythm_days).max(1)).unwrap());
    }
    put("held", Some(held));
    put("minutes", Some(minutes));
    put("first_meeting_day", first.map(|day| f64::from(i32::try_from(day).unwrap())));
    put("attendance", ratio(present, could));
    put("on_goal", ratio(goal, actual));
    put("on_purpose", ratio(purpose, actual));
    let planned: f64 = kinds.values().map(|sums| sums.0).sum();
    let (informal_planned, informal) = kinds.get("informal").copied().unwrap_or_default();
    put("informal_planned", ratio(informal_planned, planned));
    put("informal", ratio(informal, actual));
    let apart = kinds.values().map(|sums| (sums.0 / planned - sums.1 / actual).abs()).sum::<f64>() / 2.0;
    put("drift", (planned > 0.0 && actual > 0.0).then_some(apart));
    put("cadence", ratio(held, due));
    let mut fraction = |name: &str, num: f64, den: f64| {
        put(&format!("{name}.num"), Some(num));
        put(&format!("{name}.den"), Some(den));
    };
    let actions: Vec<(f64, f64)> = groups.iter().map(|group| actions_of(r, group, t)).collect();
    fraction("actions", actions.iter().map(|one| one.0).sum(), actions.iter().map(|one| one.1).sum());
    let (mut took_place, mut confirmed, mut cycles, mut observed) = (0.0, 0.0, 0.0, 0.0);
    for trip in groups.iter().flat_map(|group| &group.trips).filter(|trip| trip.created_on <= t) {
        let state = trip_state(trip, t);
        if upto(trip.confirmed_on, t) && (passed(trip, t) || state == TripState::Cancelled) {
            confirmed += 1.0;
            took_place += if matches!(state, TripState::Completed | TripState::Reported) { 1.0 } else { 0.0 };
        }
        if trip.kind == TripKind::Observation && passed(trip, t) && state != TripState::Cancelled {
            observed += 1.0;
            let debriefed = trip.debriefed_on.filter(|on| *on <= t && (*on - trip.day).whole_days() <= 14);
            cycles += if upto(trip.pre_met_on, t) && debriefed.is_some() { 1.0 } else { 0.0 };
        }
    }
    fraction("trip_completion", took_place, confirmed);
    fraction("obs_cycle", cycles, observed);
    let (mut live, mut acknowledged, mut covered, mut agreed, mut both, mut any) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    for group in groups {
        let items: Vec<&Said> = group.feedback.iter().filter(|item| is_live(item, t)).collect();
        for item in &items {
            live += 1.0;
            acknowledged += if item.spoken || upto(item.answered_on, t) { 1.0 } else { 0.0 };
        }
        for element in &group.elements {
            let stands =
                element.state != ElementState::Proposed && upto(element.agreed_on, t) && !upto(element.retired_on, t);
            if stands && is_open(r, group, element.about, t) {
                agreed += 1.0;
                let heard =
                    items.iter().any(|i| i.elements.contains(&element.id) && i.on >= element.agreed_on.unwrap());
                covered += if heard { 1.0 } else { 0.0 };
            }
        }
        let members: Vec<ParticipationId> =
            r.parts.iter().map(|part| part.id).filter(|id| is_open(r, group, *id, t)).collect();
        for i in 0..members.len() {
            for j in i + 1..members.len() {
                let w = |a: usize, b: usize| {
                    let n = items.iter().filter(|item| item.from == members[a] && item.to == members[b]).count();
                    f64::from(u32::try_from(n).unwrap())
                };
                both += 2.0 * w(i, j).min(w(j, i));
                any += w(i, j) + w(j, i);
            }
        }
    }
    fraction("coverage", covered, agreed);
    fraction("ack_rate", acknowledged, live);
    put("feedback", Some(live));
    put("reciprocity", ratio(both, any));
}

fn percentile(mut values: Vec<f64>, p: f64) -> Option<f64> {
    values.sort_by(|a, b| a.partial_cmp(b).unwrap());
    let place = p * f64::from(u32::try_from(values.len().checked_sub(1)?).unwrap());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small and not negative")]
    let (low, high) = (place.floor() as usize, place.ceil() as usize);
    Some(values[low] + (values[high] - values[low]) * (place - place.floor()))
}

fn naive(r: &Records, answers: &[Vec<Answer>], t: Date) -> Named {
    let mut out = Named::new();
    let begun: Vec<&GroupRecords> =
        r.groups.iter().filter(|group| group.memberships.iter().any(|m| m.joined_on <= t)).collect();
    block(r, &begun, t, "program", &mut out);
    for group in &begun {
        let under = format!("groups.{}", group.name);
        block(r, &[*group], t, &under, &mut out);
        let closed = upto(group.closed_on, t);
        out.insert(format!("{under}.momentum"), (!closed).then(|| momentum(r, group, t)));
    }
    let asked: Vec<&AskedSupervisor> = r.requests.iter().filter(|q| q.asked_on <= t).collect();
    let answered: Vec<&&AskedSupervisor> = asked.iter().filter(|q| upto(q.answered_on, t)).collect();
    let n = |n: usize| f64::from(u32::try_from(n).unwrap());
    let yes = answered.iter().filter(|q| upto(yes_on(q), t)).count();
    let hours: Vec<f64> = answered.iter().filter_map(|q| q.hours).collect();
    let goals =
        || begun.iter().flat_map(|group| &group.goals).filter(|g| g.state != GoalState::Draft && upto(g.agreed_on, t));
    let closed: Vec<f64> = goals()
        .filter(|goal| upto(goal.closed_on, t))
        .filter_map(|goal| match goal.state {
            GoalState::Achieved => Some(1.0),
            GoalState::Partly => Some(0.5),
            GoalState::NotAchieved => Some(0.0),
            _ => None,
        })
        .collect();
    let standing = || goals().filter(|goal| !(goal.state == GoalState::Dropped && upto(goal.closed_on, t)));
    let placed: Vec<&Part> = r
        .parts
        .iter()
        .filter(|p| r.groups.iter().any(|g| g.memberships.iter().any(|m| m.part == p.id && m.joined_on <= t)))
        .collect();
    let gone = |p: &&&Part| {
        matches!(p.state, ParticipationState::Withdrawn | ParticipationState::Removed) && upto(p.ended_on, t)
    };
    let told = r
        .pulses
        .iter()
        .zip(answers)
        .find(|(pulse, all)| pulse.closed_on <= t && i32::try_from(all.len()).unwrap() >= pulse.pulse.fewest);
    let mean = |of: fn(&Answer) -> i32| {
        told.map(|(_, all)| all.iter().map(|one| f64::from(of(one))).sum::<f64>() / n(all.len()))
    };
    let recommend = told.map(|(_, all)| {
        let (for_it, against) =
            (all.iter().filter(|a| a.recommend >= 9).count(), all.iter().filter(|a| a.recommend <= 6).count());
        100.0 * n(for_it) / n(all.len()) - 100.0 * n(against) / n(all.len())
    });
    for (name, figure) in [
        ("approval.median_h", percentile(hours.clone(), 0.5)),
        ("approval.p90_h", percentile(hours, 0.9)),
        ("approval.decided", Some(n(answered.len()))),
        ("approval.requests", Some(n(asked.len()))),
        ("approval.response_rate", ratio(n(answered.len()), n(asked.len()))),
        ("approval.approval_rate", ratio(n(yes), n(answered.len()))),
        ("goal_attainment", ratio(closed.iter().sum(), n(closed.len()))),
        ("goals_with_product.num", Some(n(standing().filter(|goal| upto(goal.product_on, t)).count()))),
        ("goals_with_product.den", Some(n(standing().count()))),
        ("retention.num", Some(n(placed.len() - placed.iter().filter(gone).count()))),
        ("retention.den", Some(n(placed.len()))),
        ("pulse.n", told.map(|(_, all)| n(all.len()))),
        ("pulse.response", told.map(|(_, all)| n(all.len()) / 9.0)),
        ("pulse.worth", mean(|answer| answer.worth)),
        ("pulse.safe", mean(|answer| answer.safe)),
        ("pulse.recommend", recommend),
    ] {
        out.insert(name.to_owned(), figure);
    }
    out
}

/// Every figure of the printed report by its path.
fn flat(under: &str, value: &Value, out: &mut Named) {
    match value {
        Value::Object(all) => {
            for (name, one) in all {
                flat(&if under.is_empty() { name.clone() } else { format!("{under}.{name}") }, one, out);
            }
        }
        Value::Number(number) => {
            out.insert(under.to_owned(), number.as_f64());
        }
        Value::Null => {
            out.insert(under.to_owned(), None);
        }
        // What the file is, of whom, and what is told apart.
        Value::String(_) | Value::Array(_) | Value::Bool(_) => {}
    }
}

#[test]
fn hundreds_of_programs_give_the_same_figures_by_a_second_reading() {
    let (mut compared, mut told) = (0, 0);
    for seed in 1..=400 {
        let (records, answers) = a_program(seed);
        for t in [records.today, day(0), day(30), day(75), day(98), day(141)] {
            if t > records.today {
                continue;
            }
            let mut ours = Named::new();
            flat("", &whole(&report(&records, t), Vec::new()), &mut ours);
            let theirs = naive(&records, &answers, t);
            assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>(), "program {seed} as of {t}");
            for (name, figure) in &ours {
                let near = match (figure, theirs[name]) {
                    (Some(a), Some(b)) => (a - b).abs() < 1e-9,
                    (a, b) => a.is_none() && b.is_none(),
                };
                assert!(
                    near,
                    "program {seed} as of {t}: {name} is {figure:?}, and {:?} by the other reading",
                    theirs[name]
                );
                compared += 1;
                told += usize::from(figure.is_some_and(|figure| figure != 0.0));
            }
        }
    }
    assert!(compared > 50_000 && told > compared / 3, "{told} of {compared} figures say something");
}

#[test]
fn percentiles_are_those_of_the_database() {
    let hours = [29.0, 53.0, 168.0, 20.0, 26.0, 27.0, 336.0, 72.0, 73.0, 96.0, 170.0];
    assert_eq!(figures::percentile(hours, 0.5), Some(72.0));
    assert_eq!(figures::percentile(hours, 0.9), Some(170.0));
    assert_eq!(figures::percentile([10.0, 20.0], 0.9), Some(19.0));
    assert_eq!(figures::percentile([10.0], 0.9), Some(10.0));
    assert_eq!(figures::percentile([], 0.5), None);
}

#[test]
fn the_rows_of_the_file_are_the_figures_of_coordinators_in_an_order_that_stays() {
    let (records, _) = a_program(7);
    let report = report(&records, records.today);
    let rows = rows(&report);
    let mut names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), rows.len(), "a name stands once");
    assert!(matches!(&rows[0].value, Cell::Text(name) if name == "=A program"));
    let only_groups = ["coverage", "ack_rate", "obs_cycle", "actions", "momentum"];
    assert!(!rows.iter().any(|row| only_groups.iter().any(|figure| row.name.ends_with(figure))), "{rows:?}");
}
