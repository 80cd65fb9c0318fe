//! One binary: every story a person goes through, and who may reach each URL.
mod access_matrix;
mod accounts_from_setup_to_sign_out;
mod demo_program;
mod desk_story;
mod feedback_is_between_two_people;
mod field_trips_go_and_see;
mod goals_are_agreed_and_closed;
mod group_page_story;
mod groups_are_formed_and_launched;
mod happened;
mod home_story;
mod nothing_leaks;
mod people_added_and_invited;
mod programs_created_and_changed;
mod schema;
mod support;
