//! The report as its sheets say it: a section for each part of what makes a program work, in words and bars.
use super::model::{BothWays, PulseFigures, Report, Told};
use crate::access::InProgram;
use crate::base::words;
use crate::features::{progress::figures::Share, pulse::PulseKind};
use crate::web::page::Shell;
use askama::Template;

#[derive(Template)]
#[template(path = "program_reports/report.html")]
pub(super) struct ReportPage {
    shell: Shell,
    path: String,
    name: String,
    institution: String,
    /// "As of 20 April 2026".
    as_of: String,
    /// "12 January to 12 June 2026".
    term: String,
    lead: String,
    sections: Vec<Section>,
}

/// One part of the report.
struct Section {
    id: &'static str,
    title: &'static str,
    /// What it comes to, before the bars.
    lead: String,
    bars: Vec<Bar>,
    /// After them.
    note: String,
}

/// A figure with its drawing; the figure itself says the same in words.
struct Bar {
    label: &'static str,
    figure: String,
    percent: i32,
}

impl ReportPage {
    pub(super) fn of(shell: Shell, program: &InProgram, report: &Report) -> Self {
        let mut sections = vec![supervisors(report), meetings(report), minutes(report)];
        sections.extend([going_to_see(report), goals(report), people(report)]);
        sections.extend(report.pulses.iter().rev().map(pulse));
        Self {
            shell,
            path: program.path(),
            name: report.name.clone(),
            institution: report.institution.clone(),
            as_of: words::day_and_year(report.as_of),
            term: words::from_to(report.starts_on, report.ends_on),
            lead: lead(report),
            sections,
        }
    }
}

fn lead(report: &Report) -> String {
    let groups = report.groups.len();
    if groups == 0 {
        return "No group has begun.".to_owned();
    }
    let held = usize::try_from(report.program.held).unwrap_or(0);
    let people = usize::try_from(report.retention.den).unwrap_or(0);
    let have = if groups == 1 { "has" } else { "have" };
    let met = if held == 0 { "not met yet".to_owned() } else { format!("met {}", words::times(held)) };
    format!(
        "{}, with {} in all, {have} {met}.",
        words::capital(&words::count(groups, "group", "groups")),
        words::count(people, "person", "people")
    )
}

fn of(label: &'static str, share: Share) -> Bar {
    Bar { label, figure: share.words(), percent: share.percent().clamp(0, 100) }
}

fn percent(label: &'static str, share: Share) -> Bar {
    Bar { label, figure: percent_words(share), percent: share.percent().clamp(0, 100) }
}

fn percent_words(share: Share) -> String {
    if share.den == 0 { "–".to_owned() } else { format!("{} %", share.percent()) }
}

/// "36 hours", "3 days", "7.1 days".
fn hours_words(hours: f64) -> String {
    let (amount, unit) = if hours < 48.0 { (hours, "hours") } else { (hours / 24.0, "days") };
    let rounded = format!("{amount:.1}");
    let rounded = rounded.strip_suffix(".0").unwrap_or(&rounded);
    // Days are two and more.
    format!("{rounded} {}", if rounded == "1" { "hour" } else { unit })
}

fn supervisors(report: &Report) -> Section {
    let one = &report.approval;
    let note = one.median_hours.zip(one.ninetieth_hours).map_or_else(String::new, |(half, most)| {
        format!("Half of the answers came within {}, nine in ten within {}.", hours_words(half), hours_words(most))
    });
    Section {
        id: "supervisors",
        title: "Supervisors",
        lead: if one.response.den == 0 { "No supervisor was asked.".to_owned() } else { String::new() },
        bars: vec![of("Requests that were answered", one.response), of("Answers that were a yes", one.approval)],
        note,
    }
}

fn meetings(report: &Report) -> Section {
    let one = &report.program;
    let lead = one.first_meeting_day.map_or_else(
        || "No meeting was held yet.".to_owned(),
        |day| {
            let first = match day {
                ..0 => "before the program began".to_owned(),
                0 => "on the day on which the program began".to_owned(),
                1 => "one day after the program began".to_owned(),
                _ => format!("{day} days after the program began"),
            };
            format!("{} together, the first {first}.", time_words(one.minutes))
        },
    );
    Section {
        id: "meetings",
        title: "Meetings",
        lead,
        bars: vec![of("Held, of those due by the rhythm", one.cadence), percent("Members who came", one.attendance)],
        note: String::new(),
    }
}

/// "12 hours and 25 minutes".
fn time_words(minutes: i32) -> String {
    let words = |n: i32, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    match (minutes / 60, minutes % 60) {
        (0, rest) => words(rest, "minute", "minutes"),
        (hours, 0) => words(hours, "hour", "hours"),
        (hours, rest) => format!("{} and {}", words(hours, "hour", "hours"), words(rest, "minute", "minutes")),
    }
}

fn minutes(report: &Report) -> Section {
    let one = &report.program;
    let note = one.drift.map_or_else(String::new, |drift| {
        format!("{:.0} % of the minutes went to something else than was planned for them.", drift * 100.0)
    });
    Section {
        id: "minutes",
        title: "How the time went",
        lead: String::new(),
        bars: vec![
            percent("On a goal", one.on_goal),
            percent("On goals, feedback, trips and themes", one.on_purpose),
            percent("Catching up, as planned", one.informal_planned),
            percent("Catching up, as it went", one.informal),
        ],
        note,
    }
}

fn going_to_see(report: &Report) -> Section {
    let one = &report.program;
    let items = usize::try_from(one.feedback).unwrap_or(0);
    Section {
        id: "feedback",
        title: "Feedback and field trips",
        lead: format!(
            "{} of feedback {} given from one peer to another.",
            words::capital(&words::count(items, "item", "items")),
            if items == 1 { "was" } else { "were" }
        ),
        bars: vec![of("Field trips that took place", one.trip_completion)],
        note: match one.both_ways() {
            Some(BothWays::Balanced) => "Feedback goes both ways.".to_owned(),
            Some(BothWays::OneSided) => "Feedback goes mostly one way.".to_owned(),
            None => String::new(),
        },
    }
}

fn goals(report: &Report) -> Section {
    Section {
        id: "goals",
        title: "Goals and products",
        lead: String::new(),
        bars: vec![
            percent("Closed goals that were reached", report.goal_attainment),
            of("Agreed goals with a product", report.goals_with_product),
        ],
        note: "A goal that was partly reached counts half.".to_owned(),
    }
}

fn people(report: &Report) -> Section {
    Section {
        id: "people",
        title: "Who stayed",
        lead: String::new(),
        bars: vec![of("People who were placed and stayed", report.retention)],
        note: "Whoever finished early stayed.".to_owned(),
    }
}

fn pulse(pulse: &PulseFigures) -> Section {
    let (id, title) = match pulse.kind {
        PulseKind::Mid => ("pulse-mid", "How it was for them, half-way"),
        PulseKind::End => ("pulse-end", "How it was for them, at the end"),
    };
    Section {
        id,
        title,
        lead: if pulse.told.is_some() {
            String::new()
        } else {
            "Too few answered for anything to be shown.".to_owned()
        },
        bars: pulse.told.as_ref().map(pulse_bars).unwrap_or_default(),
        note: format!("Closed on {}.", words::day(pulse.closed_on)),
    }
}

fn pulse_bars(told: &Told) -> Vec<Bar> {
    let of_five =
        |label, mean: f64| Bar { label, figure: format!("{mean:.1} of 5"), percent: whole((mean - 1.0) * 25.0) };
    let recommend = format!("{:+.0}", told.recommend).replace('-', "−");
    vec![
        of("Answered", told.response),
        of_five("Worth my time", told.worth),
        of_five("I can be honest here", told.safe),
        Bar {
            label: "Would recommend, −100 to +100",
            figure: if recommend.ends_with("+0") || recommend.ends_with("−0") { "0".to_owned() } else { recommend },
            percent: whole(f64::midpoint(told.recommend, 100.0)),
        },
    ]
}

/// Rounded, as wide as a bar can be.
fn whole(figure: f64) -> i32 {
    (0..=100).find(|n| figure - f64::from(*n) <= 0.5).unwrap_or(100)
}
