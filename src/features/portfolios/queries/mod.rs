//! Every statement that writes `portfolio_items` and `portfolio_asks`, and what portfolios and letters read.
mod asks;
mod letter;
mod offers;

pub(super) use asks::*;
pub(super) use letter::letter;
pub(super) use offers::*;
