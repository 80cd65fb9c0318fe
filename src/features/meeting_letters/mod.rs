//! Letters about meetings, and the calendar objects they carry: that one is set, moved or off, that it is
//! tomorrow, that it is one's own no more. No table and no page.
mod email;
mod queries;

pub use email::{News, Telling, compose, invite, remind_all, tell, withdraw};
