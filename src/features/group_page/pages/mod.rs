//! What the templates of this slice need, ready to be printed.
mod facts;
mod goals;
mod members;
mod trips;

pub(super) use facts::FactsPage;
pub(super) use members::MembersPage;
