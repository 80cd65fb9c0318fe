//! One binary: every story a person goes through, and who may reach each URL.
mod feedback_is_between_two_people;
mod field_trips_go_and_see;
mod support;
