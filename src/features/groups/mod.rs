//! Groups and who belongs to them: the tables, who is ready to be placed, who may not share a
//! group, and the letter that tells a peer their group.
mod email;
mod erase;
mod model;
mod queries;
pub mod rows;

pub(crate) use email::GroupFormed;
pub use email::compose;
pub use erase::erase;
pub use model::{
    Candidate, Clash, Closing, KeptSmall, Place, Readiness, Refusal, Request, Sizes, clashes, kept_apart,
    launch_problems, needed_on, objections, readiness, supervisors,
};
pub(crate) use queries::{
    About, GroupRow, Listed, RosterRow, Settings, Unplaced, WithRequests, begin_all, close_group, delete_planned,
    groups, hold, insert_group, insert_groups, keep_small, names, page_of_groups, place, place_all, readers, requests,
    roster, settings, sums, take_out, unplaced, update_group, with_members,
};
pub use queries::{OpenMember, leave_group, open_members};
