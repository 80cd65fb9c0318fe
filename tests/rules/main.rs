//! Pure rules of the models: no database, no pages.
mod feedback;
mod field_trips;
