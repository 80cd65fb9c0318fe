//! How far people are, in words.
use see_also::access::ParticipationState;
use see_also::features::approvals::RequestState;
use see_also::features::people::{Approval, Tally, approval_words, tally_words};
use time::macros::{date, datetime};

#[test]
fn counts_are_said_in_words() {
    let tally = |state, people| Tally { state, people };
    assert_eq!(
        tally_words(&[tally(ParticipationState::Joined, 6), tally(ParticipationState::Invited, 1)]).unwrap(),
        "Seven people: one invited and six joined."
    );
    assert_eq!(tally_words(&[]), None);
    assert_eq!(
        tally_words(&[tally(ParticipationState::Joined, Tally::MOST + 1), tally(ParticipationState::Invited, 40)])
            .unwrap(),
        "More than 1,000 people: 40 invited and more than 1,000 joined."
    );
}

#[test]
fn a_request_whose_time_has_run_out_is_no_longer_waited_for() {
    let mut approval = Approval {
        state: RequestState::Pending,
        asked_at: datetime!(2026-04-04 12:00 UTC),
        talk_first_at: None,
        decided_at: None,
        revoked_from: None,
        reconsider_from: None,
        expires_at: datetime!(2026-04-25 12:00 UTC),
    };
    let said = |approval: &Approval, now| approval_words(approval, now, "America/Chicago");
    assert_eq!(said(&approval, datetime!(2026-04-20 12:00 UTC)), ("quiet", "Waiting since 4 Apr".to_owned()));
    assert_eq!(said(&approval, datetime!(2026-04-26 12:00 UTC)), ("stop", "No answer, asked 4 Apr".to_owned()));
    approval.state = RequestState::Revoked;
    approval.revoked_from = Some(date!(2026 - 05 - 01));
    assert_eq!(said(&approval, datetime!(2026-04-26 12:00 UTC)), ("stop", "Taken back from 1 May".to_owned()));
    approval.state = RequestState::Declined;
    approval.decided_at = Some(datetime!(2026-04-20 12:00 UTC));
    let no = |approval: &Approval| said(approval, datetime!(2026-04-26 12:00 UTC)).1;
    assert_eq!(no(&approval), "Not this term, 20 Apr");
    approval.reconsider_from = Some(date!(2026 - 05 - 04));
    assert_eq!(no(&approval), "Not this term, 20 Apr. Would look again from 4 May");
}
