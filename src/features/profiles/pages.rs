//! What the templates need, ready to be shown.
use super::model::{A_DAY, DAYS, Field, Slot, readers_line, readers_of, week_words};
use super::queries::Named;
use super::service::{NotWith, Profile};
use crate::access::ParticipationState;
use crate::base::{text, words};
use crate::web::{form::Errors, page::Shell};
use askama::Template;
use serde::Deserialize;

/// A profile as it is typed; `from` and `to` hold two times a day, from Monday.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    pub(super) wants: String,
    pub(super) offers: String,
    pub(super) title: String,
    pub(super) department: String,
    pub(super) site: String,
    pub(super) themes: Vec<String>,
    pub(super) from: Vec<String>,
    pub(super) to: Vec<String>,
}

impl Typed {
    pub(super) fn of(profile: &Profile) -> Self {
        let about = &profile.about;
        let mut from = vec![String::new(); DAYS.len() * A_DAY];
        let mut to = from.clone();
        for (at, slot) in places(&profile.week) {
            if let (Some(starts), Some(ends)) = (from.get_mut(at), to.get_mut(at)) {
                *starts = words::clock_time(slot.starts_at);
                *ends = words::clock_time(slot.ends_at);
            }
        }
        Self {
            wants: about.wants.clone(),
            offers: about.offers.clone(),
            title: about.title.clone(),
            department: about.department.clone(),
            site: about.site.clone(),
            themes: profile.themes.iter().filter(|theme| theme.chosen).map(|theme| theme.id.to_string()).collect(),
            from,
            to,
        }
    }
}

/// Each slot with the pair of fields it stands in.
fn places(week: &[Slot]) -> Vec<(usize, Slot)> {
    let mut found: Vec<(usize, Slot)> = Vec::new();
    for slot in week {
        let earlier = found.iter().filter(|(_, other)| other.weekday == slot.weekday).count();
        let day = usize::try_from(slot.weekday - 1).unwrap_or(0);
        if earlier < A_DAY {
            found.push((day * A_DAY + earlier, *slot));
        }
    }
    found
}

/// One pair of time fields.
pub(super) struct PairField {
    pub(super) at: usize,
    /// "Monday", or "Monday, a second time".
    pub(super) label: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) wrong: String,
}

/// A tick.
pub(super) struct ThemeTick {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) chosen: bool,
}

/// Who reads the fields of one section: from the rule the server obeys.
pub(super) struct Readers {
    pub(super) who: String,
    pub(super) rest: &'static str,
}

impl Readers {
    fn of(fields: &[Field], own: bool) -> Self {
        Self { who: readers_of(fields, own), rest: readers_line(fields) }
    }
}

#[derive(Template)]
#[template(path = "profiles/profile.html")]
pub(super) struct ProfilePage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    /// Of the program.
    pub(super) path: String,
    /// Where the form goes.
    pub(super) action: String,
    pub(super) program: String,
    /// Whose it is, for a coordinator; empty on one's own.
    pub(super) name: String,
    pub(super) first_name: String,
    pub(super) state: String,
    pub(super) fields: ProfileFields,
    pub(super) apart: String,
    pub(super) may_change: bool,
    pub(super) who_apart: Readers,
}

/// The fields of a profile: in a form, and by the same template where somebody looks at what
/// coordinators read of them.
#[derive(Template)]
#[template(path = "profiles/fields.html")]
pub(crate) struct ProfileFields {
    errors: Errors,
    /// The reader's own.
    own: bool,
    first_name: String,
    completion_line: String,
    time_zone: String,
    typed: Typed,
    themes: Vec<ThemeTick>,
    days: Vec<PairField>,
    who_wishes: Readers,
    who_themes: Readers,
    who_work: Readers,
    who_week: Readers,
}

impl ProfileFields {
    fn of(profile: &Profile, typed: Typed, errors: Errors, own: bool) -> Self {
        let about = &profile.about;
        let chosen = |id: &str| typed.themes.iter().any(|typed| typed == id);
        let themes = profile.themes.iter().map(|theme| {
            let id = theme.id.to_string();
            ThemeTick { chosen: chosen(&id), id, title: theme.title.clone() }
        });
        Self {
            own,
            first_name: text::first_name(&about.name).to_owned(),
            completion_line: about.completion_line.clone(),
            time_zone: about.time_zone.clone(),
            themes: themes.collect(),
            days: days(&typed, &errors),
            who_wishes: Readers::of(&[Field::Wants, Field::Offers], own),
            who_themes: Readers::of(&[Field::Themes], own),
            who_work: Readers::of(&[Field::Title, Field::Department, Field::Site], own),
            who_week: Readers::of(&[Field::Availability], own),
            errors,
            typed,
        }
    }

    /// As coordinators read it.
    pub(crate) fn for_coordinators(profile: &Profile) -> Self {
        Self::of(profile, Typed::of(profile), Errors::default(), false)
    }
}

/// Where a profile page stands.
pub(super) struct Frame {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    pub(super) path: String,
    pub(super) action: String,
    pub(super) program: String,
    pub(super) may_change: bool,
}

impl ProfilePage {
    /// `apart` is there on one's own.
    pub(super) fn of(frame: Frame, profile: &Profile, typed: Typed, apart: Option<&[Named]>) -> Self {
        let about = &profile.about;
        let names: Vec<String> = apart.unwrap_or_default().iter().map(|named| named.name.clone()).collect();
        Self {
            path: frame.path,
            action: frame.action,
            program: frame.program,
            may_change: frame.may_change,
            name: if apart.is_some() { String::new() } else { about.name.clone() },
            first_name: text::first_name(&about.name).to_owned(),
            state: state_words(about.state).to_owned(),
            fields: ProfileFields::of(profile, typed, frame.errors.clone(), apart.is_some()),
            apart: if names.is_empty() { String::new() } else { words::list(&names) },
            who_apart: Readers::of(&[Field::NotWith], true),
            shell: frame.shell.with(&frame.errors),
            errors: frame.errors,
        }
    }
}

fn days(typed: &Typed, errors: &Errors) -> Vec<PairField> {
    let mut pairs = Vec::new();
    for (day, name) in DAYS.into_iter().enumerate() {
        for nth in 0..A_DAY {
            let at = day * A_DAY + nth;
            pairs.push(PairField {
                at,
                label: if nth == 0 { name.to_owned() } else { format!("{name}, a second time") },
                from: typed.from.get(at).cloned().unwrap_or_default(),
                to: typed.to.get(at).cloned().unwrap_or_default(),
                wrong: errors.of(&format!("from-{at}")).unwrap_or_default().to_owned(),
            });
        }
    }
    pairs
}

const fn state_words(state: ParticipationState) -> &'static str {
    match state {
        ParticipationState::Invited => "Invited",
        ParticipationState::Joined => "Takes part",
        ParticipationState::Completed => "Completed",
        ParticipationState::OnHold => "On hold",
        ParticipationState::Withdrawn => "Left",
        ParticipationState::Removed => "Taken off",
    }
}

/// A name with a button.
pub(super) struct Person {
    pub(super) id: String,
    pub(super) name: String,
}

impl Person {
    fn all(named: &[Named]) -> Vec<Self> {
        named.iter().map(|named| Self { id: named.id.to_string(), name: named.name.clone() }).collect()
    }
}

#[derive(Template)]
#[template(path = "profiles/not_with.html")]
pub(super) struct NotWithPage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    pub(super) path: String,
    pub(super) chosen: Vec<Person>,
    pub(super) found: Vec<Person>,
    pub(super) more: bool,
    pub(super) name: String,
    pub(super) searched: bool,
    pub(super) may_change: bool,
    pub(super) readers: Readers,
}

impl NotWithPage {
    pub(super) fn of(frame: Frame, seen: &NotWith, name: &str) -> Self {
        Self {
            shell: frame.shell.with(&frame.errors),
            errors: frame.errors,
            path: frame.path,
            chosen: Person::all(&seen.chosen),
            found: Person::all(&seen.found),
            more: seen.more,
            searched: name.chars().count() >= 2,
            name: name.to_owned(),
            may_change: frame.may_change,
            readers: Readers::of(&[Field::NotWith], true),
        }
    }
}

/// Two people who are kept apart.
pub(super) struct Pair {
    pub(super) one: String,
    pub(super) other: String,
    /// The group in which they are together all the same.
    pub(super) group: String,
}

#[derive(Template)]
#[template(path = "profiles/kept_apart.html")]
pub(super) struct KeptApartPage {
    pub(super) shell: Shell,
    pub(super) path: String,
    pub(super) program: String,
    pub(super) pairs: Vec<Pair>,
}

/// One member, as the group reads them.
pub(super) struct MemberCard {
    pub(super) id: String,
    pub(super) name: String,
    /// "On hold", where it is so.
    pub(super) note: &'static str,
    pub(super) facts: Vec<(&'static str, String)>,
}

impl MemberCard {
    pub(super) fn of(profile: &Profile) -> Self {
        let about = &profile.about;
        let themes: Vec<String> = profile.themes.iter().map(|theme| theme.title.clone()).collect();
        let work = [&about.title, &about.department, &about.site];
        let work: Vec<&str> = work.into_iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        let mut week = week_words(&profile.week).join("\n");
        if !week.is_empty() {
            week = format!("{week}\nin {}", about.time_zone);
        }
        let facts = [
            ("Work", work.join(", ")),
            ("Wants", about.wants.clone()),
            ("Offers", about.offers.clone()),
            ("Drawn to", themes.join(", ")),
            ("Can meet", week),
        ];
        Self {
            id: about.id.to_string(),
            name: about.name.clone(),
            note: if about.state == ParticipationState::OnHold { "On hold" } else { "" },
            facts: facts.into_iter().filter(|(_, text)| !text.is_empty()).collect(),
        }
    }
}

#[derive(Template)]
#[template(path = "profiles/group.html")]
pub(super) struct GroupPage {
    pub(super) shell: Shell,
    /// Of the program.
    pub(super) program: String,
    pub(super) path: String,
    pub(super) group: String,
    pub(super) members: Vec<MemberCard>,
}
