//! One binary: every story a person goes through, and who may reach each URL.
mod access_matrix;
mod accounts_from_setup_to_sign_out;
mod nothing_leaks;
mod schema;
mod demo_program;
mod support;
