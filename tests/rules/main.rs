//! Pure rules of the models: no database, no pages.
mod agreements;
mod approvals;
mod archive;
mod desk;
mod feedback;
mod field_trips;
mod goals;
mod group_page;
mod groups;
mod meetings;
mod people;
mod programs;
