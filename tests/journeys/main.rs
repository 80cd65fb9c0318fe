//! One binary: every story a person goes through, and who may reach each URL.
mod demo_program;
mod support;
