//! The letters that tell what a supervisor answered: to the peer and the coordinators, and to the supervisor as a
//! receipt with the link to change it. When they are sent is up to [`approvals`](super::approvals).
mod email;

pub use email::compose;
