//! What stands in a cell of a table that people save as a file.

/// A number stays a number, a text a text.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    Text(String),
    Number(f64),
    #[default]
    Empty,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<i32> for Cell {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

/// Days and the like: far below what a number holds exactly.
impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        i32::try_from(number).map_or(Self::Empty, Self::from)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(cell: Option<T>) -> Self {
        cell.map_or(Self::Empty, Into::into)
    }
}
