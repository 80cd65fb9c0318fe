//! Who reads an item of feedback besides the two.
use see_also::base::ids::{FeedbackId, ParticipationId};
use see_also::features::showing::{Around, Decided, Report, ReportState};
use time::{OffsetDateTime, macros::date};

const AT: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

/// Both say that the group may read it, and nobody reported it.
fn shown() -> Around {
    Around {
        id: FeedbackId::generate(),
        giver_id: ParticipationId::generate(),
        receiver_id: ParticipationId::generate(),
        giver_name: "Priya".to_owned(),
        receiver_name: "Marcus".to_owned(),
        happened_on: date!(2026 - 04 - 13),
        titles: Vec::new(),
        shared_at: Some(AT),
        is_settled: true,
        is_waiting: false,
        giver_shows: true,
        receiver_shows: true,
        both_belong: true,
        is_hidden: false,
        is_reported: false,
        mine: None,
        decided: None,
    }
}

fn report(state: ReportState) -> Report {
    Report { state, at: AT }
}

fn decided(stands: bool) -> Decided {
    Decided { stands, reason: "Because".to_owned(), at: AT }
}

#[test]
fn the_group_reads_what_both_show_and_only_that() {
    assert!(shown().is_shown() && shown().others_read(true));
    assert!(!shown().others_read(false), "who came later does not");
    let each: [fn(&mut Around); 4] = [
        |one| one.giver_shows = false,
        |one| one.receiver_shows = false,
        |one| one.is_settled = false,
        |one| one.both_belong = false,
    ];
    for change in each {
        let mut one = shown();
        change(&mut one);
        assert!(!one.is_shown() && !one.others_read(true), "{one:?}");
    }
    let hidden = Around { is_hidden: true, ..shown() };
    assert!(hidden.is_shown(), "hiding is for one’s own list");
}

#[test]
fn what_is_reported_is_read_by_who_reported_it_until_it_is_decided() {
    let reported = Around { is_reported: true, ..shown() };
    assert!(!reported.is_shown() && !reported.others_read(true) && !reported.is_closed());
    let by_me = Around { mine: Some(report(ReportState::Open)), ..reported.clone() };
    assert!(!by_me.is_shown() && by_me.others_read(true));
    // It stays closed: not for who reported it either.
    let closed = Around { mine: Some(report(ReportState::Closed)), decided: Some(decided(false)), ..reported.clone() };
    assert!(closed.is_closed() && !closed.others_read(true));
    // It may stand: as before. Reported once more, by somebody else, it waits again and is not closed.
    let stands = Around { mine: Some(report(ReportState::Stands)), decided: Some(decided(true)), ..shown() };
    assert!(stands.is_shown() && stands.others_read(true));
    let again = Around { is_reported: true, ..stands };
    assert!(!again.is_closed() && !again.others_read(true));
}
