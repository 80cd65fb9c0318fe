//! Meetings, who came, and their agendas: the tables, the states, and the roles that rotate.
//! [`meeting_letters`](super::meeting_letters) tells of them, [`agendas`](super::agendas) changes an agenda, [`calendar`](super::calendar) sets, moves
//! and cancels a meeting, [`meeting_logs`](super::meeting_logs) says how it went.
mod erase;
mod handlers;
mod model;
mod queries;
pub mod rows;
mod service;

pub use erase::erase;
pub use handlers::AtMeeting;
pub use model::{
    Draft, Item, ItemKind, ItemState, LONGEST_ITEM, Meeting, MeetingState, Mode, NotHeldReason, NotLoggable, Outcome,
    Roles, Turn, hours, hours_from_to, readers, roles_in_words, suggest_roles, zone_words,
};
pub use queries::{
    Details, GroupKey, Held, NewMeeting, Which, carry_again, change_details, change_item, drop_stale_copies,
    insert_items, insert_meeting, is_there, items_of, locked, make_place, mark_cancelled, mark_held, mark_not_held,
    meetings_of, raise_sequence, remove_item, remove_own_items, set_outcomes, set_overrun, set_planned_minutes,
    swap_items, turns, waiting_items,
};
pub use service::{Glance, NextMeeting, item_times, next_meeting, roles_sentence, waiting_for_log};
