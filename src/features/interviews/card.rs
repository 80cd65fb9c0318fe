//! What the page of a trip, and the one after it, say of the people and their answers.
use super::model::{Interviews, Question};
use crate::base::words;

/// Whom they ask, and how far that is.
#[derive(Debug, Clone, Default)]
pub(crate) struct InterviewsCard {
    /// Each person with their role and how far it is: "two questions, one answered".
    pub(crate) people: Vec<(String, String)>,
    /// What the way to the page is called.
    pub(crate) label: &'static str,
    /// "Three of five questions are answered."
    pub(crate) sum: String,
}

impl InterviewsCard {
    pub(super) fn of(all: &Interviews, day_has_come: bool) -> Self {
        let of_people = all.people.iter().map(|person| {
            let name = if person.name.is_empty() { "Somebody named before you came" } else { &person.name };
            let how_far = how_far(all.to(Some(person.id)));
            let parts = [person.role.as_str(), how_far.as_str()].into_iter().filter(|part| !part.is_empty());
            (name.to_owned(), parts.collect::<Vec<_>>().join(": "))
        });
        let mut people: Vec<(String, String)> = of_people.collect();
        if all.to(None).next().is_some() {
            people.push(("Anybody there".to_owned(), how_far(all.to(None))));
        }
        let answered = all.questions.iter().filter(|one| one.replied_at.is_some()).count();
        Self {
            label: if day_has_come { "Write down what they answer" } else { "Say whom you ask what" },
            sum: match (all.questions.len(), answered) {
                (0, _) => String::new(),
                (n, 0) => format!("None of {} is answered yet.", words::count(n, "question", "questions")),
                (n, answered) if n == answered => "Every question is answered.".to_owned(),
                (n, answered) => {
                    let questions = words::count(n, "question", "questions");
                    format!("{} of {questions} answered.", words::capital(&words::number(answered)))
                }
            },
            people,
        }
    }
}

/// "two questions, one answered".
fn how_far<'a>(questions: impl Iterator<Item = &'a Question>) -> String {
    let (mut all, mut answered) = (0, 0);
    for question in questions {
        all += 1;
        answered += usize::from(question.replied_at.is_some());
    }
    match (all, answered) {
        (0, _) => "nothing to ask yet".to_owned(),
        (_, 0) => words::count(all, "question", "questions"),
        _ => format!("{}, {} answered", words::count(all, "question", "questions"), words::number(answered)),
    }
}
