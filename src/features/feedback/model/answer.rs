//! What the receiver writes: how they saw it themselves, and what they answer.
use super::{Reply, Text, Typed};
use crate::base::ids::ElementId;
use crate::web::form::Errors;

const MOST: usize = 1000;

/// The answer to one element.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) element_id: ElementId,
    pub(crate) reply: Reply,
    pub(crate) words: String,
}

/// How the receiver saw one element.
#[derive(Debug)]
pub(crate) struct View {
    pub(crate) element_id: ElementId,
    pub(crate) words: String,
}

/// Reads an answer to each element.
///
/// # Errors
/// With a message at each element that has none.
pub(crate) fn read_answers(typed: &Typed, texts: &[Text]) -> Result<Vec<Answer>, Errors> {
    let mut errors = Errors::default();
    let mut answers = Vec::new();
    for text in texts {
        let field = format!("answer-{}", text.element_id);
        let line = format!("line-{}", text.element_id);
        let words = errors.paragraphs(&line, typed.get(&line), MOST);
        match Reply::parse(typed.get(&field)) {
            Some(reply) => answers.push(Answer { element_id: text.element_id, reply, words }),
            None => errors.add(&field, format!("Choose your answer on “{}”", text.title)),
        }
    }
    if errors.is_empty() { Ok(answers) } else { Err(errors) }
}

/// Reads the receiver's own views, which may all be empty.
///
/// # Errors
/// With a message at each that is too long or cannot be printed.
pub(crate) fn read_views(typed: &Typed, texts: &[Text]) -> Result<Vec<View>, Errors> {
    let mut errors = Errors::default();
    let views = texts
        .iter()
        .map(|text| {
            let field = format!("view-{}", text.element_id);
            View { element_id: text.element_id, words: errors.paragraphs(&field, typed.get(&field), MOST) }
        })
        .collect();
    if errors.is_empty() { Ok(views) } else { Err(errors) }
}
