//! What the templates need, ready to show.
use super::service::{OwnProduct, Shelf};
use crate::access::InProgram;
use crate::base::{local_time::day_in, text::web_link, words};
use crate::web::page::Shell;
use askama::Template;

/// A product of the reader's own.
pub(super) struct Own {
    id: String,
    title: String,
    href: String,
    state: String,
    is_shared: bool,
}

/// A product that somebody shares.
pub(super) struct Shared {
    title: String,
    href: String,
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
    is_running: bool,
    own: Vec<Own>,
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

fn shared(program: &InProgram, listed: &Shelf) -> (Vec<Shared>, String) {
    let products = listed.products.iter().map(|one| Shared {
        title: one.title.clone(),
        // What came in with a file may be anything; only web addresses become links.
        href: web_link(&one.link).unwrap_or_default(),
        owner: one.owner_name.clone(),
        state: one.state.words().to_lowercase(),
        since: words::day_and_year(day_in(&program.time_zone, one.shared_at)),
    });
    (products.collect(), listed.next.map(|id| id.to_string()).unwrap_or_default())
}

impl OwnPage {
    pub(super) fn of(program: &InProgram, shell: Shell, own: Vec<OwnProduct>, listed: &Shelf) -> Self {
        let (shared, next) = shared(program, listed);
        let own = own.into_iter().map(|one| Own {
            id: one.id.to_string(),
            href: web_link(&one.link).unwrap_or_default(),
            title: one.title,
            state: one.state.words().to_owned(),
            is_shared: one.is_shared,
        });
        Self {
            shell,
            path: program.path(),
            program: program.name.clone(),
            is_running: program.state.is_running(),
            own: own.collect(),
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
