//! HTTP with no domain words in it.
pub mod assets;
pub mod carried;
pub mod compress;
pub mod cookies;
pub mod csv_file;
pub mod error_page;
pub mod flash;
pub mod form;
pub mod headers;
pub mod health;
pub mod limits;
pub mod page;
pub mod passwords;
pub mod routing;
pub mod state;
pub mod trace;
