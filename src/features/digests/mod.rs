//! What coordinators read once a working day: who was backed since the one before.
mod email;
mod model;
mod queries;

pub use email::compose;
