//! Pure rules of the models: no database, no pages.
mod archive;
mod feedback;
mod field_trips;
mod people;
mod programs;
