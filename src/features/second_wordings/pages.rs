//! The form of a second wording, and both wordings side by side.
use super::model::Second;
use crate::access::GroupMember;
use crate::base::{ids::FeedbackId, text};
use crate::features::{
    drafts::{Between, ToWrite, to_write},
    feedback::{Item, Seen, Text, Typed, seen},
};
use crate::web::{form::Errors, page::Shell, state::App};
use askama::Template;

/// What is said around the form.
pub(crate) struct Around {
    pub(crate) heading: String,
    pub(crate) lede: String,
    pub(crate) button: &'static str,
    /// What happens when the button is pressed.
    pub(crate) next: String,
    /// Below the item's path.
    pub(crate) action: &'static str,
    /// Which wording the writer has before them, where it can change meanwhile.
    pub(crate) version: String,
    /// The words the writer has before them have changed.
    pub(crate) changed_meanwhile: bool,
}

/// The form.
#[derive(Template)]
#[template(path = "second_wordings/write.html")]
pub(crate) struct SecondPage {
    shell: Shell,
    group_path: String,
    path: String,
    errors: Errors,
    around: Around,
    other: String,
    about: &'static str,
    elements: Vec<ToWrite>,
    off_limits: Vec<String>,
    not_agreed: String,
    /// Under which name a browser holds what is typed: of this writer alone.
    slot: String,
}

impl SecondPage {
    pub(crate) fn new(
        (app, member): (&App, &GroupMember),
        item: &Item,
        between: &Between,
        (typed, errors): (&Typed, Errors),
        around: Around,
    ) -> Self {
        let group_path = member.group().path();
        let slot = format!("{}:{}:{}", member.participation_id(), around.action, item.feedback.id);
        let format = item.feedback.format;
        Self {
            shell: member.shell(app).with(&errors),
            path: path(&group_path, item.feedback.id),
            group_path,
            errors,
            around,
            other: between.other_first.clone(),
            about: format.about(),
            elements: between.elements.iter().map(|element| to_write(element, format, typed)).collect(),
            off_limits: if between.receiver == member.participation_id() {
                Vec::new()
            } else {
                between.off_limits.clone()
            },
            not_agreed: typed.get("not_agreed").to_owned(),
            slot,
        }
    }
}

fn path(group_path: &str, id: FeedbackId) -> String {
    format!("{group_path}/feedback/{id}")
}

/// One element in both wordings; either may say nothing of it.
struct Side {
    id: String,
    title: String,
    agreed: String,
    first: Option<Seen>,
    second: Option<Seen>,
}

/// Both wordings, element by element: those of the first, then what only the second is about.
fn sides(item: &Item, second: &Second) -> Vec<Side> {
    let only_second =
        second.texts.iter().filter(|text| item.texts.iter().all(|first| first.element_id != text.element_id));
    item.texts
        .iter()
        .chain(only_second)
        .map(|text| {
            let of = |texts: &[Text]| texts.iter().find(|one| one.element_id == text.element_id).map(seen);
            let shown = seen(text);
            Side {
                id: shown.id,
                title: shown.title,
                agreed: shown.agreed,
                first: of(&item.texts),
                second: of(&second.texts),
            }
        })
        .collect()
}

/// Both wordings as a page shows them.
#[derive(Template)]
#[template(path = "second_wordings/both.html")]
pub(crate) struct Both {
    /// Above each of the two: whose words, and from when.
    first: (String, String),
    second: (String, String),
    /// Who answers.
    receiver: String,
    sides: Vec<Side>,
    not_agreed: [String; 2],
}

impl Both {
    pub(crate) fn new(
        member: &GroupMember,
        item: &Item,
        second: &Second,
        [above_first, above_second]: [(String, String); 2],
    ) -> Self {
        let receives = item.feedback.receiver_id == member.participation_id();
        Self {
            first: above_first,
            second: above_second,
            receiver: if receives { "You" } else { text::first_name(&item.feedback.receiver_name) }.to_owned(),
            sides: sides(item, second),
            not_agreed: [item.feedback.not_agreed.clone(), second.not_agreed.clone()],
        }
    }
}
