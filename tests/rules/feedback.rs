//! What words hold, who may know of an item, and when somebody is reminded.
use see_also::{
    base::{
        ids::{ElementId, FeedbackId, ParticipationId},
        local_time::next_permitted,
    },
    features::{
        drafts::{Element, Membership, were_together},
        feedback::{Feedback, FeedbackState, Format, Occasion, Part, Standing, Text, Words, keep_to_reader, standing},
    },
};
use serde_json::json;
use time::{
    Duration, OffsetDateTime,
    macros::{date, datetime},
};

#[test]
fn words_hold_the_parts_of_their_format_and_nothing_else() {
    let stored = json!({"situation": "Monday", "impact": "I typed", "keep": "of another format"});
    let words = Words::read(Format::Sbi, &stored);
    assert_eq!(words, Words::Sbi { situation: "Monday".into(), behaviour: String::new(), impact: "I typed".into() });
    assert_eq!(words.to_value(), json!({"situation": "Monday", "impact": "I typed"}), "empty parts are left out");
    for format in Format::ALL {
        let words = Words::from_parts(*format, |part| part.label().to_owned());
        assert_eq!(words.format(), *format);
        let parts: Vec<Part> = words.parts().into_iter().map(|(part, _)| part).collect();
        assert_eq!(parts, format.parts(), "in the order of the form");
        assert_eq!(Words::read(*format, &words.to_value()), words, "read back as written");
    }
}

#[test]
fn words_of_white_space_are_empty() {
    assert!(Words::read(Format::KeepTry, &json!({})).is_empty());
    assert!(Words::read(Format::Free, &json!({"text": " \n "})).is_empty());
    assert!(Words::read(Format::Free, &json!("not an object")).is_empty());
    assert!(!Words::read(Format::KeepTry, &json!({"try": "Wait"})).is_empty());
}

fn item(state: FeedbackState, opened: bool) -> Feedback {
    Feedback {
        id: FeedbackId::generate(),
        giver_id: ParticipationId::generate(),
        giver_name: "Priya Whitlock".to_owned(),
        receiver_id: ParticipationId::generate(),
        receiver_name: "Marcus Boone".to_owned(),
        state,
        format: Format::Free,
        happened_on: Some(date!(2026 - 04 - 13)),
        occasion: Occasion::Elsewhere,
        trip_kind: None,
        not_agreed: "And another thing".to_owned(),
        logged_by: None,
        shared_at: None,
        opened_at: opened.then_some(OffsetDateTime::UNIX_EPOCH),
        answered_at: None,
        reworded_at: None,
        is_live: true,
        kept_at: None,
    }
}

#[test]
fn what_was_said_waits_for_the_one_who_did_not_log_it() {
    let by_giver = |state| {
        let item = item(state, false);
        Feedback { logged_by: Some(item.giver_id), ..item }
    };
    let logged = by_giver(FeedbackState::Logged);
    assert_eq!(standing(&logged, logged.giver_id), Some(Standing::Logged));
    assert_eq!(standing(&logged, logged.receiver_id), Some(Standing::ToConfirm));
    let by_receiver = Feedback { logged_by: Some(logged.receiver_id), ..logged.clone() };
    assert_eq!(standing(&by_receiver, by_receiver.giver_id), Some(Standing::ToConfirm));
    assert_eq!(by_receiver.other(by_receiver.giver_id), (by_receiver.receiver_id, "Marcus Boone"));
    let disputed = by_giver(FeedbackState::Disputed);
    for reader in [disputed.giver_id, disputed.receiver_id] {
        assert_eq!(standing(&disputed, reader), Some(Standing::Disputed));
    }
    let confirmed = by_giver(FeedbackState::Confirmed);
    assert_eq!(standing(&confirmed, confirmed.giver_id), Some(Standing::Settled));
    assert_eq!(standing(&confirmed, confirmed.receiver_id), Some(Standing::ToAnswer), "answered like any other");
    // Both were there: the words are kept from neither.
    let (mut logged, mut texts) = (logged, [text()]);
    let receiver = logged.receiver_id;
    keep_to_reader(&mut logged, &mut texts, receiver);
    assert!(!texts[0].words.is_empty() && !logged.not_agreed.is_empty());
}

#[test]
fn only_what_is_written_and_answered_is_revised_and_only_once() {
    let answered = item(FeedbackState::Answered, true);
    assert!(answered.can_be_revised());
    assert!(!item(FeedbackState::Shared, true).can_be_revised());
    assert!(!Feedback { reworded_at: Some(OffsetDateTime::UNIX_EPOCH), ..answered.clone() }.can_be_revised());
    assert!(!Feedback { logged_by: Some(answered.giver_id), ..answered }.can_be_revised());
}

#[test]
fn an_item_exists_for_the_two_alone_and_a_draft_for_its_giver() {
    let draft = item(FeedbackState::Draft, false);
    assert_eq!(standing(&draft, draft.giver_id), Some(Standing::Draft));
    assert_eq!(standing(&draft, draft.receiver_id), None);
    for state in FeedbackState::ALL {
        let one = item(*state, true);
        assert_eq!(standing(&one, ParticipationId::generate()), None, "{state:?}");
    }
    let unopened = item(FeedbackState::Shared, false);
    let opened = item(FeedbackState::Shared, true);
    assert_eq!(standing(&unopened, unopened.receiver_id), Some(Standing::Unopened));
    assert_eq!(standing(&opened, opened.receiver_id), Some(Standing::ToAnswer));
    assert_eq!(standing(&unopened, unopened.giver_id), Some(Standing::Given));
    assert_eq!(standing(&opened, opened.giver_id), Some(Standing::Given), "the giver cannot tell");
    let answered = item(FeedbackState::Answered, true);
    assert_eq!(standing(&answered, answered.giver_id), Some(Standing::Settled));
    assert_eq!(standing(&answered, answered.receiver_id), Some(Standing::Settled));
}

fn text() -> Text {
    Text {
        element_id: ElementId::generate(),
        title: "Pace".to_owned(),
        agreed_on: None,
        words: Words::Free { text: "You waited".to_owned() },
        self_view: "I hurried".to_owned(),
        answer: None,
        answer_words: String::new(),
    }
}

#[test]
fn each_reader_is_left_with_what_they_may_know() {
    let mut opened = item(FeedbackState::Shared, true);
    let mut texts = [text()];
    let giver = opened.giver_id;
    keep_to_reader(&mut opened, &mut texts, giver);
    assert!(opened.opened_at.is_none() && texts[0].self_view.is_empty() && !texts[0].words.is_empty());

    let mut unopened = item(FeedbackState::Shared, false);
    let mut texts = [text()];
    let receiver = unopened.receiver_id;
    keep_to_reader(&mut unopened, &mut texts, receiver);
    assert!(texts[0].words.is_empty() && unopened.not_agreed.is_empty() && !texts[0].self_view.is_empty());

    let mut opened = item(FeedbackState::Shared, true);
    let mut texts = [text()];
    let receiver = opened.receiver_id;
    keep_to_reader(&mut opened, &mut texts, receiver);
    assert!(!texts[0].words.is_empty() && !texts[0].self_view.is_empty() && !opened.not_agreed.is_empty());
}

#[test]
fn two_people_were_together_on_days_that_both_belonged() {
    let (one, other) = (ParticipationId::generate(), ParticipationId::generate());
    let memberships = [
        Membership { participation_id: one, joined_on: date!(2026 - 01 - 12), left_on: None },
        Membership { participation_id: other, joined_on: date!(2026 - 02 - 01), left_on: Some(date!(2026 - 03 - 01)) },
        Membership { participation_id: other, joined_on: date!(2026 - 04 - 01), left_on: None },
    ];
    let together = |day| were_together(&memberships, one, other, day);
    assert!(!together(date!(2026 - 01 - 31)), "one was not there yet");
    assert!(together(date!(2026 - 02 - 01)), "the first day counts");
    assert!(together(date!(2026 - 02 - 28)));
    assert!(!together(date!(2026 - 03 - 01)), "the day of leaving does not count");
    assert!(together(date!(2026 - 04 - 02)), "and back again");
}

#[test]
fn an_element_holds_from_its_agreement_to_its_retirement() {
    let element = Element {
        id: ElementId::generate(),
        title: "Pace".to_owned(),
        agreed_on: date!(2026 - 02 - 09),
        retired_on: Some(date!(2026 - 04 - 01)),
    };
    assert!(!element.held_on(date!(2026 - 02 - 08)));
    assert!(element.held_on(date!(2026 - 02 - 09)));
    assert!(element.held_on(date!(2026 - 04 - 01)));
    assert!(!element.held_on(date!(2026 - 04 - 02)));
}

#[test]
fn a_reminder_comes_five_days_on_in_working_hours() {
    let chicago = |shared: OffsetDateTime| next_permitted("America/Chicago", shared + Duration::days(5));
    // Monday 10:00 in Chicago: Saturday becomes Monday morning.
    assert_eq!(chicago(datetime!(2026-04-20 15:00 UTC)), datetime!(2026-04-27 12:00 UTC));
    // Wednesday 10:00: Monday at the same hour.
    assert_eq!(chicago(datetime!(2026-04-22 15:00 UTC)), datetime!(2026-04-27 15:00 UTC));
    // Wednesday 20:00: Monday evening is too late, so Tuesday morning.
    assert_eq!(chicago(datetime!(2026-04-23 01:00 UTC)), datetime!(2026-04-28 12:00 UTC));
    // Thursday 5:30: Tuesday at seven.
    assert_eq!(chicago(datetime!(2026-04-23 10:30 UTC)), datetime!(2026-04-28 12:00 UTC));
    // Sunday 21:00: Friday night goes over the weekend.
    assert_eq!(chicago(datetime!(2026-04-27 02:00 UTC)), datetime!(2026-05-04 12:00 UTC));
}
