//! The archive file that `see-also export` writes: every row of a program as its table holds it, and the people it
//! names. What a slice adds to its tables is in it by itself; the catalogue of the database says in which order
//! rows refer to each other, and what a column is when an older file lacks it.
mod export;
mod file;
mod import;
mod queries;

pub use export::{export, find_program};
pub use file::{File, Person, left_out};
pub use import::import;
