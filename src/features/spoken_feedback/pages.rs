//! With whom, the form, and what was said as it stands between the two.
use super::{
    model::{Way, version},
    service::{People, Said},
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::FeedbackId,
    local_time, text, words,
};
use crate::features::{
    drafts::{Between, Choice, Earlier, ToWrite, Way as Format, earlier, occasions, to_write, ways},
    feedback::{Seen, Standing, Typed, seen},
    second_wordings::{Around, Both},
    showing::ItemPart,
};
use crate::web::{form::Errors, page::Shell, state::App};
use askama::Template;

/// Who said it to whom?
#[derive(Template)]
#[template(path = "spoken_feedback/choose.html")]
pub(super) struct ChoosePage {
    shell: Shell,
    group_path: String,
    errors: Errors,
    has_own: bool,
    people: Vec<Person>,
}

struct Person {
    name: String,
    /// "I said it to them": empty where they have agreed nothing yet.
    to: String,
    /// "They said it to me": empty where the reader has agreed nothing yet.
    from: String,
}

impl ChoosePage {
    pub(super) fn new(app: &App, member: &GroupMember, (people, occasion): (&People, &str), errors: Errors) -> Self {
        let group_path = member.group().path();
        let at = if occasion.is_empty() { String::new() } else { format!("&occasion={occasion}") };
        let href = |way: Way| {
            let (field, id) = way.field();
            format!("{group_path}/feedback/said?{field}={id}{at}")
        };
        let person = |other: &crate::features::drafts::Someone| Person {
            name: other.first_name.clone(),
            to: if other.elements.is_empty() { String::new() } else { href(Way::To(other.id)) },
            from: if people.has_own { href(Way::From(other.id)) } else { String::new() },
        };
        Self {
            shell: member.shell(app).with(&errors),
            people: people.others.iter().map(person).collect(),
            has_own: people.has_own,
            errors,
            group_path,
        }
    }
}

/// The form of a log, new or of one that is to be corrected.
#[derive(Template)]
#[template(path = "spoken_feedback/log.html")]
pub(super) struct LogPage {
    shell: Shell,
    group_path: String,
    action: String,
    errors: Errors,
    heading: String,
    lede: String,
    /// The one it was spoken with.
    other: String,
    id: String,
    /// Which way it was said, as the form sends it.
    way: (&'static str, String),
    to_them: bool,
    format: (&'static str, &'static str, &'static str, &'static str),
    formats: Vec<Format>,
    occasions: Vec<Choice>,
    happened_on: String,
    elements: Vec<ToWrite>,
    earlier: Vec<Earlier>,
    not_agreed: String,
    correcting: bool,
    /// Under which name a browser holds what is typed: of this writer alone.
    slot: String,
}

impl LogPage {
    pub(super) fn new(
        (app, member): (&App, &GroupMember),
        way: Way,
        between: &Between,
        (typed, errors): (&Typed, Errors),
    ) -> Self {
        let group_path = member.group().path();
        let format = typed.format();
        let other = between.other_first.clone();
        let to_them = matches!(way, Way::To(_));
        let slot = format!("{}:said:{}:{}", member.participation_id(), way.field().0, way.field().1);
        let (heading, lede) = if to_them {
            (
                format!("Log what you said to {other}"),
                format!("On what {other} agreed to hear about, in the words you used."),
            )
        } else {
            (
                format!("Log what {other} said to you"),
                "On what you agreed to hear about, in the words you heard.".to_owned(),
            )
        };
        Self {
            shell: member.shell(app).with(&errors),
            action: format!("{group_path}/feedback/said"),
            group_path,
            errors,
            heading,
            lede,
            other,
            id: typed.get("id").to_owned(),
            way: way.field(),
            to_them,
            format: (format.as_str(), format.label(), format.about(), format.example()),
            formats: ways(format),
            occasions: occasions(between, typed),
            happened_on: typed.get("happened_on").to_owned(),
            elements: between.elements.iter().map(|element| to_write(element, format, typed)).collect(),
            earlier: earlier(between, typed),
            not_agreed: typed.get("not_agreed").to_owned(),
            correcting: false,
            slot,
        }
    }

    /// The same over what was logged.
    pub(super) fn correcting(mut self, id: FeedbackId) -> Self {
        self.action = format!("{}/feedback/{id}/said/correct", self.group_path);
        self.correcting = true;
        self.slot = format!("{}:{id}", self.slot);
        self
    }
}

/// What is said around the form of the one who remembers it differently.
pub(super) fn around(between: &Between, version: String) -> Around {
    let other = &between.other_first;
    Around {
        heading: "How do you remember it?".to_owned(),
        lede: format!("Below are the words as {other} logged them. Change what was different."),
        button: "This is how I remember it",
        next: format!(
            "Both texts stay, and both of you read both. It counts nowhere, unless {other} takes your words for the right ones."
        ),
        action: "said/different",
        version,
        changed_meanwhile: false,
    }
}

/// What was said and is not settled.
#[derive(Template)]
#[template(path = "spoken_feedback/said.html")]
pub(super) struct SaidPage {
    shell: Shell,
    group_path: String,
    path: String,
    other: String,
    /// "You said it to Marcus".
    said: String,
    after: String,
    logged: String,
    standing: Standing,
    /// The reader logged it.
    mine: bool,
    version: String,
    elements: Vec<Seen>,
    not_agreed: String,
    /// Both texts, drawn by the slice of second wordings; empty as long as there is one.
    both: String,
    changed_meanwhile: bool,
    /// Who reads it, and what the reader can set about it; none after a press that came too late.
    around: Option<ItemPart>,
}

impl SaidPage {
    pub(super) fn new(app: &App, member: &GroupMember, said: &Said) -> Result<Self> {
        let (item, me) = (&said.item, member.participation_id());
        let group_path = member.group().path();
        let zone = member.viewer().time_zone();
        let day = |at| words::day(local_time::day_in(zone, at));
        let feedback = &item.feedback;
        let other = text::first_name(feedback.other(me).1).to_owned();
        let mine = feedback.logged_by == Some(me);
        let logged = feedback.shared_at.map(day).unwrap_or_default();
        let both = match &said.second {
            Some(second) => {
                let (first_by, second_by) = if mine { ("you", other.as_str()) } else { (other.as_str(), "you") };
                let above = [
                    (format!("As {first_by} logged it"), logged.clone()),
                    (format!("As {second_by} remember{} it", if mine { "s" } else { "" }), day(second.written_at)),
                ];
                Both::new(member, item, second, above).render().map_err(AppError::internal)?
            }
            None => String::new(),
        };
        Ok(Self {
            shell: member.shell(app),
            path: format!("{group_path}/feedback/{}", feedback.id),
            group_path,
            said: if feedback.giver_id == me {
                format!("You said it to {other}")
            } else {
                format!("{other} said it to you")
            },
            other,
            after: feedback.after(),
            logged,
            standing: item.standing,
            mine,
            version: version(feedback),
            elements: item.texts.iter().map(seen).collect(),
            not_agreed: feedback.not_agreed.clone(),
            both,
            changed_meanwhile: false,
            around: None,
        })
    }

    pub(super) fn with(self, around: ItemPart) -> Self {
        Self { around: Some(around), ..self }
    }

    /// The same, after a press on a page that showed other words.
    pub(super) const fn changed_meanwhile(mut self) -> Self {
        self.changed_meanwhile = true;
        self
    }
}
