//! A whole program as one file; the demo program.
//!
//! The file holds every row of a program as its table has it, and the people it names. The rows of each table stand in
//! the `rows` module of the feature that owns it, so what a slice adds to its tables is in the file by itself; the
//! catalogue of the database says in which order rows refer to each other, and what a column is when an older file
//! lacks it. A file is read as a whole and written in one transaction. `docs/archive-format.md` describes it.
mod demo;
mod export;
mod file;
mod import;
mod moved;
mod queries;

pub use demo::{Loaded, SignIn, cast, demo_file, is_loaded, load_demo};
pub use export::{export, find_program};
pub use file::{File, left_out};
pub use import::import;

use crate::base::error::AppError;
use std::fmt;

/// One thing that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where: "meetings, row 4".
    pub place: String,
    pub reason: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.reason)
    }
}

/// Why a file was not loaded. Nothing of it was written then.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// It is no archive file, or one of another version; with line and column where that helps.
    #[error("this is no archive file that can be read: {0}")]
    Unreadable(String),
    /// A program with its id is here already.
    #[error("this program is here already")]
    Here,
    /// It breaks rules that every program keeps: all of them, each with its place.
    #[error("the file breaks rules that every program keeps:{}", lines(.0))]
    Broken(Vec<Problem>),
    #[error(transparent)]
    Failed(#[from] AppError),
}

impl From<sqlx::Error> for LoadError {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.into())
    }
}

fn lines(problems: &[Problem]) -> String {
    problems.iter().flat_map(|problem| ["\n  ".to_owned(), problem.to_string()]).collect()
}
