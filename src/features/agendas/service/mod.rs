//! Changing an agenda, and what it starts with. Each command of a member is one transaction.
mod carry;
mod change;
mod reading;

pub use carry::{Beginning, begin, carry_into_next};
pub(super) use change::{
    AgendaOutcome, ItemChange, NewItem, add_item, change_item, fingerprint, fingerprint_of_all, move_item, remove_item,
    use_template,
};
pub(super) use reading::{View, view};
