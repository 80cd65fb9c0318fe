//! What comes out of goals: tangible results, and how far they are. The table alone;
//! [`goals`](super::goals) has the pages on which products are named and changed.
pub mod archive;
mod erase;
mod model;
mod queries;

pub use erase::erase;
pub use model::ProductState;
pub(crate) use queries::{NewProduct, ProductChange, ProductRow, insert_product, of_goal, update_product};
