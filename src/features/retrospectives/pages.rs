//! What the two pages of looking back need, ready to be shown.
use super::{
    model::{DAYS_TO_WRITE, Member, Stage},
    service::{LineRow, OwnLine, SharedLine, Whole},
};
use crate::access::{GroupMember, OwnPart};
use crate::base::{
    ids::{GroupId, RetrospectiveLineId},
    text::first_name,
    words,
};
use crate::features::{earlier_lessons::Hindsight, groups::readers};
use crate::web::{form::Errors, page::Shell, state::App};
use askama::Template;
use serde::Deserialize;
use time::Duration;

/// A line, as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct LineForm {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) words: String,
}

/// A line as a page lists it.
struct Line {
    id: String,
    words: String,
    /// "You", "Hana"; on one's own page what it is about and the group.
    about: String,
    is_own: bool,
    is_shared: bool,
    may_share: bool,
}

/// The lines of one kind.
struct Kind {
    word: &'static str,
    label: &'static str,
    lines: Vec<Line>,
}

/// What comes next, for the reader.
struct Next {
    tab: &'static str,
    heading: String,
    text: String,
    /// The button shows the lines.
    shows: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "retrospectives/retrospective.html")]
pub(super) struct RetrospectivePage {
    shell: Shell,
    errors: Errors,
    group_path: String,
    group_name: String,
    group_id: String,
    program_path: String,
    lede: &'static str,
    running: bool,
    next: Option<Next>,
    /// The lines of others stand among the reader's.
    together: bool,
    i_am_done: bool,
    has_lines: bool,
    kinds: Vec<Kind>,
    choices: Vec<(&'static str, &'static str)>,
    typed: LineForm,
    readers: String,
    readers_rest: &'static str,
}

impl RetrospectivePage {
    pub(super) fn of(app: &App, by: &GroupMember, whole: &Whole, (typed, errors): (LineForm, Errors)) -> Self {
        let running = by.program().state.is_running();
        let together = whole.stage == Stage::Revealed && whole.i_am_done;
        let open: Vec<_> = whole.open.iter().filter(|one| is_done(whole, one.participation_id)).cloned().collect();
        Self {
            shell: by.shell(app).with(&errors),
            errors,
            group_path: by.group().path(),
            group_name: by.group().name.clone(),
            group_id: by.group_id().to_string(),
            program_path: by.program().path(),
            lede: if !running {
                if whole.stage == Stage::Revealed {
                    "The program has ended. What those who were done showed each other stays with them."
                } else {
                    "The program has ended. The lines were not shown: each stayed with whoever wrote it."
                }
            } else if together {
                "What each of you wrote alone. Talk about it when you meet; what you agree on can be written here too."
            } else {
                "What worked, what did not, what to try next. Each of you writes alone; then you read it together."
            },
            running,
            next: if running { next(by, whole) } else { None },
            together,
            i_am_done: whole.i_am_done,
            has_lines: whole.lines.iter().any(|line| line.written_by == by.participation_id()),
            kinds: kinds(by, &whole.lines, running && together),
            choices: Hindsight::ALL.iter().map(|kind| (kind.as_str(), kind.label())).collect(),
            typed: LineForm { id: RetrospectiveLineId::generate().to_string(), ..typed },
            readers: if together { readers(by, &open, None) } else { "Only you".to_owned() },
            readers_rest: if together {
                "can read this, with your name. Coordinators do not, unless you share the line."
            } else if whole.stage == Stage::Revealed {
                "can read this until you are done. Then the others of your group who are done read it too, with your \
                 name. Coordinators do not, unless you share the line."
            } else {
                "can read this until your group’s lines are shown. Then the others who are done read it too, with your \
                 name. Coordinators do not, unless you share the line."
            },
        }
    }
}

fn is_done(whole: &Whole, id: crate::base::ids::ParticipationId) -> bool {
    whole.members.iter().any(|member| member.id == id && member.is_done)
}

fn kinds(by: &GroupMember, lines: &[LineRow], may_share: bool) -> Vec<Kind> {
    let line = |row: &LineRow| {
        let is_own = row.written_by == by.participation_id();
        Line {
            id: row.id.to_string(),
            words: row.words.clone(),
            about: if is_own { "You".to_owned() } else { first_name(&row.writer).to_owned() },
            is_own,
            is_shared: row.shared_at.is_some(),
            may_share: may_share && is_own && row.shared_at.is_none(),
        }
    };
    let of = |kind: &Hindsight| Kind {
        word: kind.as_str(),
        label: kind.label(),
        lines: lines.iter().filter(|row| row.kind == *kind).map(line).collect(),
    };
    Hindsight::ALL.iter().map(of).collect()
}

/// "Hana and Marcus" of those who are not done; "you" is not among them.
fn missing(by: &GroupMember, members: &[Member]) -> String {
    let others = members.iter().filter(|member| !member.is_done && member.id != by.participation_id());
    words::list(&others.map(|member| member.name.clone()).collect::<Vec<_>>())
}

#[expect(clippy::match_same_arms, reason = "one line for each stage, in the order in which they come")]
fn next(by: &GroupMember, whole: &Whole) -> Option<Next> {
    let missing = missing(by, &whole.members);
    let alone = whole.counted_from.map(|day| words::long_day(day.saturating_add(Duration::days(DAYS_TO_WRITE))));
    let said = |tab, heading: &str, text: String, shows| Some(Next { tab, heading: heading.to_owned(), text, shows });
    match (whole.stage, whole.i_am_done) {
        (Stage::Revealed, true) => None,
        (Stage::Revealed, false) => said(
            "Your turn",
            "The others have looked back",
            "Write yours, or say that you have nothing to add. Then you read theirs, and they read yours.".to_owned(),
            None,
        ),
        (Stage::Ready, _) => said(
            "All are done",
            "Show each other what you wrote",
            "It is best done when you are together. From then on all of you read all lines, with names.".to_owned(),
            Some("Show the lines"),
        ),
        (Stage::Overdue, true) => said(
            "Waiting",
            &format!("Not done yet: {missing}"),
            "You have had two weeks for it, so you need not wait. What they have written stays theirs \
             until they are done; then it stands here too."
                .to_owned(),
            Some("Show the lines of who is done"),
        ),
        (Stage::Writing, true) => said(
            "Waiting",
            &format!("Not done yet: {missing}"),
            format!(
                "Your lines wait for the others. From {} on, those who are done need not wait any longer. You can still \
                 write more.",
                alone.unwrap_or_default()
            ),
            None,
        ),
        (_, false) => None,
    }
}

#[derive(Template)]
#[template(path = "retrospectives/own.html")]
pub(super) struct OwnPage {
    shell: Shell,
    path: String,
    program: String,
    is_open: bool,
    own: Vec<Line>,
    /// One of them can be shared.
    may_share: bool,
    /// Where the reader's lines were written.
    groups: Vec<(GroupId, String)>,
    shared: Vec<Kind>,
    any_shared: bool,
    next: String,
}

impl OwnPage {
    pub(super) fn of(
        app: &App,
        by: &OwnPart,
        (shared, next, own): &(Vec<SharedLine>, Option<RetrospectiveLineId>, Vec<OwnLine>),
    ) -> Self {
        let running = by.program().state.is_running();
        let own_line = |line: &OwnLine| Line {
            id: line.id.to_string(),
            words: line.words.clone(),
            about: format!(
                "{}, {}. {}",
                line.kind.label(),
                line.group_name,
                match (line.is_shared, line.is_revealed) {
                    (true, _) => "The program reads it.",
                    (false, true) => "Your group reads it.",
                    (false, false) => "Only you read it.",
                }
            ),
            is_own: true,
            is_shared: line.is_shared,
            may_share: running && by.has_joined() && line.is_revealed && !line.is_shared,
        };
        let mut groups: Vec<_> = own.iter().map(|line| (line.group_id, line.group_name.clone())).collect();
        groups.sort();
        groups.dedup();
        Self {
            shell: by.shell(app),
            path: by.program().path(),
            program: by.program().name.clone(),
            is_open: by.is_open(),
            may_share: own.iter().any(|line| running && by.has_joined() && line.is_revealed && !line.is_shared),
            own: own.iter().map(own_line).collect(),
            groups,
            shared: shared_kinds(shared),
            any_shared: !shared.is_empty(),
            next: next.map(|id| id.to_string()).unwrap_or_default(),
        }
    }
}

fn shared_kinds(shared: &[SharedLine]) -> Vec<Kind> {
    let line = |row: &SharedLine| Line {
        id: row.id.to_string(),
        words: row.words.clone(),
        about: row.group_name.clone(),
        is_own: false,
        is_shared: true,
        may_share: false,
    };
    let of = |kind: &Hindsight| Kind {
        word: kind.as_str(),
        label: kind.label(),
        lines: shared.iter().filter(|row| row.kind == *kind).map(line).collect(),
    };
    Hindsight::ALL.iter().map(of).filter(|kind| !kind.lines.is_empty()).collect()
}
