//! One binary: every story a person goes through, and who may reach each URL.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![expect(
    clippy::too_many_lines,
    clippy::too_many_arguments,
    clippy::unused_self,
    reason = "a story is as long as it is"
)]
#![expect(clippy::disallowed_methods, reason = "tests are told by the environment where to look, as CI does")]
#![expect(clippy::disallowed_types, reason = "tests ask the catalogue about tables that they do not know by name")]
#![expect(clippy::match_same_arms, reason = "the matrix reads as a table: one line a rule")]
#![expect(unreachable_pub, reason = "the modules of a test crate are its own")]
mod access_matrix;
mod accounts_from_setup_to_sign_out;
mod actions_come_along;
mod agendas_begin;
mod agreements_story;
mod approvals_answering;
mod approvals_cast;
mod approvals_joining;
mod approvals_outcomes;
mod approvals_reminders;
mod archive_schema;
mod asking_to_join;
mod calendars_follow;
mod coffee_is_offered;
mod delivery_is_visible;
mod demo_program;
mod desk_story;
mod did_you_meet;
mod drafts_are_not_lost;
mod email_changes;
mod erasure;
mod feedback_is_asked_for;
mod feedback_is_between_two_people;
mod feedback_is_reported;
mod feedback_is_revised;
mod feedback_is_shown_to_the_group;
mod feedback_is_spoken;
mod field_trips_go_and_see;
mod field_trips_hold_what_was_seen;
mod forms_come_again;
mod goals_are_agreed_and_closed;
mod goals_change_their_words;
mod goals_move_on;
mod group_page_story;
mod groups_are_formed_and_launched;
mod groups_end_or_go_on_small;
mod groups_look_back;
mod groups_on_shifts;
mod groups_set_their_themes;
mod happened;
mod help_is_at_hand;
mod history_is_only_added_to;
mod home_story;
mod hosts_answer;
mod late_workers;
mod letters_are_written;
mod library_story;
mod links_after_the_end;
mod logs_can_be_true;
mod meetings_logged;
mod meetings_planned_and_changed;
mod mirror_story;
mod months_that_are_too_full;
mod moves_story;
mod newcomers_read_from_their_day_on;
mod nothing_leaks;
mod nudges_story;
mod observations_are_noted;
mod off_limits_story;
mod own_data;
mod pages_cost_little;
mod participation_life;
mod people_added_and_invited;
mod people_are_found;
mod people_imported;
mod pledges_follow_up;
mod portfolios_are_taken_along;
mod pressed_twice;
mod products_are_shared;
mod profile_story;
mod program_report;
mod programs_are_taken_along;
mod programs_created_and_changed;
mod programs_follow_one_another;
mod programs_learn;
mod pulse_answers_are_nobodys;
mod pulse_cast;
mod pulse_story;
mod removal_takes_two;
mod scanners_change_nothing;
mod schema;
mod standings_story;
mod suggested_groups;
mod supervisors_domains;
mod supervisors_look_again;
#[expect(dead_code, reason = "the browser stories use the rest of it")]
mod support;
mod the_desk_is_quick;
mod the_week_ahead;
mod things_are_put_off;
mod time_is_kept;
mod times_are_found_together;
mod trips_and_access_needs;
mod trips_are_remembered;
mod trips_cast;
mod trips_need_a_yes;
mod two_people_one_agenda;
mod visits_are_followed_up;
mod who_hangs_up;
