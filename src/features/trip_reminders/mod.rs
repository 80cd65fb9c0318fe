//! What is sent by the day of a trip: a week before a confirmed observation the two are reminded to meet, three days after it to
//! talk it over, and ten days after a trip those who went to write down what they learned. Each once for each day a
//! trip is planned for, and only as long as it is not done.
mod email;
mod model;
mod queries;
mod schedule;

pub use email::compose;
pub use model::{Facts, Step, is_due};
pub use schedule::tick;
