//! Every statement that writes `groups` and `memberships`, and what else forming groups reads.
mod groups;
mod members;
mod program;

pub use members::{OpenMember, leave_group, open_members};

pub(crate) use groups::*;
pub(crate) use members::*;
pub(crate) use program::*;
