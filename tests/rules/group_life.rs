//! The life of groups after the launch: where an offer stands, when a group is too small, and what
//! waits for so long that a word helps.
use see_also::access::ParticipationState;
use see_also::base::ids::{
    GoalId, GroupId, MeetingId, MembershipId, MoveId, ParticipationId, PersonId, ProgramId, TimePollId,
};
use see_also::features::groups::{Candidate, KeptSmall, Place, Readiness, Refusal, Sizes};
use see_also::features::move_offers::{MoveState, Offer, Over, Standing, objections};
use see_also::features::nudges::{Mine, waits};
use see_also::features::progress::{GoalFacts, GroupFacts, MeetingFacts, MeetingState};
use time::{
    Date, Duration, OffsetDateTime,
    macros::{date, datetime},
};

const OFFERED: OffsetDateTime = datetime!(2026-04-20 15:00 UTC);

fn offer(state: MoveState) -> Offer {
    Offer {
        id: MoveId::generate(),
        participation_id: ParticipationId::generate(),
        name: "Hana Sørby".into(),
        part: ParticipationState::Joined,
        from_group_id: GroupId::generate(),
        from_name: "Reading Room".into(),
        to_group_id: GroupId::generate(),
        to_name: "Card Catalog".into(),
        to_focus: String::new(),
        to_closed: false,
        belongs: true,
        offered_by: PersonId::generate(),
        by_name: "Imogen Castellane".into(),
        offered_at: OFFERED,
        state,
        ended_at: (state != MoveState::Offered).then_some(OFFERED + Duration::DAY),
    }
}

#[test]
fn an_offer_stands_for_two_weeks_while_it_can_be_taken() {
    let open = offer(MoveState::Offered);
    let last = OFFERED + Duration::days(14) - Duration::SECOND;
    assert_eq!(open.standing(OFFERED), Standing::Open);
    assert_eq!(open.standing(last), Standing::Open);
    assert_eq!(open.standing(last + Duration::SECOND), Standing::Over(Over::TimeOut));
    assert_eq!(open.words(OFFERED, "America/Chicago"), "has not answered; the offer stands until 4 May");
    let closed = Offer { to_closed: true, ..open.clone() };
    assert_eq!(closed.standing(OFFERED), Standing::Over(Over::TargetClosed));
    let gone = Offer { belongs: false, ..closed };
    assert_eq!(gone.standing(OFFERED), Standing::Over(Over::Gone));
    let on_hold = Offer { part: ParticipationState::OnHold, ..open.clone() };
    assert_eq!(on_hold.standing(OFFERED), Standing::Open, "a pause does not end it");
    let left = Offer { part: ParticipationState::Withdrawn, ..open };
    assert_eq!(left.standing(OFFERED), Standing::Over(Over::Gone));
}

#[test]
fn an_answer_stays_whatever_happens_after_it() {
    for (state, standing) in [
        (MoveState::Accepted, Standing::Accepted),
        (MoveState::Stayed, Standing::Stayed),
        (MoveState::Withdrawn, Standing::Withdrawn),
        (MoveState::Hindered, Standing::Hindered),
    ] {
        let ended = Offer { belongs: false, to_closed: true, part: ParticipationState::Withdrawn, ..offer(state) };
        assert_eq!(ended.standing(OFFERED + Duration::days(100)), standing);
    }
    assert_eq!(offer(MoveState::Lapsed).standing(OFFERED), Standing::Over(Over::TimeOut));
}

fn someone(name: &str) -> Candidate {
    Candidate {
        id: ParticipationId::generate(),
        person_id: PersonId::generate(),
        name: name.into(),
        email: format!("{}@larkspur.example", name.to_lowercase()),
        about: String::new(),
        readiness: Readiness::Ready,
        supervisors: vec!["boss@larkspur.example".into()],
        place: Some(Place {
            membership_id: MembershipId::generate(),
            group_id: GroupId::generate(),
            group_name: "Reading Room".into(),
            joined_on: Some(date!(2026 - 01 - 12)),
        }),
    }
}

#[test]
fn whoever_moves_is_not_kept_back_by_the_group_they_leave() {
    let sizes = Sizes { min: 2, target: 2, max: 2 };
    let (tobias, hana, wren) = (someone("Tobias"), someone("Hana"), someone("Wren"));
    assert_eq!(objections(&[&tobias], &[&hana], sizes, &[]), []);
    assert_eq!(objections(&[&tobias], &[&hana, &wren], sizes, &[]), [Refusal::TooMany { max: 2 }]);
    let apart = [(hana.id, tobias.id)];
    assert!(matches!(objections(&[&tobias], &[&hana], sizes, &apart)[..], [Refusal::Apart(_)]));
    let led = Candidate { supervisors: vec!["tobias@larkspur.example".into()], ..hana.clone() };
    assert!(matches!(objections(&[&tobias], &[&led], sizes, &[])[..], [Refusal::Clash(_)]));
    let resting = Candidate { readiness: Readiness::OnHold, ..hana };
    assert!(matches!(objections(&[&tobias], &[&resting], sizes, &[])[..], [Refusal::NotReady { .. }]));
}

#[test]
fn a_decision_to_go_on_small_holds_until_another_member_is_lost() {
    let on = date!(2026 - 04 - 20);
    let kept = KeptSmall::of(Some(on), Some(2)).unwrap();
    assert_eq!(KeptSmall::of(None, None), None);
    assert!(kept.holds(2, None) && kept.holds(2, Some(on)) && kept.holds(3, Some(on)));
    assert!(!kept.holds(1, Some(on)), "somebody is on hold, or left on that very day");
    assert!(!kept.holds(2, on.next_day()), "one left and another came");
    let mut group = group();
    assert!(group.is_too_small());
    group.kept_small = KeptSmall::of(Some(on), Some(0));
    assert!(!group.is_too_small());
    group.last_left_on = on.next_day();
    assert!(group.is_too_small());
}

fn group() -> GroupFacts {
    GroupFacts {
        id: GroupId::generate(),
        program_id: ProgramId::generate(),
        name: "Reading Room".into(),
        members: Vec::new(),
        resting: Vec::new(),
        began_on: Some(date!(2026 - 01 - 12)),
        last_left_on: None,
        least: 2,
        kept_small: None,
        agreement_since: Some(date!(2026 - 01 - 20)),
        meetings: Vec::new(),
        actions: Vec::new(),
        trips: Vec::new(),
        goals: Vec::new(),
        feedback: Vec::new(),
    }
}

fn meeting(day: Date, state: MeetingState) -> MeetingFacts {
    let starts_at = day.midnight().assume_utc() + Duration::hours(17);
    MeetingFacts {
        id: MeetingId::generate(),
        day,
        starts_at,
        ends_at: starts_at + Duration::HOUR,
        state,
        logged_on: None,
        minutes: 0,
        present: 0,
        members_then: 0,
        agenda: Vec::new(),
    }
}

#[test]
fn only_what_has_waited_for_long_is_worth_a_word() {
    let today = date!(2026 - 04 - 20);
    let words = |group: &GroupFacts, mine: Mine| -> Vec<String> {
        waits(group, mine, today).into_iter().map(|one| one.words).collect()
    };
    let nothing = Vec::<String>::new();
    let mut group = group();
    assert_eq!(words(&group, Mine::default()), nothing);
    group.meetings = vec![meeting(date!(2026 - 04 - 13), MeetingState::Scheduled)];
    assert_eq!(words(&group, Mine::default()), nothing, "a week is not more than a week");
    group.meetings = vec![meeting(date!(2026 - 04 - 12), MeetingState::Scheduled)];
    assert_eq!(words(&group, Mine::default()), ["Nobody has said yet how the meeting on 12 April went."]);
    group.meetings = vec![meeting(date!(2026 - 04 - 12), MeetingState::NotHeld)];
    assert_eq!(words(&group, Mine::default()), nothing);
    group.goals = vec![GoalFacts { owner: None, agreed_on: date!(2026 - 03 - 22), elements: 0 }];
    assert_eq!(words(&group, Mine::default()), nothing);
    group.goals = vec![GoalFacts { owner: None, agreed_on: date!(2026 - 03 - 21), elements: 0 }];
    assert_eq!(
        words(&group, Mine::default()),
        ["Your group has goals, and nothing is agreed yet that feedback may be about."]
    );
    group.goals.push(GoalFacts { owner: None, agreed_on: today, elements: 1 });
    assert_eq!(words(&group, Mine::default()), nothing);
    let id = GoalId::generate();
    let mine = Mine {
        agreement_waits: true,
        goal_waits: Some(id),
        words_wait: Some(id),
        element_waits: Some(id),
        goal_past: Some(id),
        poll_waits: Some(TimePollId::generate()),
        action_past: true,
    };
    assert_eq!(words(&group, mine).len(), 7);
    // Without an agreement after two meetings; who has one to answer reads only that.
    group.agreement_since = None;
    group.meetings =
        [date!(2026 - 02 - 02), date!(2026 - 03 - 02)].map(|day| meeting(day, MeetingState::Held)).to_vec();
    assert_eq!(words(&group, Mine::default()), ["You have met twice, and no agreement is in force yet."]);
    assert_eq!(words(&group, mine).len(), 7);
}
