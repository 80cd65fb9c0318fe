//! The coordinator's page.
use super::super::{
    parts::{Part, split},
    queries::Theme,
    sentence::{Piece, sentence},
    service::Desk,
};
use crate::access::{InProgram, ProgramState};
use crate::base::{text::first_name, words};
use crate::features::field_trips::TripState;
use crate::features::progress::{self, GroupFacts, ProgramFacts, Slip, Standing, Weeks};
use crate::features::putting_off::{Away, Choice, choices};
use crate::features::warnings::{Action, Thing, on_the_desk};
use crate::features::{earlier_lessons, lessons};
use crate::web::{form::Errors, page::Shell};
use askama::Template;
use time::Date;

/// So many groups are drawn at once.
const GROUPS_SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "desk/overview.html")]
pub(in crate::features::desk) struct DeskPage {
    shell: Shell,
    errors: Errors,
    path: String,
    name: String,
    institution: String,
    lead: String,
    pieces: Vec<Piece>,
    takes_people: bool,
    group_count: usize,
    people_count: usize,
    things: Vec<Line>,
    how_many: String,
    away: Vec<AwayLine>,
    away_pages: Pages,
    choices: Vec<Choice>,
    five: Vec<Bar>,
    is_draft: bool,
    launched: bool,
    groups: Vec<GroupRow>,
    pages: Pages,
    frame: Slip,
    coming: Vec<Coming>,
    earlier: Option<earlier_lessons::Card>,
    look_back: Option<lessons::Card>,
}

/// What of the page is asked for, and what was typed on it.
pub(in crate::features::desk) struct View {
    pub(in crate::features::desk) page: usize,
    /// The page of what is put off.
    pub(in crate::features::desk) away: usize,
    pub(in crate::features::desk) typed: Typed,
}

/// A day that was typed to put something off until, and what is wrong with it.
#[derive(Default)]
pub(in crate::features::desk) struct Typed {
    pub(in crate::features::desk) thing: String,
    pub(in crate::features::desk) day: String,
    pub(in crate::features::desk) errors: Errors,
}

impl Typed {
    /// The thing at which it was typed, where it is not among those that are shown.
    fn on<'a>(&self, more: &'a [Thing], away: &'a [Away]) -> Option<&'a Thing> {
        let mut all = more.iter().chain(away.iter().map(|away| &away.thing));
        all.find(|thing| thing.key() == self.thing)
    }
}

/// One thing on the desk.
struct Line {
    key: String,
    /// What it is made of, to be sent back.
    shown: String,
    /// The id of its field for a day.
    field: String,
    title: String,
    text: String,
    action: Action,
    /// What was typed to put it off, where that was wrong.
    day: String,
    open: bool,
}

/// One thing that is put off.
struct AwayLine {
    key: String,
    title: String,
    until: String,
}

/// Where one is in a list.
struct Pages {
    from: usize,
    to: usize,
    of: usize,
    /// Empty where there is none.
    before: String,
    after: String,
}

/// One of the five parts.
struct Bar {
    href: String,
    label: &'static str,
    figure: String,
    percent: i32,
    low: bool,
}

struct GroupRow {
    href: String,
    name: String,
    names: String,
    slip: Slip,
    backed: bool,
    goal: bool,
    trip: bool,
    feedback: bool,
    /// "supervisors, goal"; empty when there is none.
    in_place: String,
    not_yet: String,
    standing: Standing,
}

struct Coming {
    iso: String,
    day: String,
    weekday: &'static str,
    title: String,
    note: String,
}

impl DeskPage {
    pub(in crate::features::desk) fn of(shell: Shell, program: &InProgram, desk: &Desk, view: View) -> Self {
        let (facts, today) = (&desk.facts, desk.today);
        let said = sentence(facts, today);
        let (shown, more) = on_the_desk(&desk.things.here);
        // What was typed stays, also at a thing that has meanwhile slipped behind the most urgent ones.
        let typed_on = view.typed.on(&desk.things.here[shown.len()..], &desk.things.away);
        let weeks = Weeks::of(facts, today);
        let pages = Pages::of(facts, view.page);
        let away_pages =
            Pages::among(desk.things.away.len(), view.away, |page| format!("{}?away={page}#put-off", facts.path()));
        Self {
            shell,
            path: facts.path(),
            name: facts.name.clone(),
            institution: program.institution.clone(),
            lead: said.lead,
            pieces: said.pieces,
            takes_people: facts.state.takes_people(),
            group_count: facts.groups.len(),
            people_count: facts.people.iter().filter(|person| person.state.is_open()).count(),
            how_many: how_many(shown.len(), more),
            things: shown.iter().chain(typed_on).map(|thing| Line::of(thing, &view.typed)).collect(),
            away: desk.things.away[away_pages.from..away_pages.to].iter().map(AwayLine::of).collect(),
            away_pages,
            choices: choices(today),
            errors: view.typed.errors,
            five: five(facts, today),
            is_draft: facts.state == ProgramState::Draft,
            launched: facts.state.was_launched(),
            groups: rows(facts, &pages, weeks, today),
            pages,
            frame: progress::frame(weeks, today),
            coming: coming(facts, &desk.themes, today),
            earlier: desk.earlier.clone(),
            look_back: desk.look_back.clone(),
        }
    }
}

impl Line {
    fn of(thing: &Thing, typed: &Typed) -> Self {
        let key = thing.key();
        let open = key == typed.thing;
        Self {
            title: thing.title.clone(),
            text: thing.text.clone(),
            action: thing.action.clone(),
            shown: thing.fingerprint(),
            field: format!("day-{key}"),
            day: if open { typed.day.clone() } else { String::new() },
            open,
            key,
        }
    }
}

impl AwayLine {
    fn of(away: &Away) -> Self {
        Self {
            key: away.thing.key(),
            title: away.thing.title.clone(),
            until: format!("Until {}, by {}", words::long_day(away.until), away.by),
        }
    }
}

impl Pages {
    /// A page that is not there is the last one.
    fn of(facts: &ProgramFacts, page: usize) -> Self {
        Self::among(facts.groups.len(), page, |page| format!("{}?page={page}#groups", facts.path()))
    }

    fn among(of: usize, page: usize, href: impl Fn(usize) -> String) -> Self {
        let last = of.div_ceil(GROUPS_SHOWN).max(1);
        let page = page.clamp(1, last);
        Self {
            from: (page - 1) * GROUPS_SHOWN,
            to: (page * GROUPS_SHOWN).min(of),
            of,
            before: if page > 1 { href(page - 1) } else { String::new() },
            after: if page < last { href(page + 1) } else { String::new() },
        }
    }
}

fn how_many(shown: usize, more: usize) -> String {
    match (shown, more) {
        (0, _) => String::new(),
        (n, 0) => words::capital(&words::count(n, "thing", "things")),
        (n, more) => format!("The {} most urgent of {}", words::number(n), words::number(n + more)),
    }
}

/// What makes such a program work, as counts; each opens its rows.
fn five(facts: &ProgramFacts, today: Date) -> Vec<Bar> {
    let half_over = today >= facts.middle();
    let bar = |part: &Part| {
        let share = split(*part, facts, today).share();
        let not_asked = *part == Part::Supervisors && !facts.approval_required;
        Bar {
            href: if share.den == 0 { String::new() } else { format!("{}/parts/{}", facts.path(), part.as_str()) },
            label: if not_asked { "Supervisors are not asked" } else { part.label() },
            figure: share.words(),
            percent: share.percent(),
            low: half_over && share.den > 0 && share.percent() < 34,
        }
    };
    Part::ALL.iter().map(bar).collect()
}

/// Most in need first; of many groups one page.
fn rows(facts: &ProgramFacts, pages: &Pages, weeks: Weeks, today: Date) -> Vec<GroupRow> {
    let standing = |group: &GroupFacts| progress::standing(group, facts.rhythm_days, today);
    let mut all: Vec<(Standing, &GroupFacts)> = facts.groups.iter().map(|group| (standing(group), group)).collect();
    // Stable: the groups come by name.
    all.sort_by_key(|(standing, _)| *standing);
    let shown = all.into_iter().skip(pages.from).take(GROUPS_SHOWN);
    shown.map(|(standing, group)| row((standing, group), weeks, today)).collect()
}

fn row((standing, group): (Standing, &GroupFacts), weeks: Weeks, today: Date) -> GroupRow {
    let names: Vec<String> = group.members.iter().map(|member| first_name(&member.name).to_owned()).collect();
    let (backed, goal) = (group.all_backed(today), group.has_goal());
    let (trip, feedback) = (group.has_trip(), group.feedback_items() > 0);
    let parts = [(backed, "supervisors"), (goal, "goal"), (trip, "field trip"), (feedback, "feedback")];
    let those =
        |there: bool| parts.iter().filter(|part| part.0 == there).map(|part| part.1).collect::<Vec<_>>().join(", ");
    GroupRow {
        href: group.path(),
        name: group.name.clone(),
        names: if names.is_empty() { "Nobody".to_owned() } else { names.join(", ") },
        slip: progress::slip(group, weeks, today),
        backed,
        goal,
        trip,
        feedback,
        in_place: those(true),
        not_yet: those(false),
        standing,
    }
}

/// The next dates of the program and its groups, by when and what kind.
fn coming(facts: &ProgramFacts, themes: &[Theme], today: Date) -> Vec<Coming> {
    const SHOWN: usize = 5;
    let mut dates: Vec<(Date, String, String)> = Vec::new();
    for group in &facts.groups {
        let booked = |state| matches!(state, TripState::Planned | TripState::Confirmed);
        for trip in group.trips.iter().filter(|trip| booked(trip.state)) {
            let state = if trip.state == TripState::Confirmed { "Confirmed" } else { "Not confirmed yet" };
            dates.push((trip.day, format!("{}, {}", trip.kind.label(), group.name), state.to_owned()));
        }
        if let Some(meeting) = group.next_meeting(today) {
            let agenda = if meeting.agenda.is_empty() { "No agenda yet" } else { "With an agenda" };
            dates.push((meeting.day, format!("{} meets", group.name), agenda.to_owned()));
        }
    }
    dates.extend(
        themes
            .iter()
            .map(|theme| (theme.starts_on, theme.title.clone(), format!("Theme until {}", words::day(theme.ends_on)))),
    );
    dates.push((facts.starts_on, "The program starts".to_owned(), String::new()));
    dates.push((facts.ends_on, "The program ends".to_owned(), String::new()));
    dates.retain(|(day, ..)| *day >= today);
    dates.sort();
    dates
        .into_iter()
        .take(SHOWN)
        .map(|(day, title, note)| Coming {
            iso: words::iso_day(day),
            day: words::short_day(day),
            weekday: words::short_weekday(day),
            title,
            note,
        })
        .collect()
}
