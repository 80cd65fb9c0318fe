//! Stories in a real browser, as a person goes through them.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "tests are told by the environment where to look, as CI does")]
#![expect(clippy::disallowed_types, reason = "what the letters are about is written by SQL put together here")]
mod a_draft_survives;
mod a_group_works_on_a_phone;
mod a_meeting_on_one_phone;
mod a_scanner_with_scripts;
mod coordinator_peer_and_supervisor;
mod driver;
mod every_page;
mod feedback_on_a_phone;
#[path = "../journeys/happened.rs"]
#[expect(
    dead_code,
    unreachable_pub,
    clippy::too_many_lines,
    clippy::too_many_arguments,
    reason = "it is written for the journeys, which use all of it"
)]
mod happened;
mod looks;
mod monday_on_a_phone;
mod observations_on_a_phone;
mod phone;
mod pulse_on_a_phone;
mod site;
#[path = "../journeys/support/mod.rs"]
#[expect(dead_code, unreachable_pub, reason = "it is written for the journeys, which use all of it")]
mod support;
mod the_next_program;
mod the_report_on_paper;
mod visits_on_a_phone;
mod without_scripts;
