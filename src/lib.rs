//! See Also runs peer mentoring programs: people of equal standing who meet in small groups
//! to grow in their work. This page is the map.
//!
//! A module may use only modules above it in this list (`tests/architecture.rs` checks it):
//!
//! - [`base`]: words everyone uses: ids, clock, text, errors, secrets. No tables, no HTML.
//! - [`database`]: the pool, the embedded server, the migrations.
//! - [`outbox`]: emails to send, written in the transaction of the command that causes them.
//! - [`links`]: what a secret in an email stands for; only hashes are kept.
//! - [`history`]: who did what in a program, as far as its coordinators may see it.
//! - [`mail`]: an email, what it carries for a calendar, and the ways it leaves: SMTP, a folder, a test's memory.
//! - [`config`]: the only reader of the environment; every problem is reported at once.
//! - [`web`]: HTTP with no domain words: routing, pages, forms, assets, headers, limits.
//! - [`access`]: who may do what. The only maker of proofs, which services ask for.
//! - [`features`]: what the application does, one folder per noun.
//! - [`routes`]: every URL, and the layers around them.
//! - [`worker`]: sends what waits in the outbox, and does what is due by the clock alone.
//! - [`server`]: listens, serves, and stops in good order.
//!
//! Inside a feature the layers are file names: `model` (types and pure rules), `queries`
//! (every statement that writes its tables), `email` and `link` (what leaves and what comes
//! back), `service` (one command, one transaction, one proof), `schedule` (what happens by the clock
//! alone), `erase` (what stays when somebody is erased), `rows` (its tables in the file that
//! `see-also export` writes), `pages` (what templates need),
//! `handlers` (read the request, call one service function, choose the page).
pub mod access;
pub mod base;
pub mod config;

pub mod database;
pub mod features;
pub mod history;
pub mod links;
pub mod mail;
pub mod outbox;
pub mod routes;
pub mod server;
pub mod web;
pub mod worker;
