//! The portfolio itself, the same in print, in a file and by a link; and the letter.
use super::super::{
    model::{Letter, Owner, Portfolio},
    service,
};
use crate::access::InProgram;
use crate::base::{text::web_link, words};
use crate::web::page::Shell;
use askama::Template;
use time::Date;

/// The look of a saved file, which reaches for nothing outside itself.
const FILE_STYLE: &str = include_str!("../../../../static/portfolio-file.css");

pub(super) struct Goal {
    title: String,
    statement: String,
    note: String,
    reflection: String,
}

pub(super) struct Made {
    title: String,
    href: String,
    words: Vec<String>,
    note: &'static str,
}

pub(super) struct Trip {
    title: &'static str,
    note: String,
    learned: Vec<String>,
}

pub(super) struct Feedback {
    from: String,
    day: String,
    /// Each element with its parts: "Behaviour", and what was seen.
    texts: Vec<(String, Vec<(&'static str, String)>)>,
}

/// What stands in it, in the order in which it is read.
pub(super) struct Sheet {
    name: String,
    from: String,
    goals: Vec<Goal>,
    made: Vec<Made>,
    trips: Vec<Trip>,
    feedback: Vec<Feedback>,
    is_empty: bool,
}

fn lines(text: &str) -> Vec<String> {
    text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}

fn from(owner: &Owner) -> String {
    format!("{}, {}, {}", owner.program, owner.institution, words::from_to(owner.starts_on, owner.ends_on))
}

impl Sheet {
    fn of(owner: &Owner, portfolio: &Portfolio) -> Self {
        let goals = portfolio.goals.iter().map(|one| Goal {
            title: one.title.clone(),
            statement: one.statement.clone(),
            note: format!(
                "{} on {}{}",
                one.state.words(),
                words::day_and_year(one.closed_on),
                if one.of_group { ", with the group" } else { "" }
            ),
            reflection: one.reflection.clone(),
        });
        let made = portfolio.made.iter().map(|one| Made {
            title: one.title.clone(),
            href: web_link(&one.link).unwrap_or_default(),
            words: lines(&one.words),
            note: one.state.words(),
        });
        let trips = portfolio.trips.iter().map(|one| Trip {
            title: one.kind.label(),
            note: [words::day_and_year(one.on_date), one.place.clone()]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(", "),
            learned: lines(&one.learned),
        });
        let feedback = portfolio.feedback.iter().map(|one| Feedback {
            from: one.giver.clone(),
            day: words::day_and_year(one.happened_on),
            texts: one
                .texts
                .iter()
                .map(|(title, words)| {
                    let said = words.parts().into_iter().filter(|(_, text)| !text.is_empty());
                    (title.clone(), said.map(|(part, text)| (part.label(), text.to_owned())).collect())
                })
                .collect(),
        });
        Self {
            name: owner.name.clone(),
            from: from(owner),
            goals: goals.collect(),
            made: made.collect(),
            trips: trips.collect(),
            feedback: feedback.collect(),
            is_empty: portfolio.is_empty(),
        }
    }
}

#[derive(Template)]
#[template(path = "portfolios/print.html")]
pub(in super::super) struct PrintPage {
    shell: Shell,
    path: String,
    sheet: Sheet,
}

impl PrintPage {
    pub(in super::super) fn of(shell: Shell, program: &InProgram, owner: &Owner, portfolio: &Portfolio) -> Self {
        Self { shell, path: program.path(), sheet: Sheet::of(owner, portfolio) }
    }
}

#[derive(Template)]
#[template(path = "portfolios/shared.html")]
pub(in super::super) struct SharedPage {
    shell: Shell,
    sheet: Sheet,
}

impl SharedPage {
    pub(in super::super) fn of(shell: Shell, owner: &Owner, portfolio: &Portfolio) -> Self {
        let shell = Shell { institution: Some(owner.institution.clone()), ..shell };
        Self { shell, sheet: Sheet::of(owner, portfolio) }
    }
}

#[derive(Template)]
#[template(path = "portfolios/file.html")]
pub(in super::super) struct FilePage {
    /// With its tags: pages of the site itself have none of it.
    style: String,
    sheet: Sheet,
}

impl FilePage {
    pub(in super::super) fn of(owner: &Owner, portfolio: &Portfolio) -> Self {
        Self { style: format!("<style>\n{FILE_STYLE}</style>"), sheet: Sheet::of(owner, portfolio) }
    }
}

#[derive(Template)]
#[template(path = "portfolios/letter.html")]
pub(in super::super) struct LetterPage {
    shell: Shell,
    path: String,
    name: String,
    program: String,
    institution: String,
    dates: String,
    /// When the part ended before the program.
    ended: String,
    groups: String,
    met: String,
    went: String,
    products: Vec<String>,
    today: String,
}

impl LetterPage {
    pub(in super::super) fn of(
        shell: Shell,
        program: &InProgram,
        (owner, letter): (&service::Owner, &Letter),
        today: Date,
    ) -> Self {
        Self {
            shell: Shell { institution: Some(owner.institution.clone()), ..shell },
            path: program.path(),
            name: owner.name.clone(),
            program: owner.program.clone(),
            institution: owner.institution.clone(),
            dates: words::from_to(owner.starts_on, owner.ends_on),
            ended: letter.ended_on.filter(|day| *day < owner.ends_on).map(words::day_and_year).unwrap_or_default(),
            groups: words::list(&letter.groups),
            met: letter.met(),
            went: letter.went(),
            products: letter.products.clone(),
            today: words::day_and_year(today),
        }
    }
}
