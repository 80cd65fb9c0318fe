//! Stories in a real browser, as a person goes through them.
mod a_group_works_on_a_phone;
mod coordinator_peer_and_supervisor;
mod driver;
mod looks;
mod site;
#[path = "../journeys/support/mod.rs"]
#[expect(dead_code, unreachable_pub, reason = "it is written for the journeys, which use all of it")]
mod support;
mod without_scripts;
