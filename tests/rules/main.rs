//! Pure rules of the models: no database, no pages.
mod archive;
mod people;
mod programs;
