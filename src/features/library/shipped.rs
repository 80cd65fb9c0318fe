//! The library that ships.

/// A goal to adapt.
#[derive(Debug, PartialEq, Eq)]
pub struct ShippedExample {
    /// In the address that fills the form with it.
    pub name: &'static str,
    pub of_group: bool,
    pub title: &'static str,
    pub statement: &'static str,
    /// How they will know.
    pub measure: &'static str,
    /// At most six.
    pub elements: &'static [&'static str],
}

/// Goals to adapt, a group's first.
pub const EXAMPLES: &[ShippedExample] = &[
    ShippedExample {
        name: "one-task",
        of_group: true,
        title: "One active task in every session",
        statement: "Each of us has redesigned and taught one session around a single active task.",
        measure: "Three sessions are taught, and each of us has seen one of them.",
        elements: &[],
    },
    ShippedExample {
        name: "first-day",
        of_group: true,
        title: "A guide for the first day at the desk",
        statement: "We have a guide of four pages that a new colleague can use at the desk on their first day.",
        measure: "Somebody who is new used it, and told us where it failed.",
        elements: &[],
    },
    ShippedExample {
        name: "opening-question",
        of_group: false,
        title: "Open with a question",
        statement: "I open every session with a question that is tied to the assignment, and leave time for the answers.",
        measure: "Somebody who watched two of my sessions heard the question, and answers to it.",
        elements: &["Opening question", "Waiting after a question", "Speaking pace"],
    },
    ShippedExample {
        name: "every-voice",
        of_group: false,
        title: "Everybody speaks before we decide",
        statement: "I lead two meetings in which everybody has spoken before the first decision.",
        measure: "Those who were there say so when they are asked afterwards.",
        elements: &["Bringing quiet people in", "Summing up", "Keeping to the time"],
    },
    ShippedExample {
        name: "shorter-page",
        of_group: false,
        title: "Pages that can be read standing up",
        statement: "I rewrite three of our help pages so that a reader finds the answer in the first two lines.",
        measure: "Five readers found it without asking.",
        elements: &["First sentence", "Length", "Headings"],
    },
];

/// What somebody does, what can be seen or heard of it, and what to ask somebody who does it well.
#[derive(Debug)]
pub struct ShippedKind {
    pub name: &'static str,
    pub elements: &'static [&'static str],
    pub questions: &'static [&'static str],
}

/// What people in these programs do most.
pub const KINDS: &[ShippedKind] = &[
    ShippedKind {
        name: "Teaching",
        elements: &[
            "Opening question",
            "Waiting after a question",
            "Speaking pace",
            "Instructions for a task",
            "Checking what was understood",
            "Ending on time",
        ],
        questions: &[
            "What did you leave out, and how did you decide?",
            "How do you notice that you have lost the room?",
            "What do you do in the first five minutes, and why?",
        ],
    },
    ShippedKind {
        name: "Reference desk",
        elements: &[
            "Greeting",
            "Finding out what is really asked",
            "Thinking aloud while searching",
            "Handing over to a colleague",
            "Checking back at the end",
        ],
        questions: &[
            "Which questions take you longest, and what helps?",
            "How do you tell that somebody has not got what they came for?",
            "When do you hand over, and how?",
        ],
    },
    ShippedKind {
        name: "Presenting",
        elements: &["First minute", "One point per slide", "Looking at the audience", "Answering questions", "Timing"],
        questions: &[
            "How do you prepare the first minute?",
            "What do you do when time runs short?",
            "How do you practise, and in front of whom?",
        ],
    },
    ShippedKind {
        name: "Writing",
        elements: &["First sentence", "Length", "Headings", "Plain words", "What the reader is to do"],
        questions: &[
            "Who reads a draft, and what do you ask them?",
            "What do you cut first?",
            "How do you know that a page is used?",
        ],
    },
    ShippedKind {
        name: "Leading a meeting",
        elements: &[
            "Saying what it is for",
            "Bringing quiet people in",
            "Coming back to the subject",
            "Summing up",
            "Keeping to the time",
            "Saying who does what",
        ],
        questions: &[
            "What do you send out beforehand?",
            "What do you do when two people go on and on?",
            "How does a decision get written down?",
        ],
    },
];
