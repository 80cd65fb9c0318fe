//! The meetings of a group, and where their time went.
use super::super::{
    model::TimeSpent,
    pages::{ListPage, MeetingRow, TimeCard},
    service::{self, Listed},
};
use crate::access::GroupMember;
use crate::base::{error::Result, words};
use crate::features::meetings::{Meeting, MeetingState, NotHeldReason, hours, readers};
use crate::web::{page, state::App};
use axum::{extract::State, response::Response};

pub(in super::super) async fn list(State(app): State<App>, by: GroupMember) -> Result<Response> {
    let Listed { meetings, spent, members, coffee } = service::list(&app, &by).await?;
    let now = app.clock.now();
    let row = |meeting: &&Meeting| row(meeting, &spent, &by);
    let to_come = |meeting: &&Meeting| meeting.can_change(now);
    let waits = |meeting: &&Meeting| meeting.waits_for_log(now);
    let mut earlier: Vec<MeetingRow> =
        meetings.iter().filter(|meeting| !to_come(meeting) && !waits(meeting)).map(|meeting| row(&meeting)).collect();
    earlier.reverse();
    let held = meetings.iter().filter(|meeting| meeting.state == MeetingState::Held).count();
    let coming: Vec<_> = meetings.iter().filter(to_come).map(|meeting| row(&meeting)).collect();
    page::show(&ListPage {
        shell: by.shell(&app),
        group_path: by.group().path(),
        group_name: by.group().name.clone(),
        standfirst: standfirst(held, coming.first()),
        to_log: meetings.iter().filter(waits).map(|meeting| row(&meeting)).collect(),
        coming,
        earlier,
        coffee,
        time: (!spent.is_empty()).then(|| card(&spent)),
        readers: readers(&members, by.participation_id()),
    })
}

fn standfirst(held: usize, next: Option<&MeetingRow>) -> String {
    let met =
        if held == 0 { "You have not met yet.".to_owned() } else { format!("You have met {}.", words::times(held)) };
    match next {
        Some(next) => format!("{met} Next is {}.", next.day),
        None => format!("{met} The next date is missing."),
    }
}

fn card(spent: &TimeSpent) -> TimeCard {
    TimeCard {
        sentence: spent.sentence(),
        label: spent.tape_label(),
        rows: spent.tape_rows(),
        marks: spent.tape_marks(),
        figures: spent.figures(),
        all: spent.figures_of_all(),
    }
}

fn row(meeting: &Meeting, spent: &TimeSpent, by: &GroupMember) -> MeetingRow {
    let came = usize::try_from(meeting.present).unwrap_or_default();
    let (detail, came, minutes) = match (meeting.state, meeting.actual_minutes) {
        (MeetingState::Held, Some(actual)) => (
            "Met".to_owned(),
            words::capital(&words::number(came)),
            format!("{actual} of {}", spent.planned_of(meeting.id).unwrap_or(meeting.minutes())),
        ),
        (MeetingState::NotHeld, _) => {
            let why = meeting.not_held_reason.map_or("", NotHeldReason::label);
            (format!("Did not meet. {why}"), "–".to_owned(), "–".to_owned())
        }
        (MeetingState::Cancelled, _) => ("Cancelled".to_owned(), "–".to_owned(), "–".to_owned()),
        _ => (
            format!("{}, {}", hours(meeting, by.viewer().time_zone()), meeting.mode.label().to_lowercase()),
            String::new(),
            String::new(),
        ),
    };
    MeetingRow {
        href: format!("{}/meetings/{}", by.group().path(), meeting.id),
        day: words::long_day(meeting.day()),
        iso: words::iso_day(meeting.day()),
        detail,
        came,
        minutes,
    }
}
