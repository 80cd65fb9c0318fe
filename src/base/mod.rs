//! Words every other module uses: ids, time, text, errors, secrets. No tables, no HTML.
pub mod clock;
pub mod error;
pub mod ids;
pub mod local_time;
pub mod secret;
pub mod text;
pub mod text_enum;
pub mod words;
