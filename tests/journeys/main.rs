//! One binary: every story a person goes through, and who may reach each URL.
mod people_added_and_invited;
mod programs_created_and_changed;
mod support;
