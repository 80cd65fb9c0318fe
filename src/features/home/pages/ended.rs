//! Programs that are over: out of the way, and not lost.
use crate::base::words;
use crate::features::home::{
    model::{End, Mine},
    service::Home,
};
use time::Date;

/// A program that is over.
pub(super) struct Ended {
    pub(super) href: String,
    pub(super) name: String,
    /// "Ended 12 June 2026. You coordinated it."
    pub(super) note: String,
    /// Of somebody who took part.
    pub(super) portfolio: String,
    day: Date,
}

/// What is over, the last to end first.
pub(super) fn ended(home: &Home) -> Vec<Ended> {
    let left = |program: &Mine| home.past.iter().any(|past| past.id == program.id);
    let mut all: Vec<Ended> = home
        .mine
        .iter()
        .filter_map(|program| Some((program, program.end?)))
        .map(|(program, end)| {
            let took_part = program.part.is_some() || left(program);
            Ended {
                href: program.path(),
                name: program.name.clone(),
                note: format!("{}. {}.", when(end), role(program)),
                portfolio: if took_part { format!("{}/portfolio", program.path()) } else { String::new() },
                day: end.day(),
            }
        })
        .collect();
    let only_past = home.past.iter().filter(|past| !home.mine.iter().any(|program| program.id == past.id));
    all.extend(only_past.filter_map(|past| {
        let end = past.end?;
        let href = format!("/programs/{}/portfolio", past.id);
        let note = format!("{}. Your portfolio.", when(end));
        Some(Ended { href, name: past.name.clone(), note, portfolio: String::new(), day: end.day() })
    }));
    all.sort_by_key(|one| std::cmp::Reverse(one.day));
    all
}

fn when(end: End) -> String {
    match end {
        End::Ended(day) => format!("Ended {}", words::day_and_year(day)),
        End::Cancelled(Some(day), _) => format!("Cancelled {}", words::day_and_year(day)),
        End::Cancelled(None, _) => "Cancelled".to_owned(),
    }
}

const fn role(program: &Mine) -> &'static str {
    if program.coordinates {
        "You coordinated it"
    } else if program.part.is_some() {
        "You took part"
    } else {
        "You were a contact person"
    }
}
