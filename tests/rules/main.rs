//! Pure rules of the models: no database, no pages.
mod approvals;
mod archive;
mod desk;
mod feedback;
mod field_trips;
mod goals;
mod group_page;
mod groups;
mod leaving;
mod meetings;
mod people;
mod profiles;
mod programs;
