//! One binary: every story a person goes through, and who may reach each URL.
mod support;

mod desk_story;
mod group_page_story;
mod happened;
mod home_story;
