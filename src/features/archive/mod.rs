//! A whole program as one file; the demo program.
//!
//! The rows of each table stand in the `archive` module of the feature that owns it. Here they are
//! put together to a [`Document`], checked as a whole, and written in one transaction.
//! `docs/archive-format.md` describes the file.
pub mod check;
mod demo;
mod document;
mod load;
pub mod whole;

pub use check::Problem;
pub use demo::{Loaded, SignIn, cast, demo_document, is_loaded, load_demo};
pub use document::Document;

use crate::base::error::AppError;

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
