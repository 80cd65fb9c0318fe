//! Pure rules, without a database.
mod goals;
mod groups;
