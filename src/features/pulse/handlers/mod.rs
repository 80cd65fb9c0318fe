//! Reading the three answers and the line, which come by a link and from those who are signed in.
pub(super) mod coordinators;
pub(super) mod linked;
pub(super) mod peers;

use super::{model::Answer, pages::AnswerForm};
use crate::web::form::Errors;

/// Said after an answer, also after one that was given before: the second press of a button is no mistake.
const THANKS: &str = "Thank you. You have answered.";

/// The most characters of the line.
const LONGEST_LINE: usize = 300;

/// The answer that a form holds; `None` with what is missing noted.
fn read(errors: &mut Errors, form: &AnswerForm) -> Option<Answer> {
    let mut score = |field: &str, word: &str, most: i32, what: &str| {
        let least = i32::from(most == 5);
        let found = word.parse::<i32>().ok().filter(|n| (least..=most).contains(n));
        if found.is_none() {
            errors.add(field, format!("{what}: choose a number from {least} to {most}"));
        }
        found
    };
    let worth = score("worth", &form.worth, 5, "Worth your time");
    let safe = score("safe", &form.safe, 5, "Honest here");
    let recommend = score("recommend", &form.recommend, 10, "Recommend");
    let line = errors.line("line", &form.line, LONGEST_LINE);
    match (worth, safe, recommend) {
        (Some(worth), Some(safe), Some(recommend)) if errors.is_empty() => {
            Some(Answer { worth, safe, recommend, line })
        }
        _ => None,
    }
}
