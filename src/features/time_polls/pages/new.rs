//! Starting a poll.
use crate::access::GroupMember;
use crate::base::{ids::TimePollId, local_time, words};
use crate::features::{
    groups,
    meetings::{Mode, zone_words},
    time_polls::{
        model::{
            TIMES,
            suggest::{Frame, Member, suggest},
        },
        service::Beginning,
    },
};
use crate::web::{form::Errors, page::Shell};
use askama::Template;
use serde::Deserialize;
use time::{Duration, OffsetDateTime, PrimitiveDateTime};

/// The form of a poll as it was typed.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct PollForm {
    pub(in super::super) id: String,
    pub(in super::super) mode: String,
    pub(in super::super) place: String,
    /// How many of its times were suggested: these count only if they are ticked.
    pub(in super::super) suggested: String,
    /// The numbers of those that are.
    pub(in super::super) pick: Vec<String>,
    pub(in super::super) date: Vec<String>,
    pub(in super::super) time: Vec<String>,
    pub(in super::super) minutes: Vec<String>,
}

impl PollForm {
    /// What the form holds at first: the suggestions, all of them ticked, and room for others.
    pub(in super::super) fn first(by: &GroupMember, from: &Beginning, now: OffsetDateTime) -> Self {
        let (group, program) = (by.group(), by.program());
        let frame = Frame {
            time_zone: &group.time_zone,
            minutes: group.meeting_minutes,
            now,
            until: program.ends_on,
            busy: &from.busy,
        };
        let found = suggest(&from.weeks, &frame);
        let room = TIMES.end().saturating_sub(found.len());
        let with_room = |filled: Vec<String>| filled.into_iter().chain(vec![String::new(); room]).collect();
        Self {
            id: TimePollId::generate().to_string(),
            mode: Mode::InPerson.as_str().to_owned(),
            place: String::new(),
            suggested: found.len().to_string(),
            pick: (1..=found.len()).map(|number| number.to_string()).collect(),
            date: with_room(found.iter().map(|free| words::iso_day(free.local.date())).collect()),
            time: with_room(found.iter().map(|free| words::clock_time(free.local.time())).collect()),
            minutes: vec![group.meeting_minutes.to_string(); *TIMES.end()],
        }
    }

    fn cell(column: &[String], row: usize) -> String {
        column.get(row).cloned().unwrap_or_default()
    }

    /// Its rows, whatever was sent.
    pub(in super::super) fn rows(&self) -> Vec<Row> {
        let suggested = self.suggested.trim().parse::<usize>().unwrap_or(0);
        (0..*TIMES.end())
            .map(|row| Row {
                number: row + 1,
                tickable: row < suggested,
                ticked: self.pick.iter().any(|number| *number == (row + 1).to_string()),
                date: Self::cell(&self.date, row),
                time: Self::cell(&self.time, row),
                minutes: Self::cell(&self.minutes, row),
                note: String::new(),
            })
            .collect()
    }
}

/// One time of the form.
#[derive(Debug)]
pub(in super::super) struct Row {
    pub(in super::super) number: usize,
    tickable: bool,
    ticked: bool,
    pub(in super::super) date: String,
    pub(in super::super) time: String,
    pub(in super::super) minutes: String,
    /// Who can then, by their profiles.
    note: String,
}

impl Row {
    /// A suggestion is meant when it is ticked, one's own time when something is typed.
    pub(in super::super) fn is_meant(&self) -> bool {
        if self.tickable { self.ticked } else { !(self.date.trim().is_empty() && self.time.trim().is_empty()) }
    }
}

/// The page on which a poll is started.
#[derive(Template)]
#[template(path = "time_polls/new.html")]
pub(in super::super) struct NewPage {
    shell: Shell,
    group_path: String,
    group_name: String,
    zone: String,
    /// Some of the times are suggestions.
    suggests: bool,
    rows: Vec<Row>,
    form: PollForm,
    readers: String,
    errors: Errors,
}

impl NewPage {
    pub(in super::super) fn of(
        shell: Shell,
        by: &GroupMember,
        from: &Beginning,
        form: PollForm,
        errors: Errors,
    ) -> Self {
        let group = by.group();
        let mut rows = form.rows();
        for row in &mut rows {
            row.note = note(row, by, from);
        }
        Self {
            shell: shell.with(&errors),
            group_path: group.path(),
            group_name: group.name.clone(),
            zone: zone_words(&group.time_zone),
            suggests: rows.iter().any(|row| row.tickable),
            rows,
            form,
            readers: groups::readers(by, &from.members, None),
            errors,
        }
    }
}

/// "By your profiles, Priya and you can."; nothing when nobody said when they can, or no time is named.
fn note(row: &Row, by: &GroupMember, from: &Beginning) -> String {
    let (Some(date), Some(time)) = (local_time::parse_date(&row.date), local_time::parse_time(&row.time)) else {
        return String::new();
    };
    let minutes = row.minutes.trim().parse::<i64>().unwrap_or(0).clamp(0, 720);
    let Ok(starts_at) = local_time::to_instant(&by.group().time_zone, PrimitiveDateTime::new(date, time)) else {
        return String::new();
    };
    let can = |one: &Member| one.can(starts_at, starts_at + Duration::minutes(minutes));
    let able: Vec<_> = from.weeks.iter().filter(|one| can(one) == Some(true)).map(|one| one.id).collect();
    if from.weeks.iter().all(|one| one.week.is_empty()) {
        return String::new();
    }
    if able.len() == from.weeks.len() {
        return "By your profiles, all of you can.".to_owned();
    }
    let me = by.participation_id();
    let others = from.members.iter().filter(|one| one.participation_id != me && able.contains(&one.participation_id));
    let mut names: Vec<String> = others.map(|one| one.first_name().to_owned()).collect();
    if able.contains(&me) {
        names.push("you".to_owned());
    }
    if names.is_empty() {
        "By your profiles, nobody can.".to_owned()
    } else {
        format!("By your profiles, {} can.", words::list(&names))
    }
}
