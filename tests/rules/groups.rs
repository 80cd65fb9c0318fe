//! Who is ready to be placed, and who may not share a group.
use see_also::access::ParticipationState;
use see_also::base::ids::{GroupId, MembershipId, ParticipationId, PersonId};
use see_also::features::approvals::RequestState;
use see_also::features::groups::{
    Candidate, Clash, Place, Readiness, Refusal, Request, Sizes, clashes, kept_apart, launch_problems, needed_on,
    objections, readiness, supervisors,
};
use see_also::features::profiles::Apart;
use time::{Date, macros::date};

const BEGIN: Date = date!(2026 - 01 - 12);
const END: Date = date!(2026 - 06 - 12);
const ON: Date = date!(2026 - 04 - 20);
const SIZES: Sizes = Sizes { min: 2, target: 4, max: 5 };

fn request(state: RequestState) -> Request {
    Request {
        participation_id: ParticipationId::generate(),
        state,
        talk_first: false,
        valid_from: BEGIN,
        valid_until: END,
        revoked_from: None,
        supervisor_email: "boss@larkspur.example".into(),
    }
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
        place: None,
    }
}

fn ready(requests: &[Request]) -> Readiness {
    readiness(ParticipationState::Joined, true, requests, ON)
}

#[test]
fn ready_is_joined_with_a_yes_in_effect() {
    assert_eq!(ready(&[request(RequestState::Approved)]), Readiness::Ready);
    assert_eq!(ready(&[]), Readiness::NotAsked);
    assert_eq!(ready(&[request(RequestState::Pending)]), Readiness::Waiting);
    assert_eq!(ready(&[Request { talk_first: true, ..request(RequestState::Pending) }]), Readiness::TalkFirst);
    assert_eq!(ready(&[request(RequestState::Conditional)]), Readiness::Conditions);
    assert_eq!(ready(&[request(RequestState::Declined)]), Readiness::Declined);
    assert_eq!(ready(&[request(RequestState::Expired)]), Readiness::Expired);
    assert_eq!(ready(&[request(RequestState::Cancelled)]), Readiness::NotAsked);
    for state in [ParticipationState::Withdrawn, ParticipationState::Removed, ParticipationState::Completed] {
        assert_eq!(readiness(state, true, &[request(RequestState::Approved)], ON), Readiness::Gone);
    }
    assert_eq!(readiness(ParticipationState::Invited, false, &[], ON), Readiness::NotJoined);
    assert_eq!(readiness(ParticipationState::OnHold, false, &[], ON), Readiness::OnHold);
}

#[test]
fn a_program_that_asks_for_no_approval_needs_none() {
    assert_eq!(readiness(ParticipationState::Joined, false, &[], ON), Readiness::Ready);
    assert_eq!(readiness(ParticipationState::Joined, false, &[request(RequestState::Declined)], ON), Readiness::Ready);
}

#[test]
fn a_yes_counts_on_its_first_and_its_last_day_and_not_outside() {
    let yes = request(RequestState::Approved);
    for (on, expected) in [(date!(2026 - 01 - 11), false), (BEGIN, true), (END, true), (date!(2026 - 06 - 13), false)] {
        assert_eq!(yes.is_in_effect(on), expected, "{on}");
    }
    let outside = Request { valid_until: date!(2026 - 03 - 01), ..yes };
    assert_eq!(ready(&[outside]), Readiness::NotInEffect);
}

#[test]
fn a_revocation_counts_from_its_day() {
    let revoked = Request { revoked_from: Some(ON), ..request(RequestState::Revoked) };
    assert!(revoked.is_in_effect(date!(2026 - 04 - 19)));
    assert!(!revoked.is_in_effect(ON));
    assert_eq!(ready(&[revoked]), Readiness::NotInEffect);
}

#[test]
fn a_new_request_does_not_take_an_older_yes_away() {
    assert_eq!(ready(&[request(RequestState::Pending), request(RequestState::Approved)]), Readiness::Ready);
    assert_eq!(ready(&[request(RequestState::Declined), request(RequestState::Superseded)]), Readiness::Declined);
}

#[test]
fn before_the_program_begins_the_yes_must_cover_its_first_day() {
    assert_eq!(needed_on(date!(2025 - 12 - 20), BEGIN), BEGIN);
    assert_eq!(needed_on(ON, BEGIN), ON);
}

#[test]
fn a_supervisor_is_whoever_was_named_or_is_asked_now() {
    let asked = |state, email: &str| Request { supervisor_email: email.into(), ..request(state) };
    let requests = [
        asked(RequestState::Declined, "latest@x.example"),
        asked(RequestState::Approved, "yes@x.example"),
        asked(RequestState::Superseded, "former@x.example"),
    ];
    assert_eq!(supervisors("named@x.example", &requests), ["latest@x.example", "named@x.example", "yes@x.example"]);
    assert_eq!(supervisors("", &[]), Vec::<String>::new());
}

#[test]
fn nobody_shares_a_group_with_their_supervisor_in_either_direction() {
    let boss = someone("Priya");
    let mut peer = someone("Marcus");
    peer.supervisors = vec![boss.email.clone()];
    let clash = Clash { supervisor: "Priya".into(), peer: "Marcus".into() };
    assert_eq!(clashes(&[&boss, &peer]), vec![clash.clone()]);
    assert_eq!(clashes(&[&peer, &boss]), vec![clash.clone()]);
    assert_eq!(objections(&[&boss], &[&peer], SIZES), vec![Refusal::Clash(clash)]);
    assert!(Refusal::Clash(clashes(&[&boss, &peer])[0].clone()).words().contains("Priya is the supervisor of Marcus"));
}

#[test]
fn two_people_may_share_a_supervisor() {
    assert_eq!(clashes(&[&someone("Priya"), &someone("Marcus")]), Vec::new());
}

#[test]
fn what_clashes_already_does_not_keep_a_group_from_being_renamed() {
    let boss = someone("Priya");
    let mut peer = someone("Marcus");
    peer.supervisors = vec![boss.email.clone()];
    assert_eq!(objections(&[&boss, &peer], &[], SIZES), Vec::new());
}

#[test]
fn a_group_has_somebody_and_at_most_its_maximum() {
    assert_eq!(objections(&[], &[], SIZES), vec![Refusal::Nobody]);
    let many: Vec<Candidate> = ["A", "B", "C", "D", "E", "F"].iter().map(|name| someone(name)).collect();
    let all: Vec<&Candidate> = many.iter().collect();
    assert_eq!(objections(&[], &all[..5], SIZES), Vec::new());
    assert_eq!(objections(&all[..5], &all[5..], SIZES), vec![Refusal::TooMany { max: 5 }]);
}

#[test]
fn only_who_is_ready_and_free_is_placed() {
    let mut waiting = someone("Nadia");
    waiting.readiness = Readiness::Waiting;
    let refused = objections(&[], &[&waiting], SIZES);
    assert_eq!(refused, vec![Refusal::NotReady { name: "Nadia".into(), why: Readiness::Waiting }]);
    let mut placed = someone("Hana");
    placed.place = Some(Place {
        membership_id: MembershipId::generate(),
        group_id: GroupId::generate(),
        group_name: "Night desk".into(),
        joined_on: None,
    });
    let refused = objections(&[], &[&placed], SIZES);
    assert_eq!(refused, vec![Refusal::Placed { name: "Hana".into(), group: "Night desk".into() }]);
}

#[test]
fn a_launch_needs_two_people_in_one_group_who_are_ready() {
    let (priya, marcus) = (someone("Priya"), someone("Marcus"));
    assert_eq!(launch_problems(&[]).len(), 1);
    assert_eq!(launch_problems(&[("One", vec![&priya]), ("Two", vec![&marcus])]).len(), 1);
    assert_eq!(launch_problems(&[("One", vec![&priya, &marcus]), ("Two", vec![])]), Vec::<String>::new());
    let mut lapsed = someone("Hana");
    lapsed.readiness = Readiness::NotInEffect;
    let problems = launch_problems(&[("One", vec![&priya, &marcus, &lapsed])]);
    assert_eq!(problems.len(), 1);
    assert!(problems[0].starts_with("Hana in One is not ready"), "{problems:?}");
}

#[test]
fn a_pair_is_kept_apart_once_by_the_order_of_names() {
    let (tom, priya, hana) = (someone("Tom"), someone("Priya"), someone("Hana"));
    let members = [&tom, &priya, &hana];
    let apart = [Apart { one: "Priya".into(), other: "Tom".into() }];
    assert_eq!(kept_apart(&members, &[(tom.id, priya.id)]), apart);
    // Whoever asked, and also when both did.
    assert_eq!(kept_apart(&members, &[(priya.id, tom.id), (tom.id, priya.id)]), apart);
    assert_eq!(apart[0].words(), "Priya and Tom are not to be in one group");
    assert_eq!(Refusal::Apart(apart[0].clone()).field(), "members");
    assert_eq!(kept_apart(&[&tom, &hana], &[(tom.id, priya.id)]), []);
}
