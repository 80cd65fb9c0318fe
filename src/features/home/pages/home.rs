//! A person's home.
use super::{
    cards::{Aside, GroupCard, ProgramCard, asides, group_cards, program_cards},
    ended::{Ended, ended},
    steps::{Steps, steps},
};
use crate::access::Viewer;
use crate::base::{local_time::day_in, text::first_name, words};
use crate::features::desk;
use crate::features::home::{
    model::Mine,
    service::Home,
    tasks::{Task, tasks},
};
use crate::features::progress::ProgramFacts;
use crate::web::page::{Link, Shell};
use askama::Template;
use time::{Date, OffsetDateTime};

#[derive(Template)]
#[template(path = "home/home.html")]
pub(in crate::features::home) struct HomePage {
    shell: Shell,
    crumb: String,
    greeting: String,
    standfirst: String,
    guide: Option<Guide>,
    steps: Vec<Steps>,
    after: Vec<After>,
    groups: Vec<GroupCard>,
    programs: Vec<ProgramCard>,
    asides: Vec<Aside>,
    /// Programs that go on, in which the reader's part has ended.
    past: Vec<Link>,
    /// Those the reader is only a contact of.
    others: Vec<Link>,
    ended: Vec<Ended>,
    /// "Three programs".
    how_many_ended: String,
    /// There is somebody whom the reader may find.
    can_search: bool,
    nothing: bool,
    all_done: bool,
    may_create: bool,
    site_admin: bool,
    mailbox: bool,
    takes_part: bool,
}

/// The one thing that is next.
struct Guide {
    title: String,
    note: String,
    href: String,
    label: String,
}

struct After {
    /// ISO and words; empty for "Any time".
    iso: String,
    when: String,
    title: String,
    note: String,
    href: String,
}

impl HomePage {
    pub(in crate::features::home) fn of(shell: Shell, viewer: &Viewer, home: &Home, now: OffsetDateTime) -> Self {
        let zone = home.mine.first().map_or(viewer.time_zone(), |program| program.time_zone.as_str());
        let today = day_in(zone, now);
        let steps = steps(home, now);
        let programs = program_cards(home, now);
        let mut waiting = tasks(&home.mine, &home.waiting, now).into_iter();
        let first = waiting.next();
        let guide = match first {
            Some(task) => Some(Guide::of_task(task)),
            None if steps.is_empty() => desk_guide(home, now),
            None => None,
        };
        let mailbox = shell.menu.iter().any(|link| link.href == "/mailbox");
        let groups = group_cards(home, now);
        let ended = ended(home);
        Self {
            crumb: crumb(&home.mine, today),
            greeting: format!(
                "{}, {}",
                if groups.is_empty() && !steps.is_empty() { "Welcome" } else { "Hello" },
                first_name(viewer.name())
            ),
            standfirst: standfirst(&home.mine, groups.is_empty() && !steps.is_empty()),
            all_done: guide.is_none() && steps.is_empty() && !groups.is_empty(),
            nothing: home.mine.is_empty(),
            after: after(waiting.collect()),
            past: home
                .past
                .iter()
                .filter(|past| past.end.is_none())
                .map(|past| Link::to(format!("/programs/{}/portfolio", past.id), &past.name))
                .collect(),
            others: others(&home.mine),
            how_many_ended: words::capital(&words::count(ended.len(), "program", "programs")),
            ended,
            can_search: viewer.is_site_admin() || !groups.is_empty() || home.mine.iter().any(|one| one.coordinates),
            asides: asides(home),
            guide,
            steps,
            groups,
            programs,
            may_create: viewer.may_create_programs(),
            site_admin: viewer.is_site_admin(),
            mailbox,
            takes_part: home.mine.iter().any(|one| one.part.is_some()),
            shell: with_places(shell, &home.mine),
        }
    }
}

/// The navigation: home, and of the one program that is going on its group and its page.
fn with_places(mut shell: Shell, mine: &[Mine]) -> Shell {
    shell.nav = vec![Link::to("/", "Home").here()];
    let mut going_on = mine.iter().filter(|program| !program.has_ended());
    if let (Some(program), None) = (going_on.next(), going_on.next()) {
        if let Some(group) = program.group() {
            shell.nav.push(Link::to(format!("{}/groups/{}", program.path(), group.id), &group.name));
        }
        let name = if program.coordinates { program.name.as_str() } else { "The program" };
        shell.nav.push(Link::to(program.path(), name));
    }
    shell
}

impl Guide {
    fn of_task(task: Task) -> Self {
        let note = match task.on {
            Some(day) => format!("{}. {}.", words::long_day(day), task.note.trim_end_matches('.')),
            None => task.note,
        };
        Self { title: task.title, note, href: task.href, label: task.label.to_owned() }
    }
}

/// For someone who only coordinates: the most urgent thing on a desk.
fn desk_guide(home: &Home, now: OffsetDateTime) -> Option<Guide> {
    let most = |facts: &ProgramFacts| {
        let first = desk::waiting(facts, &home.put_off, day_in(&facts.time_zone, now)).into_iter().next()?;
        Some((first, facts.path()))
    };
    let (warning, path) = home.coordinated.iter().filter_map(most).min_by_key(|(warning, _)| warning.urgency)?;
    // What is done by a post is done on the desk.
    let href = if warning.action.posts { path } else { warning.action.href };
    Some(Guide { title: warning.title, note: warning.text, href, label: warning.action.label.to_owned() })
}

/// "Monday 20 April, week 15 of 22"; the week only while one program runs.
fn crumb(mine: &[Mine], today: Date) -> String {
    let day = words::long_day(today);
    let mut running = mine.iter().filter(|program| program.state.is_running());
    match (running.next(), running.next()) {
        (Some(one), None) if today >= one.starts_on && today <= one.ends_on => {
            let week = (today - one.starts_on).whole_days() / 7 + 1;
            let weeks = (one.ends_on - one.starts_on).whole_days() / 7 + 1;
            format!("{day}, week {week} of {weeks}")
        }
        _ => day,
    }
}

fn standfirst(mine: &[Mine], is_new: bool) -> String {
    let program = mine.iter().find(|program| program.waits_for_a_group()).filter(|_| is_new);
    program.map_or_else(String::new, |program| {
        format!("{}. A few colleagues, one goal each, no mentor and no mentee.", program.name)
    })
}

/// Dated things first, by date; then what can be done any time.
fn after(mut tasks: Vec<Task>) -> Vec<After> {
    tasks.sort_by_key(|task| (task.on.is_none(), task.on));
    tasks
        .into_iter()
        .map(|task| After {
            iso: task.on.map_or_else(String::new, words::iso_day),
            when: task.on.map_or_else(|| "Any time".to_owned(), words::short_day),
            title: task.title,
            note: task.note.trim_end_matches('.').to_owned(),
            href: task.href,
        })
        .collect()
}

fn others(mine: &[Mine]) -> Vec<Link> {
    mine.iter()
        .filter(|program| !program.has_ended() && !program.coordinates && program.part.is_none())
        .map(|program| Link::to(program.path(), &program.name))
        .collect()
}
