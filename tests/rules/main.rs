//! Pure rules of the models: no database, no pages.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::too_many_lines, clippy::similar_names, reason = "a case is as long as it is")]
mod agendas;
mod agreements;
mod approvals;
mod desk;
mod feedback;
mod field_trips;
mod figures_two_ways;
mod finding_and_asking;
mod goals;
mod group_life;
mod group_page;
mod groups;
mod imports;
mod leaving;
mod look_back;
mod meetings;
mod people;
mod permitted_hours;
mod portfolios;
mod profiles;
mod programs;
mod pulse;
mod showing;
mod suggested_words;
mod suggestions;
mod warnings;
mod weeks;
