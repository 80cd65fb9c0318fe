//! Every statement that writes `groups` and `memberships`, and what else forming groups reads.
mod file;
mod groups;
mod members;
mod page;
mod program;

pub use members::{OpenMember, leave_group, open_members};

pub(crate) use file::{Listed, with_members};
pub(crate) use groups::*;
pub(crate) use members::*;
pub(crate) use page::{Unplaced, WithRequests, page_of_groups, sums, unplaced};
pub(crate) use program::*;
