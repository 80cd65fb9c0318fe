//! What the templates of this slice need, ready to be printed.
mod facts;
mod goals;
mod look;
mod members;
mod trips;

pub(super) use facts::FactsPage;
pub(crate) use facts::FactsSheet;
pub(super) use members::MembersPage;
