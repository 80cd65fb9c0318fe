//! One binary: every story a person goes through, and who may reach each URL.
mod accounts_from_setup_to_sign_out;
mod demo_program;
mod feedback_is_between_two_people;
mod field_trips_go_and_see;
mod schema;
mod support;
