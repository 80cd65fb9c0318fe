//! Changing an agenda, and what it starts with. Each command of a member is one transaction.
mod carry;
mod change;
mod reading;

pub use carry::{begin, carry_into_next};
pub(super) use change::{
    AgendaOutcome, ItemChange, NewItem, add_item, change_item, fingerprint, move_item, remove_item, use_template,
};
pub(super) use reading::{View, view};
