//! Every statement that writes `groups` and `memberships`, and what else forming groups reads.
mod groups;
mod members;
mod program;

pub use members::{OpenMember, leave_group, open_members};

pub(super) use groups::*;
pub(super) use members::*;
pub(super) use program::*;
