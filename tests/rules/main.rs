//! Pure rules, without a database.
mod desk;
mod group_page;
