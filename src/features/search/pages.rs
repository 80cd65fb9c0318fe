//! What the page needs, ready to be shown.
use super::service::{Fellow, Found, FoundAccount, FoundGroup, FoundPerson, Listed};
use crate::access::ParticipationState;
use crate::web::{form::Errors, page::Shell};
use askama::Template;

/// Something that was found.
struct Hit {
    href: String,
    title: String,
    note: String,
}

struct Account {
    id: String,
    name: String,
    email: String,
    standing: &'static str,
}

/// One list, and where its next page begins; empty on the last.
struct List<T> {
    hits: Vec<T>,
    next: String,
}

#[derive(Template)]
#[template(path = "search/search.html")]
pub(super) struct SearchPage {
    shell: Shell,
    errors: Errors,
    /// As it was typed.
    q: String,
    people: List<Hit>,
    groups: List<Hit>,
    accounts: List<Account>,
    /// Not the first page of a list.
    further: bool,
    nothing: bool,
}

impl SearchPage {
    pub(super) fn of(shell: Shell, (q, errors): (&str, &Errors), found: &Found, further: bool) -> Self {
        let mut people = list(&found.people, person, |one| one.id.to_string());
        people.hits.extend(found.fellows.iter().map(fellow));
        let mut groups = list(&found.groups, group, |one| one.id.to_string());
        groups.hits.extend(found.own_groups.iter().map(group));
        let accounts = list(&found.accounts, account, |one| one.id.to_string());
        Self {
            shell: shell.with(errors),
            errors: errors.clone(),
            q: q.to_owned(),
            nothing: people.hits.is_empty()
                && groups.hits.is_empty()
                && accounts.hits.is_empty()
                && errors.is_empty()
                && !q.trim().is_empty(),
            people,
            groups,
            accounts,
            further,
        }
    }
}

fn list<F, T>(found: &Listed<F>, hit: impl Fn(&F) -> T, id: impl Fn(&F) -> String) -> List<T> {
    List {
        hits: found.found.iter().map(hit).collect(),
        next: found.found.last().filter(|_| found.more).map_or_else(String::new, id),
    }
}

/// Those that say something, as one line.
fn joined(parts: &[&str]) -> String {
    parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn person(one: &FoundPerson) -> Hit {
    let standing = match one.state {
        ParticipationState::Joined => "",
        ParticipationState::Invited => "invited",
        ParticipationState::OnHold => "on hold",
        ParticipationState::Completed => "completed",
        ParticipationState::Withdrawn => "has left",
        ParticipationState::Removed => "taken off",
    };
    Hit {
        href: format!("/programs/{}/people/{}/profile", one.program_id, one.id),
        title: one.name.clone(),
        note: joined(&[&one.program, &one.email, &one.department, &one.site, standing]),
    }
}

fn fellow(one: &Fellow) -> Hit {
    Hit {
        href: format!("/programs/{}/groups/{}", one.program_id, one.group_id),
        title: one.name.clone(),
        note: joined(&[&one.program, &one.group]),
    }
}

fn group(one: &FoundGroup) -> Hit {
    Hit {
        href: format!("/programs/{}/groups/{}", one.program_id, one.id),
        title: one.name.clone(),
        note: joined(&[&one.program, &one.focus, if one.has_ended { "ended" } else { "" }]),
    }
}

fn account(one: &FoundAccount) -> Account {
    Account {
        id: one.id.to_string(),
        name: one.name.clone(),
        email: one.email.clone(),
        standing: match (one.site_admin, one.has_account) {
            (true, _) => "Site admin",
            (false, true) => "Has an account",
            (false, false) => "No password yet",
        },
    }
}
