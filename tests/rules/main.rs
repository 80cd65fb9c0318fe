//! Pure rules of the models: no database, no pages.
mod people;
mod programs;
