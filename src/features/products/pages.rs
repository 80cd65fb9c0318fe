//! What the templates need, ready to show.
use super::{
    queries::ProductRow,
    service::{OwnProduct, OwnShelf, Shelf, ShownProduct},
};
use crate::access::{InProgram, OwnPart};
use crate::base::{ids::ParticipationId, local_time::day_in, text::web_link, words};
use crate::features::approvals::Request;
use crate::web::page::Shell;
use askama::Template;

/// Whether one audience sees a product.
pub(super) struct Reader {
    /// As the form sends it.
    with: &'static str,
    /// "Your group", "Everybody in the program", "Helen Ford".
    who: String,
    sees: bool,
}

/// A product of the reader's own.
pub(super) struct Own {
    id: String,
    title: String,
    href: String,
    words: Vec<String>,
    state: String,
    /// The page on which it is changed, while one belongs to the group.
    goal: String,
    readers: Vec<Reader>,
}

/// A product that somebody shares.
pub(super) struct Shared {
    title: String,
    href: String,
    words: Vec<String>,
    owner: String,
    state: String,
    since: String,
}

#[derive(Template)]
#[template(path = "products/own.html")]
pub(super) struct OwnPage {
    shell: Shell,
    path: String,
    program: String,
    is_open: bool,
    may_share: bool,
    own: Vec<Own>,
    /// Who is shown something now.
    supervisor: String,
    shown_to: String,
    shared: Vec<Shared>,
    next: String,
}

#[derive(Template)]
#[template(path = "products/shared.html")]
pub(super) struct SharedPage {
    shell: Shell,
    path: String,
    program: String,
    shared: Vec<Shared>,
    next: String,
}

fn lines(text: &str) -> Vec<String> {
    text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}

fn shared(program: &InProgram, listed: &Shelf) -> (Vec<Shared>, String) {
    let products = listed.products.iter().map(|one| Shared {
        title: one.title.clone(),
        // What came in with a file may be anything; only web addresses become links.
        href: web_link(&one.link).unwrap_or_default(),
        words: lines(&one.words),
        owner: one.owner_name.clone(),
        state: one.state.words().to_lowercase(),
        since: words::day_and_year(day_in(&program.time_zone, one.shared_at)),
    });
    (products.collect(), listed.next.map(|id| id.to_string()).unwrap_or_default())
}

fn own(program: &InProgram, supervisor: Option<&String>, one: OwnProduct) -> Own {
    let group = Reader { with: "group", who: "Your group".to_owned(), sees: one.with_group };
    let everybody = Reader { with: "program", who: "Everybody in the program".to_owned(), sees: one.with_program };
    let shown = one.supervisor.is_some();
    let boss = one.supervisor.or_else(|| supervisor.cloned());
    let boss = boss.map(|who| Reader { with: "supervisor", who: format!("{who}, your supervisor"), sees: shown });
    Own {
        id: one.id.to_string(),
        href: web_link(&one.link).unwrap_or_default(),
        words: lines(&one.words),
        goal: one
            .group_id
            .map_or_else(String::new, |group| format!("{}/groups/{group}/goals/{}#made", program.path(), one.goal_id)),
        title: one.title,
        state: one.state.words().to_owned(),
        readers: [group, everybody].into_iter().chain(boss).collect(),
    }
}

impl OwnPage {
    pub(super) fn of(by: &OwnPart, shell: Shell, listed: OwnShelf) -> Self {
        let program = by.program();
        let (shared, next) = shared(program, &listed.shelf);
        let mut shown_to: Vec<String> = listed.own.iter().filter_map(|one| one.supervisor.clone()).collect();
        shown_to.dedup();
        let supervisor = listed.supervisor;
        Self {
            shell,
            path: program.path(),
            program: program.name.clone(),
            is_open: by.is_open(),
            may_share: by.is_open() && program.state.is_running(),
            own: listed.own.into_iter().map(|one| own(program, supervisor.as_ref(), one)).collect(),
            supervisor: supervisor.unwrap_or_default(),
            shown_to: words::list(&shown_to),
            shared,
            next,
        }
    }
}

impl SharedPage {
    pub(super) fn of(program: &InProgram, shell: Shell, listed: &Shelf) -> Self {
        let (shared, next) = shared(program, listed);
        Self { shell, path: program.path(), program: program.name.clone(), shared, next }
    }
}

/// A product as a supervisor reads it.
pub(super) struct Line {
    title: String,
    href: String,
    words: Vec<String>,
    state: String,
}

#[derive(Template)]
#[template(path = "products/shown.html")]
pub(super) struct ShownPage {
    shell: Shell,
    peer: String,
    first_name: String,
    program: String,
    products: Vec<Line>,
}

impl ShownPage {
    pub(super) fn of(shell: Shell, request: &Request, products: Vec<ShownProduct>) -> Self {
        Self {
            shell: Shell { institution: Some(request.program.institution.clone()), ..shell },
            peer: request.peer.name.clone(),
            first_name: request.first_name().to_owned(),
            program: request.program.name.clone(),
            products: products
                .into_iter()
                .map(|one| Line {
                    href: web_link(&one.link).unwrap_or_default(),
                    words: lines(&one.words),
                    title: one.title,
                    state: one.state.words().to_owned(),
                })
                .collect(),
        }
    }
}

/// A product that was to change, as it was typed: its id, and its link, words and state.
pub(crate) type Changed = (String, [String; 3]);

/// A product on the page of its goal.
pub(crate) struct ProductLine {
    pub(crate) id: String,
    pub(crate) title: String,
    /// An http or https address, or nothing.
    pub(crate) href: String,
    pub(crate) owner: String,
    pub(crate) state: &'static str,
    pub(crate) mine: bool,
    pub(crate) words: Vec<String>,
    pub(crate) link_typed: String,
    pub(crate) words_typed: String,
    pub(crate) state_typed: String,
    pub(crate) open: bool,
}

impl ProductLine {
    /// As a member sees it, with what was typed where it was to change.
    pub(crate) fn of(row: &ProductRow, me: ParticipationId, changed: Option<&Changed>) -> Self {
        let id = row.id.to_string();
        let changed = changed.filter(|(changed, _)| *changed == id);
        Self {
            title: row.title.clone(),
            // What came in with a file may be anything; only web addresses become links.
            href: web_link(&row.link).unwrap_or_default(),
            mine: row.owner_id == me,
            owner: if row.owner_id == me { "You".to_owned() } else { row.owner_name.clone() },
            state: row.state.words(),
            words: lines(&row.words),
            link_typed: changed.map_or_else(|| row.link.clone(), |(_, [link, ..])| link.clone()),
            words_typed: changed.map_or_else(|| row.words.clone(), |(_, [_, words, _])| words.clone()),
            state_typed: changed.map_or_else(|| row.state.as_str().to_owned(), |(_, [.., state])| state.clone()),
            open: changed.is_some(),
            id,
        }
    }
}
