//! How feedback is put into parts: the formats with a hint and an example each, their questions, and words in them.
//! No tables.
mod model;

pub use model::{Format, Part, Words};
