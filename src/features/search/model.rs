//! What is searched for. No database, no HTML.
use crate::base::text;

/// More words than these narrow nothing down.
const MOST_WORDS: usize = 8;

/// Words that all have to be found, each anywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    /// In lower case, each once.
    pub words: Vec<String>,
}

impl Sought {
    /// The words of what somebody typed; `None` when there are none.
    #[must_use]
    pub fn of(typed: &str) -> Option<Self> {
        let mut words: Vec<String> = Vec::new();
        for word in text::fold_name(typed).split_whitespace() {
            if !words.iter().any(|known| known == word) {
                words.push(word.to_owned());
            }
        }
        // The longest is the rarest, which an index is asked for first.
        words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
        words.truncate(MOST_WORDS);
        (!words.is_empty()).then_some(Self { words })
    }

    /// The one that an index is asked for.
    #[must_use]
    pub fn longest(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }
}

/// One list of what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    People,
    Groups,
    Accounts,
}

impl Part {
    /// The list that an address names.
    pub(super) fn parse(word: &str) -> Option<Self> {
        match word {
            "people" => Some(Self::People),
            "groups" => Some(Self::Groups),
            "accounts" => Some(Self::Accounts),
            _ => None,
        }
    }
}
