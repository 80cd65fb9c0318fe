//! What a theme of a group is.
use crate::base::{ids::GroupThemeId, secret};
use time::Date;

/// A theme as a form says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NewTheme {
    pub(super) title: String,
    pub(super) question: String,
    pub(super) starts_on: Date,
    pub(super) ends_on: Date,
}

/// A theme of a group, as far as the reader may read it.
#[derive(Debug, Clone)]
pub(super) struct Theme {
    pub(super) id: GroupThemeId,
    pub(super) title: String,
    pub(super) question: String,
    pub(super) starts_on: Date,
    pub(super) ends_on: Date,
    /// When its words were put down, in the program's zone.
    pub(super) worded_on: Date,
    /// Its words are from before the reader came; they are empty.
    pub(super) was_before_me: bool,
}

impl Theme {
    /// Rule 8: to whoever came after it was set stays when it is, not its words.
    pub(super) fn keep_to(&mut self, joined_on: Date) {
        if self.worded_on < joined_on {
            self.title.clear();
            self.question.clear();
            self.was_before_me = true;
        }
    }

    /// What tells one state from another, for a form that is sent later.
    pub(super) fn fingerprint(&self) -> String {
        let state = format!("{}\n{}\n{} {}", self.title, self.question, self.starts_on, self.ends_on);
        secret::hex(&secret::sha256(state.as_bytes())[..8])
    }

    pub(super) fn says(&self, new: &NewTheme) -> bool {
        (&self.title, &self.question) == (&new.title, &new.question)
            && (self.starts_on, self.ends_on) == (new.starts_on, new.ends_on)
    }
}
