//! Why people are suggested as one group, in words. Nothing is said of whom somebody avoids.
use super::{
    keywords::keywords,
    problem::Weights,
    seats::{Pair, Somebody},
    week::{Meeting, Window},
};
use crate::base::{text::first_name, words};
use std::collections::{BTreeMap, BTreeSet};

/// The most wants that are told one by one.
const WANTS_TOLD: usize = 4;
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Everything that speaks for these as one group, each a sentence; what has no weight is left out, the
/// time they share never. `before` are those who were in a group together.
#[must_use]
pub fn reasons(members: &[Somebody], before: &[Pair], meeting: Option<&Meeting>, weights: &Weights) -> Vec<String> {
    let names = names(members);
    let mut found = Vec::new();
    if weights.wants > 0 {
        found.extend(wants(members, &names));
    }
    if weights.themes > 0 {
        found.extend(themes(members, &names));
    }
    if weights.departments > 0 {
        found.extend(places(members, "department", |member| &member.department));
    }
    if weights.site > 0 {
        found.extend(places(members, "site", |member| &member.site));
    }
    if weights.new_faces > 0 && members.len() > 1 {
        found.extend(faces(before, &names));
    }
    found.extend(time(members, &names, meeting));
    found
}

/// First names, and whole ones where two share a first one.
fn names(members: &[Somebody]) -> Vec<String> {
    let alike = |name: &str| members.iter().filter(|other| first_name(&other.name) == first_name(name)).count();
    let short = |name: &String| if alike(name) > 1 { name.clone() } else { first_name(name).to_owned() };
    members.iter().map(|member| short(&member.name)).collect()
}

fn wants(members: &[Somebody], names: &[String]) -> Vec<String> {
    let offered: Vec<BTreeSet<String>> = members
        .iter()
        .map(|member| keywords(&member.offers).into_iter().map(|keyword| keyword.stem).collect())
        .collect();
    let mut told = Vec::new();
    for (at, member) in members.iter().enumerate() {
        for keyword in keywords(&member.wants) {
            let giving = (0..members.len()).filter(|other| *other != at && offered[*other].contains(&keyword.stem));
            let giving: Vec<String> = giving.map(|other| names[other].clone()).collect();
            if !giving.is_empty() {
                let verb = if giving.len() == 1 { "offers" } else { "offer" };
                told.push(format!(
                    "{} wants help with ‘{}’, which {} {verb}",
                    names[at],
                    keyword.word,
                    words::list(&giving)
                ));
            }
        }
    }
    let more = told.len().saturating_sub(WANTS_TOLD);
    if more > 1 {
        told.truncate(WANTS_TOLD);
        told.push(format!("{} more wants are met", words::capital(&words::number(more))));
    }
    told
}

fn themes(members: &[Somebody], names: &[String]) -> Option<String> {
    let mut drawn: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (member, name) in members.iter().zip(names) {
        for theme in &member.themes {
            drawn.entry(theme).or_default().push(name.clone());
        }
    }
    drawn.retain(|_, who| who.len() > 1);
    let each: Vec<String> = drawn
        .iter()
        .map(|(theme, who)| {
            let all = who.len() == members.len();
            if all { format!("‘{theme}’") } else { format!("‘{theme}’ ({})", words::list(who)) }
        })
        .collect();
    let count = words::count(each.len(), "theme", "themes");
    (!each.is_empty()).then(|| format!("{} in common: {}", words::capital(&count), words::list(&each)))
}

fn places(members: &[Somebody], what: &str, of: impl Fn(&Somebody) -> &String) -> Option<String> {
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    let mut silent = 0;
    for member in members {
        match of(member).trim() {
            "" => silent += 1,
            place => {
                known.entry(place.to_lowercase()).or_insert(place);
            }
        }
    }
    let names: Vec<String> = known.into_values().map(str::to_owned).collect();
    match names.len() {
        0 => None,
        1 if silent > 0 || members.len() == 1 => None,
        1 => Some(format!("All from one {what}: {}", names[0])),
        n => Some(format!("{} {what}s: {}", words::capital(&words::number(n)), words::list(&names))),
    }
}

fn faces(before: &[Pair], names: &[String]) -> Vec<String> {
    if before.is_empty() {
        return vec!["No two of them were in a group together before".to_owned()];
    }
    before.iter().map(|(a, b)| format!("{} and {} were in a group together before", names[*a], names[*b])).collect()
}

fn time(members: &[Somebody], names: &[String], meeting: Option<&Meeting>) -> Vec<String> {
    let Some(meeting) = meeting else { return vec!["There is no time at which all of them can meet".to_owned()] };
    let place = meeting.time_zone.rsplit('/').next().unwrap_or_default().replace('_', " ");
    let each: Vec<String> = meeting.windows.iter().map(window_words).collect();
    let silent: Vec<String> =
        members.iter().zip(names).filter(|(member, _)| member.slots.is_empty()).map(|(_, name)| name.clone()).collect();
    let mut said = Vec::new();
    if !each.is_empty() {
        let who = if members.len() == 1 { "Can" } else { "All can" };
        said.push(format!("{who} meet {}, {place} time, in every week of the program", words::list(&each)));
    }
    if silent.len() == members.len() {
        said.push("Nobody here has said when they can meet: everybody counts as always free".to_owned());
    } else if !silent.is_empty() {
        let (has, counts) = if silent.len() == 1 { ("has", "counts") } else { ("have", "count") };
        said.push(format!("{} {has} not said when they can meet and {counts} as always free", words::list(&silent)));
    }
    said
}

/// "Tuesdays 15:00–16:00".
fn window_words(window: &Window) -> String {
    let day = usize::try_from(window.weekday - 1).ok().and_then(|at| DAYS.get(at)).copied().unwrap_or_default();
    let clock = |minutes: i32| format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60);
    format!("{day}s {}–{}", clock(window.from), clock(window.to))
}
