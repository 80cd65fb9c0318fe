//! Every statement that writes `meetings`, `attendances` and `agenda_items`.
mod items;
mod meetings;

pub use items::{
    carry_again, change_item, drop_stale_copies, insert_items, items_of, make_place, remove_item, remove_own_items,
    set_outcomes, set_planned_minutes, swap_items, waiting_items,
};
pub use meetings::{
    Details, Held, NewMeeting, Which, change_details, insert_meeting, is_there, locked, mark_cancelled, mark_held,
    mark_not_held, meetings_of, raise_sequence, set_overrun, turns,
};

use crate::access::GroupMember;
use crate::base::ids::{GroupId, ProgramId};

/// A group within its program; every statement names both.
#[derive(Debug, Clone, Copy)]
pub struct GroupKey {
    pub program_id: ProgramId,
    pub group_id: GroupId,
}

impl From<&GroupMember> for GroupKey {
    fn from(by: &GroupMember) -> Self {
        Self { program_id: by.program_id(), group_id: by.group_id() }
    }
}
