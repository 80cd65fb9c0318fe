//! Offers of a place in another group: the table, where each stands, and the letters.
mod email;
mod erase;
mod model;
mod queries;
pub mod rows;

pub use email::compose;
pub(crate) use email::{GroupNews, MoveOffered};
pub use erase::erase;
pub use model::{MoveState, OFFER_DAYS, Offer, Over, Standing, objections};
pub(crate) use queries::{NewOffer, all_of, end, find, insert, lapse, latest_of, line_to};
