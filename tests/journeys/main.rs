//! One binary: every story a person goes through, and who may reach each URL.
mod accounts_from_setup_to_sign_out;
mod schema;
mod demo_program;
mod support;
