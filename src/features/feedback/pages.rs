//! The pages of feedback: display-ready values for the templates.
pub(super) mod given;
pub(super) mod received;
pub(super) mod shown;

use super::{model::Text, service::Item};
use crate::base::{local_time, words};

/// One element with what stands on it.
#[derive(Debug)]
pub struct Seen {
    /// For ids and field names.
    pub id: String,
    pub title: String,
    /// "Agreed 20 January".
    pub agreed: String,
    /// Label and text of each part that holds something.
    pub parts: Vec<(&'static str, String)>,
    pub self_view: String,
    /// The word of the answer chosen, empty as long as there is none.
    pub answer: String,
    pub answer_label: &'static str,
    pub answer_words: String,
}

/// As a page shows it.
#[must_use]
pub fn seen(text: &Text) -> Seen {
    Seen {
        id: text.element_id.to_string(),
        title: text.title.clone(),
        agreed: text.agreed_on.map(|day| format!("Agreed {}", words::day(day))).unwrap_or_default(),
        parts: text
            .words
            .parts()
            .into_iter()
            .filter(|(_, words)| !words.is_empty())
            .map(|(part, words)| (part.label(), words.to_owned()))
            .collect(),
        self_view: text.self_view.clone(),
        answer: text.answer.map(|reply| reply.as_str().to_owned()).unwrap_or_default(),
        answer_label: text.answer.map(super::model::Reply::label).unwrap_or_default(),
        answer_words: text.answer_words.clone(),
    }
}

/// How an item came about, besides being written.
#[derive(Debug)]
struct Told {
    spoken: bool,
    /// "Logged 13 April, and confirmed 15 April", of what was said.
    how: String,
    /// The day on which its giver revised it, empty as long as they did not.
    revised: String,
    can_be_revised: bool,
}

impl Told {
    fn of(item: &Item, zone: &str) -> Self {
        let feedback = &item.feedback;
        let day = |at| words::day(local_time::day_in(zone, at));
        let how = match (feedback.logged_by, feedback.shared_at, feedback.opened_at) {
            (Some(_), Some(logged), Some(confirmed)) => {
                format!("Logged {}, and confirmed {}.", day(logged), day(confirmed))
            }
            _ => String::new(),
        };
        Self {
            spoken: feedback.logged_by.is_some(),
            how,
            revised: feedback.reworded_at.map(day).unwrap_or_default(),
            can_be_revised: feedback.can_be_revised(),
        }
    }
}
