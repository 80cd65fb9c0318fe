//! Frames around what others see.
use super::service::{ByCoordinators, BySupervisor};
use crate::access::Peer;
use crate::features::{
    answers::AnswerSheet, group_page::FactsSheet, people::PersonRow, profiles::ProfileFields, standings::HistorySheet,
};
use crate::web::page::Shell;
use askama::Template;
use time::OffsetDateTime;

#[derive(Template)]
#[template(path = "mirror/supervisor.html")]
pub(super) struct SupervisorPage {
    shell: Shell,
    path: String,
    program: String,
    /// Whose view it is; "your supervisor" before one is asked.
    whose: String,
    /// Nothing when no supervisor is asked in this program.
    sheet: Option<AnswerSheet>,
    /// Somebody sees it now.
    asked: bool,
    /// The products that the peer shares with them, on a page of its own.
    shown: Vec<String>,
}

impl SupervisorPage {
    pub(super) fn of(shell: Shell, by: &Peer, seen: BySupervisor, now: OffsetDateTime) -> Self {
        let mut page = Self {
            shell,
            path: by.program().path(),
            program: by.program().name.clone(),
            whose: "your supervisor".to_owned(),
            sheet: None,
            asked: false,
            shown: Vec::new(),
        };
        match seen {
            BySupervisor::Nobody => {}
            BySupervisor::Sample(sample) => page.sheet = Some(AnswerSheet::sample(by, sample)),
            BySupervisor::Now(request, promises, shown) => {
                page.shown = shown.into_iter().map(|one| one.title).collect();
                page.whose.clone_from(&request.supervisor.name);
                page.asked = true;
                page.sheet = Some(AnswerSheet::for_peer(*request, promises, now));
            }
        }
        page
    }
}

#[derive(Template)]
#[template(path = "mirror/coordinator.html")]
pub(super) struct CoordinatorPage {
    shell: Shell,
    path: String,
    program: String,
    row: PersonRow,
    history: HistorySheet,
    /// A supervisor was asked.
    was_asked: bool,
    profile: ProfileFields,
    /// The group's name and its facts.
    group: Option<(String, FactsSheet)>,
}

impl CoordinatorPage {
    pub(super) fn of(shell: Shell, by: &Peer, seen: &ByCoordinators, now: OffsetDateTime) -> Self {
        let program = by.program();
        let group = seen.group.as_ref();
        Self {
            shell,
            path: program.path(),
            program: program.name.clone(),
            row: PersonRow::for_themself(program, &seen.one, now),
            history: HistorySheet::of(program, &seen.history, now),
            was_asked: !seen.history.is_empty(),
            profile: ProfileFields::for_coordinators(&seen.profile),
            group: group.map(|own| (own.name().to_owned(), FactsSheet::for_member(program, own, now))),
        }
    }
}
