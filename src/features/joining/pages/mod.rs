//! What the templates need, ready to be shown.
mod forms;
mod join;
mod place;

pub(super) use forms::{AskForm, JoinForm};
pub(super) use join::JoinPage;
pub(super) use place::{PlaceFrame, PlacePage};

use crate::features::programs::domain_words;

/// What is said at the field for a supervisor's address.
fn address_hint(domains: &[String]) -> String {
    if domains.is_empty() { String::new() } else { format!("At {}.", domain_words(domains)) }
}
