//! The group's page for its members.
use super::{
    goals::{Each, GroupGoal, each, group_goals},
    look::{LookLine, look},
    trips::{TripLine, trip_lines},
};
use crate::access::{GroupMember, InGroup};
use crate::base::{
    ids::ParticipationId,
    local_time::{day_in, nearest_instant, to_local},
    text, words,
};
use crate::features::group_page::{
    both_ways::{Between, Observed, feedback_words, observation_words, turn_words},
    model::{Called, Item, Meeting},
    service::Inside,
    time_spent::{Spent, Tape, spent},
};
use crate::features::meetings::ItemKind;
use crate::features::progress::figures;
use crate::features::{
    actions::OpenLine, coffee::Offer, retrospectives::Line as LookBack, time_polls::OpenPoll, timekeeping::is_near,
};
use crate::web::page::Shell;
use askama::Template;
use time::{Date, Duration, OffsetDateTime};

#[derive(Template)]
#[template(path = "group_page/members.html")]
pub(in crate::features::group_page) struct MembersPage {
    shell: Shell,
    path: String,
    program_path: String,
    program_name: String,
    name: String,
    who: String,
    /// Who keeps their place and is away; empty when nobody is.
    on_hold: String,
    focus: String,
    met: String,
    has_next: bool,
    /// The program has not ended.
    running: bool,
    unlogged: Option<Unlogged>,
    next: Option<Next>,
    poll: Option<PollLine>,
    /// A meeting for catching up alone is offered.
    coffee: Option<Offer>,
    look_back: Option<LookBack>,
    /// What the facts warn of.
    look: Vec<LookLine>,
    goals: Vec<GroupGoal>,
    each: Vec<Each>,
    time: Option<TimeTold>,
    both_ways: Vec<String>,
    trips: Vec<TripLine>,
    products: Vec<Made>,
    agreement: AgreementLine,
    actions: Vec<OpenLine>,
    /// "Of three that were for the last eight weeks, two are done."
    acted: String,
}

struct AgreementLine {
    words: String,
    asks_me: bool,
    /// It should have been in force by now.
    overdue: bool,
}

/// The group is looking for a time.
struct PollLine {
    href: String,
    words: String,
    button: &'static str,
    asks_me: bool,
}

struct Unlogged {
    day: String,
    href: String,
    /// It may still run: where its time is kept.
    clock: Option<String>,
}

struct Next {
    href: String,
    day: String,
    when_and_where: String,
    /// The same time where the reader is, if that is another zone.
    for_you: String,
    items: Vec<GlanceLine>,
    roles: String,
    /// It begins soon: where its time is kept.
    clock: Option<String>,
}

struct GlanceLine {
    time: String,
    title: String,
    minutes: i32,
    kept: bool,
}

struct TimeTold {
    sentence: String,
    tape: Tape,
    label: String,
    rows: Vec<Vec<String>>,
    total: Vec<String>,
    all: String,
}

struct Made {
    title: String,
    href: String,
    by: String,
}

impl MembersPage {
    pub(in crate::features::group_page) fn of(
        shell: Shell,
        by: &GroupMember,
        inside: &Inside,
        now: OffsetDateTime,
    ) -> Self {
        let me = by.participation_id();
        let people: Vec<_> = inside.words.belonging.iter().map(|one| (one.id, one.name.clone())).collect();
        let called = Called::new(me, &people);
        let members: Vec<ParticipationId> = inside.facts.members.iter().map(|member| member.id).collect();
        let (group, today) = (by.group(), day_in(&by.program().time_zone, now));
        Self {
            shell,
            path: group.path(),
            program_path: by.program().path(),
            program_name: by.program().name.clone(),
            name: group.name.clone(),
            who: who(&called, &members, me),
            on_hold: on_hold(inside, me),
            focus: group.focus.trim_end_matches('.').to_owned(),
            met: met(inside.facts.held(today).count()),
            has_next: inside.next.is_some(),
            running: by.program().state.is_running(),
            unlogged: inside.unlogged.as_ref().map(|meeting| Unlogged {
                day: words::long_day(meeting.starts_local.date()),
                href: format!("{}/meetings/{}/log", group.path(), meeting.id),
                clock: clock(group, meeting, now),
            }),
            next: inside
                .next
                .as_ref()
                .map(|meeting| next((group, now), meeting, &inside.words.agenda, (&called, by.viewer().time_zone()))),
            coffee: inside.coffee.clone(),
            look_back: inside.look_back.clone(),
            poll: inside.poll.map(|poll| poll_line(group, poll)),
            goals: group_goals(group, &inside.words.goals),
            look: look(by, &inside.facts, today),
            each: each(group, &called, &members, inside),
            time: spent(&inside.facts.meetings).map(|spent| told(&spent)),
            both_ways: both_ways(Between { members: &members, called: &called }, inside, today),
            trips: trip_lines(group, &called, &inside.words.trips, today),
            products: made(group, &called, inside),
            agreement: agreement(inside, today),
            actions: inside.actions.clone(),
            acted: acted(inside, i64::from(by.program().rhythm_days), today),
        }
    }
}

fn poll_line(group: &InGroup, poll: OpenPoll) -> PollLine {
    let others = words::capital(&words::count(poll.missing, "of you has", "of you have"));
    let (words, button) = if poll.is_past {
        (
            "All of the proposed times have passed. End it, and ask again or plan a meeting at once.".to_owned(),
            "Look at it",
        )
    } else if !poll.answered {
        ("Say which of the proposed times fit you.".to_owned(), "Say when you can")
    } else if poll.missing > 0 {
        (format!("You have said when you can. {others} not yet."), "See who can when")
    } else {
        ("Everybody has said when they can. Any of you can choose a time.".to_owned(), "Choose a time")
    };
    let asks_me = !poll.answered && !poll.is_past;
    PollLine { href: format!("{}/polls/{}", group.path(), poll.id), words, button, asks_me }
}

/// "In force since 20 April, agreed by 3 of 4."
/// "Of three things that were for the last 56 days, two are done."; nothing where nothing was due.
fn acted(inside: &Inside, rhythm_days: i64, today: Date) -> String {
    let share = figures::actions(&inside.facts.actions, rhythm_days, today);
    let [done, due] = [share.num, share.den].map(|n| usize::try_from(n).unwrap_or(0));
    if due == 0 {
        return String::new();
    }
    let things = words::count(due, "thing that was", "things that were");
    let is = if done == 1 { "is" } else { "are" };
    format!("Of {things} for the last {} days, {} {is} done.", 2 * rhythm_days, words::number(done))
}

fn agreement(inside: &Inside, today: Date) -> AgreementLine {
    let overdue = inside.facts.agreement_was_due(today).is_some();
    let Some(line) = &inside.agreement else {
        let words = "You have not said how you work together.".to_owned();
        return AgreementLine { words, asks_me: false, overdue };
    };
    let counted = format!("greed by {} of {}", line.agreed, line.asked);
    let words = match line.in_force_since {
        Some(since) if line.is_adopted => format!("In force since {}, a{counted}.", words::day(since)),
        Some(_) => format!("A new version is proposed, a{counted}."),
        None => format!("Proposed, a{counted}."),
    };
    AgreementLine { words, asks_me: !line.agreed_by_me, overdue }
}

/// "Ben is on hold." The reader, who knows, is not among them.
fn on_hold(inside: &Inside, me: ParticipationId) -> String {
    let away = inside.words.belonging.iter().filter(|one| one.on_hold && one.id != me);
    let names: Vec<String> = away.map(|one| text::first_name(&one.name).to_owned()).collect();
    match names.len() {
        0 => String::new(),
        1 => format!("{} is on hold.", names[0]),
        _ => format!("{} are on hold.", words::list(&names)),
    }
}

/// "Priya, Marcus and you"; the reader comes last.
fn who(called: &Called, members: &[ParticipationId], me: ParticipationId) -> String {
    let mut names: Vec<String> = members.iter().filter(|id| **id != me).map(|id| called.name(*id)).collect();
    names.push("you".to_owned());
    words::capital(&words::list(&names))
}

fn met(times: usize) -> String {
    if times == 0 { String::new() } else { format!("met {}", words::times(times)) }
}

/// Where the time of a meeting is kept, if it begins soon or may still run.
fn clock(group: &InGroup, meeting: &Meeting, now: OffsetDateTime) -> Option<String> {
    let starts = nearest_instant(&meeting.time_zone, meeting.starts_local.date(), meeting.starts_local.time());
    let span = (starts, starts + Duration::minutes(i64::from(meeting.minutes)));
    is_near(span, now).then(|| format!("{}/meetings/{}/now", group.path(), meeting.id))
}

fn next(
    (group, now): (&InGroup, OffsetDateTime),
    meeting: &Meeting,
    items: &[Item],
    (called, zone): (&Called, &str),
) -> Next {
    let starts = meeting.starts_local;
    let ends = starts + Duration::minutes(i64::from(meeting.minutes));
    let place = if meeting.place.is_empty() { String::new() } else { format!(", {}", meeting.place) };
    let instant = nearest_instant(&meeting.time_zone, starts.date(), starts.time());
    let here = to_local(zone, instant);
    let for_you = if here == starts {
        String::new()
    } else {
        format!("{} is {} where you are.", words::clock_time(starts.time()), words::day_and_time(here))
    };
    let mut at = starts;
    let items = items
        .iter()
        .map(|item| {
            let time = words::clock_time(at.time());
            at += Duration::minutes(i64::from(item.minutes));
            let kept = item.kind == ItemKind::Informal;
            GlanceLine { time, title: item_title(item), minutes: item.minutes, kept }
        })
        .collect();
    Next {
        href: format!("{}/meetings/{}", group.path(), meeting.id),
        day: words::long_day(starts.date()),
        when_and_where: format!("{}–{}{place}", words::clock_time(starts.time()), words::clock_time(ends.time())),
        for_you,
        items,
        roles: roles(called, meeting),
        clock: clock(group, meeting, now),
    }
}

/// Of what was written before the reader came, only what it is for.
fn item_title(item: &Item) -> String {
    let kind = item.kind.label();
    if item.was_before_me && item.title != kind {
        return format!("{kind}, written before you came");
    }
    item.title.clone()
}

/// "You facilitate, Priya keeps time, Marcus takes notes."
fn roles(called: &Called, meeting: &Meeting) -> String {
    let role = |who: Option<ParticipationId>, you: &'static str, other: &'static str| {
        who.map(|id| format!("{} {}", called.name(id), called.verb(id, you, other)))
    };
    let parts: Vec<String> = [
        role(meeting.facilitator, "facilitate", "facilitates"),
        role(meeting.timekeeper, "keep time", "keeps time"),
        role(meeting.note_taker, "take notes", "takes notes"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        "Nobody has a role yet.".to_owned()
    } else {
        format!("{}.", words::capital(&parts.join(", ")))
    }
}

fn told(spent: &Spent) -> TimeTold {
    let pair = |planned: i32, actual: i32| format!("{planned} → {actual}");
    let cells = |planned: crate::features::group_page::Minutes, actual: crate::features::group_page::Minutes| {
        vec![
            pair(planned.on_purpose, actual.on_purpose),
            pair(planned.catching_up, actual.catching_up),
            pair(planned.rest, actual.rest),
        ]
    };
    let meetings = words::count(spent.rows.len(), "meeting", "meetings");
    TimeTold {
        sentence: spent.sentence(),
        tape: spent.tape(),
        label: format!(
            "Minutes of your {meetings}, as planned and as they went. The same figures stand in the table below."
        ),
        rows: spent
            .rows
            .iter()
            .map(|row| {
                let mut line = vec![words::short_day(row.day)];
                line.extend(cells(row.planned, row.actual));
                line
            })
            .collect(),
        total: cells(spent.planned, spent.actual),
        all: format!("All {}", words::number(spent.rows.len())),
    }
}

fn both_ways(between: Between<'_>, inside: &Inside, today: Date) -> Vec<String> {
    let observations: Vec<Observed> = inside
        .words
        .trips
        .iter()
        .rev()
        .filter_map(|trip| {
            let took_place = trip.state.took_place();
            let counts = took_place || (trip.state.is_taken_or_booked() && trip.on_date >= today);
            counts.then_some(Observed { by: trip.observer?, whom: trip.observed?, on: trip.on_date, took_place })
        })
        .collect();
    [
        feedback_words(between, &inside.facts.feedback, inside.words.coverage, today),
        observation_words(between, &observations),
        turn_words(between, &inside.words.turns),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn made(group: &InGroup, called: &Called, inside: &Inside) -> Vec<Made> {
    inside
        .words
        .products
        .iter()
        .map(|product| {
            let owner = words::capital(&called.name(product.owner));
            Made {
                title: product.title.clone(),
                // A goal from before the reader's time is not theirs to open; the product itself is.
                href: product.goal_id.map_or_else(
                    || text::web_link(&product.link).unwrap_or_default(),
                    |goal| format!("{}/goals/{goal}", group.path()),
                ),
                by: if product.of_group { format!("{owner}, for the group’s goal") } else { owner },
            }
        })
        .collect()
}
