//! One binary: every story a person goes through, and who may reach each URL.
mod approvals_answering;
mod approvals_cast;
mod approvals_joining;
mod support;
