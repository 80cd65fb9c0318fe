//! Pure rules of the models: no database, no pages.
mod archive;
mod feedback;
mod field_trips;
mod goals;
mod groups;
mod people;
mod programs;
