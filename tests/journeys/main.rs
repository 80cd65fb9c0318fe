//! One binary: every story a person goes through, and who may reach each URL.
mod goals_are_agreed_and_closed;
mod groups_are_formed_and_launched;
mod support;
