//! What is written on one element, part by part.
use serde_json::{Map, Value};

crate::text_enum! {
    /// How feedback is put into parts.
    pub enum Format {
        /// Situation, behaviour, impact.
        Sbi = "sbi",
        KeepTry = "keep_try",
        PlusDelta = "plus_delta",
        Free = "free",
    }
}

impl Format {
    /// Its name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Sbi => "Situation, behaviour, impact",
            Self::KeepTry => "Keep and try",
            Self::PlusDelta => "Plus and delta",
            Self::Free => "In your own way",
        }
    }

    /// When to take it.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Sbi => "One moment, what was done, and what it did.",
            Self::KeepTry => "What to go on doing, and one thing to try.",
            Self::PlusDelta => "What worked, and what you would change.",
            Self::Free => "One box, no questions.",
        }
    }

    /// How it reads when it is good.
    #[must_use]
    pub const fn example(self) -> &'static str {
        match self {
            Self::Sbi => {
                "In the first ten minutes, you showed one search and asked us to try the second. I was typing before you had finished the sentence."
            }
            Self::KeepTry => "Keep: naming the room’s own assignment. Try: waiting five seconds after the question.",
            Self::PlusDelta => {
                "Plus: every step stood on one slide. Delta: the slide moved on while two tables were still reading it."
            }
            Self::Free => "When you put the phone down and looked at the queue, the whole desk relaxed.",
        }
    }

    /// Its parts, in order.
    #[must_use]
    pub const fn parts(self) -> &'static [Part] {
        match self {
            Self::Sbi => &[Part::Situation, Part::Behaviour, Part::Impact],
            Self::KeepTry => &[Part::Keep, Part::Try],
            Self::PlusDelta => &[Part::Plus, Part::Delta],
            Self::Free => &[Part::Text],
        }
    }
}

crate::text_enum! {
    /// One question of a format.
    pub enum Part {
        Situation = "situation",
        Behaviour = "behaviour",
        Impact = "impact",
        Keep = "keep",
        Try = "try",
        Plus = "plus",
        Delta = "delta",
        Text = "text",
    }
}

impl Part {
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Situation => "Situation",
            Self::Behaviour => "Behaviour",
            Self::Impact => "Impact",
            Self::Keep => "Keep",
            Self::Try => "Try",
            Self::Plus => "Plus",
            Self::Delta => "Delta",
            Self::Text => "What you saw",
        }
    }

    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Situation => "When and where? One moment, not a habit.",
            Self::Behaviour => "What a camera would have caught. No “always”, no “too”.",
            Self::Impact => "What it did, to you or to the room. “I” is a good first word.",
            Self::Keep => "What should stay exactly as it is?",
            Self::Try => "One thing to try next time. Small enough for one session.",
            Self::Plus => "What worked, and how you could tell.",
            Self::Delta => "What you would change, and into what.",
            Self::Text => "What you saw and heard, and what it did.",
        }
    }
}

/// What is written on one element. Parts may be empty, but not all of them once it is shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    Sbi { situation: String, behaviour: String, impact: String },
    KeepTry { keep: String, attempt: String },
    PlusDelta { plus: String, delta: String },
    Free { text: String },
}

impl Words {
    /// In this format, with the text of each of its parts.
    pub fn from_parts(format: Format, mut text: impl FnMut(Part) -> String) -> Self {
        match format {
            Format::Sbi => Self::Sbi {
                situation: text(Part::Situation),
                behaviour: text(Part::Behaviour),
                impact: text(Part::Impact),
            },
            Format::KeepTry => Self::KeepTry { keep: text(Part::Keep), attempt: text(Part::Try) },
            Format::PlusDelta => Self::PlusDelta { plus: text(Part::Plus), delta: text(Part::Delta) },
            Format::Free => Self::Free { text: text(Part::Text) },
        }
    }

    /// As the database and the archive keep it: an object with a text for each part. A part
    /// that is not there is empty.
    #[must_use]
    pub fn read(format: Format, value: &Value) -> Self {
        Self::from_parts(format, |part| value.get(part.as_str()).and_then(Value::as_str).unwrap_or("").to_owned())
    }

    /// The parts that hold something, as an object.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let parts: Map<String, Value> = self
            .parts()
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(part, text)| (part.as_str().to_owned(), Value::from(text)))
            .collect();
        Value::Object(parts)
    }

    #[must_use]
    pub const fn format(&self) -> Format {
        match self {
            Self::Sbi { .. } => Format::Sbi,
            Self::KeepTry { .. } => Format::KeepTry,
            Self::PlusDelta { .. } => Format::PlusDelta,
            Self::Free { .. } => Format::Free,
        }
    }

    /// Each part with its text, in order, empty ones too.
    #[must_use]
    pub fn parts(&self) -> Vec<(Part, &str)> {
        match self {
            Self::Sbi { situation, behaviour, impact } => {
                vec![(Part::Situation, situation), (Part::Behaviour, behaviour), (Part::Impact, impact)]
            }
            Self::KeepTry { keep, attempt } => vec![(Part::Keep, keep), (Part::Try, attempt)],
            Self::PlusDelta { plus, delta } => vec![(Part::Plus, plus), (Part::Delta, delta)],
            Self::Free { text } => vec![(Part::Text, text)],
        }
    }

    /// Whether nothing is written in any part.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts().iter().all(|(_, text)| text.trim().is_empty())
    }
}
