//! The times of a poll: each with its question, and who said what.
use super::{Eyes, when};
use crate::base::words;
use crate::features::time_polls::model::{Fit, PollSlot, Standing};
use std::collections::HashMap;
use time::OffsetDateTime;

/// One time, its question and its tally.
pub(super) struct TimeView {
    /// The name of its field.
    pub(super) field: String,
    pub(super) when: String,
    /// It has begun: nobody is asked any more.
    pub(super) passed: bool,
    pub(super) choices: Vec<Choice>,
    /// "Priya and you", by what they said; nobody left out who said something.
    pub(super) said: Vec<(&'static str, String)>,
}

pub(super) struct Choice {
    pub(super) value: &'static str,
    pub(super) label: &'static str,
    pub(super) chosen: bool,
}

const FITS: [Fit; 3] = [Fit::Yes, Fit::IfNeedBe, Fit::No];

/// The field of a time in the form.
pub(super) fn field(position: i32) -> String {
    format!("time-{position}")
}

pub(super) fn times(
    standing: &Standing,
    eyes: Eyes<'_>,
    typed: Option<&HashMap<String, String>>,
    now: OffsetDateTime,
) -> Vec<TimeView> {
    let view = |slot: &PollSlot| {
        let field = field(slot.position);
        let stands = match typed {
            Some(typed) => typed.get(&field).and_then(|word| Fit::parse(word)),
            None => standing.answer_of(eyes.who, slot.position),
        };
        TimeView {
            when: when(eyes, slot.starts_at, slot.ends_at()),
            passed: !slot.is_ahead(now),
            choices: FITS
                .map(|fit| Choice { value: fit.as_str(), label: fit.label(), chosen: stands == Some(fit) })
                .into(),
            said: FITS.iter().filter_map(|fit| said(standing, eyes, slot.position, *fit)).collect(),
            field,
        }
    };
    standing.slots.iter().map(view).collect()
}

fn said(standing: &Standing, eyes: Eyes<'_>, position: i32, fit: Fit) -> Option<(&'static str, String)> {
    let who = standing.who(position, fit);
    let mut names: Vec<String> =
        who.iter().filter(|one| one.participation_id != eyes.who).map(|one| one.first_name().to_owned()).collect();
    if who.len() > names.len() {
        names.push("you".to_owned());
    }
    (!names.is_empty()).then(|| (fit.label(), words::capital(&words::list(&names))))
}

/// One time that can be chosen.
pub(super) struct Candidate {
    pub(super) position: i32,
    pub(super) when: String,
    /// "Two yes, one if need be".
    pub(super) counts: String,
    pub(super) chosen: bool,
}

/// The times that can be chosen, the best first and chosen unless another was.
pub(super) fn candidates(
    standing: &Standing,
    eyes: Eyes<'_>,
    chosen: Option<i32>,
    now: OffsetDateTime,
) -> Vec<Candidate> {
    let best = standing.best_first(now);
    let chosen = chosen.or_else(|| best.first().map(|slot| slot.position));
    let view = |slot: &&PollSlot| Candidate {
        position: slot.position,
        when: when(eyes, slot.starts_at, slot.ends_at()),
        counts: counts(standing, slot.position),
        chosen: chosen == Some(slot.position),
    };
    best.iter().map(view).collect()
}

fn counts(standing: &Standing, position: i32) -> String {
    let many: Vec<String> = FITS
        .iter()
        .map(|fit| (fit, standing.who(position, *fit).len()))
        .filter(|(_, many)| *many > 0)
        .map(|(fit, many)| format!("{} {}", words::number(many), fit.label().to_lowercase()))
        .collect();
    if many.is_empty() { "Nobody has said yet".to_owned() } else { words::capital(&many.join(", ")) }
}
