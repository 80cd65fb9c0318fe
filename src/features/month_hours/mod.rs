//! Whether the meetings of a month come to more than the hours a supervisor approved. Only the person it is about is
//! told, on the page of a meeting that is planned. Days away are approved as days, and are no hours here.
mod model;
mod queries;

pub use model::{Month, over};
pub(crate) use queries::month_of;
