//! The timekeeper's page, with everything put into words for who has no script.
use super::{
    model::{ItemTime, Stage},
    service::Running,
};
use crate::base::{local_time, words};
use crate::features::meetings::{AtMeeting, Item, ItemKind, Meeting};
use crate::web::page::Shell;
use askama::Template;
use time::{Duration, OffsetDateTime};

/// One line of the agenda as it runs.
struct Row {
    title: String,
    /// "6 of 5 minutes", "skipped", "20 minutes".
    said: String,
    is_over: bool,
    runs: bool,
    /// Time kept for catching up.
    kept: bool,
}

/// The large figure, and what a script counts it from.
struct Figure {
    /// Whole minutes, as of when the page was asked for.
    minutes: i64,
    words: String,
    is_over: bool,
    /// What a script puts behind the figure before and after that moment.
    before: &'static str,
    after: &'static str,
    /// That moment, and when the page was asked for, in milliseconds since 1970.
    until: i128,
    now: i128,
}

impl Figure {
    fn of(until: OffsetDateTime, now: OffsetDateTime, (before, after): (&'static str, &'static str)) -> Self {
        let (left, is_over) = (until - now, until < now);
        // 17 minutes and a second are 18 that are left, and 17 that it ran over.
        let minutes = if is_over { -left.whole_minutes() } else { (left + Duration::seconds(59)).whole_minutes() };
        let unit = if minutes == 1 { "minute" } else { "minutes" };
        let millis = |at: OffsetDateTime| at.unix_timestamp_nanos() / 1_000_000;
        Self {
            minutes,
            words: format!("{unit} {}", if is_over { after } else { before }),
            is_over,
            before,
            after,
            until: millis(until),
            now: millis(now),
        }
    }
}

/// The item that runs.
struct Current {
    id: String,
    title: String,
    /// "From 12:05, for 20 minutes: until 12:25."
    span: String,
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "timekeeping/now.html")]
pub(super) struct NowPage {
    shell: Shell,
    group_path: String,
    group_name: String,
    path: String,
    day: String,
    /// What there is to say when nothing runs; empty when something does.
    heading: &'static str,
    lede: String,
    figure: Option<Figure>,
    current: Option<Current>,
    can_start: bool,
    can_log: bool,
    /// The item to go back to: its id and title.
    back: Option<(String, String)>,
    rows: Vec<Row>,
    ends: String,
}

impl NowPage {
    pub(super) fn of(shell: Shell, at: &AtMeeting, running: &Running, now: OffsetDateTime) -> Self {
        let (meeting, group) = (&running.meeting, at.by.group());
        let stage = running.stage(now);
        let (heading, lede) = said(stage, running);
        let runs = match stage {
            Stage::Runs(place) => {
                running.items.get(place).and_then(|item| Some((place, item, running.time_of(item.id)?)))
            }
            _ => None,
        };
        let figure = match (stage, runs) {
            (_, Some((_, item, time))) => Some(Figure::of(end_of(item, time), now, ("left", "over"))),
            (Stage::Ahead, _) if meeting.starts_at - now <= Duration::HOUR => {
                Some(Figure::of(meeting.starts_at, now, ("until it starts", "since it was to start")))
            }
            _ => None,
        };
        let back = running.last_over().filter(|_| matches!(stage, Stage::Runs(_) | Stage::AllDone));
        Self {
            shell,
            group_path: group.path(),
            group_name: group.name.clone(),
            path: at.path(),
            day: words::long_day(meeting.day()),
            heading,
            lede,
            figure,
            current: runs.map(|(place, item, time)| current(running, place, (item, time))),
            can_start: stage == Stage::Ready,
            can_log: !matches!(stage, Stage::Ahead | Stage::Closed),
            back: back.map(|item| (item.id.to_string(), item.title.clone())),
            rows: running.items.iter().map(|item| row(item, running.time_of(item.id))).collect(),
            ends: format!("Set for {} to {}.", clock(meeting, meeting.starts_at), clock(meeting, meeting.ends_at)),
        }
    }
}

fn said(stage: Stage, running: &Running) -> (&'static str, String) {
    let took: i32 = running.times.iter().filter_map(ItemTime::minutes).sum();
    match stage {
        Stage::Ahead => {
            let (day, at) =
                (words::long_day(running.meeting.day()), clock(&running.meeting, running.meeting.starts_at));
            ("It has not started", format!("It starts on {day} at {at}. From then on one of you can press Start."))
        }
        Stage::NoAgenda => ("There is no agenda", "So there is nothing to keep time by. You can log it.".to_owned()),
        Stage::Ready => (
            "Ready when you are",
            "Press Start when you begin. One phone on the table is enough; any of you can press.".to_owned(),
        ),
        Stage::AllDone => (
            "That was everything",
            format!("{took} minutes in all. The log begins with what each took, and you can change it there."),
        ),
        Stage::TooLate => ("This meeting is over", "Say in the log how long each took.".to_owned()),
        Stage::Closed | Stage::Runs(_) => ("", String::new()),
    }
}

fn end_of(item: &Item, time: &ItemTime) -> OffsetDateTime {
    time.started_at + Duration::minutes(i64::from(item.planned_minutes))
}

/// "12:05", on the meeting's clock.
fn clock(meeting: &Meeting, at: OffsetDateTime) -> String {
    words::clock_time(local_time::to_local(&meeting.time_zone, at).time())
}

fn current(running: &Running, place: usize, (item, time): (&Item, &ItemTime)) -> Current {
    let (from, until) = (clock(&running.meeting, time.started_at), clock(&running.meeting, end_of(item, time)));
    let next = running.items.get(place + 1..).unwrap_or_default().first();
    Current {
        id: item.id.to_string(),
        title: item.title.clone(),
        span: format!("From {from}, for {}: until {until}.", in_minutes(item.planned_minutes)),
        next: next.map(|next| format!("{}, {}", next.title, in_minutes(next.planned_minutes))),
    }
}

fn in_minutes(minutes: i32) -> String {
    if minutes == 1 { "1 minute".to_owned() } else { format!("{minutes} minutes") }
}

fn row(item: &Item, time: Option<&ItemTime>) -> Row {
    let planned = in_minutes(item.planned_minutes);
    let said = match time {
        Some(time) if time.skipped => "skipped".to_owned(),
        Some(time) => {
            time.minutes().map_or_else(|| format!("now, {planned}"), |took| format!("took {took} of {planned}"))
        }
        None => planned,
    };
    Row {
        title: item.title.clone(),
        said,
        is_over: time.is_some_and(|time| time.ended_at.is_some()),
        runs: time.is_some_and(|time| time.ended_at.is_none()),
        kept: item.kind == ItemKind::Informal,
    }
}
