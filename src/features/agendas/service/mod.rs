//! Changing an agenda. Each command of a member is one transaction.
mod change;
mod reading;

pub(super) use change::{
    AgendaOutcome, ItemChange, NewItem, add_item, change_item, fingerprint, fingerprint_of_all, move_item, remove_item,
    use_template,
};
pub(super) use reading::{View, view};
