//! What is searched for, from where somebody asks for help, and whom a letter’s writer has seen.
use see_also::access::ProgramState;
use see_also::base::ids::ParticipationId;
use see_also::features::{
    help::came_from,
    letters::{Addressee, Audience, fingerprint, to_people},
    search::Sought,
};

#[test]
fn words_are_sought_in_lower_case_the_longest_first_and_once() {
    let words = |typed: &str| Sought::of(typed).map(|sought| sought.words);
    assert_eq!(words("  "), None);
    assert_eq!(words(" an SØRBY an "), Some(vec!["sørby".to_owned(), "an".to_owned()]));
    assert_eq!(words(r"100% \ _").unwrap(), ["100%", "\\", "_"]);
    let many: Vec<String> = (0..30).map(|n| format!("word{n}")).collect();
    assert_eq!(words(&many.join(" ")).unwrap().len(), 8);
    assert_eq!(Sought::of("an library").unwrap().longest(), "library");
}

#[test]
fn only_a_page_of_ours_is_offered_and_nothing_that_was_asked_of_it() {
    let from = |referer| came_from(Some(referer), "https://peers.example");
    assert_eq!(from("https://peers.example/programs/1?find=Hana#top").as_deref(), Some("/programs/1"));
    for other in [
        "https://elsewhere.example/programs/1",
        "https://peers.example.evil.example/",
        "https://peers.example//evil.example/",
        "https://peers.example/help",
        "https://peers.example/a b",
        "",
    ] {
        assert_eq!(from(other), None, "{other}");
    }
    assert_eq!(from(&format!("https://peers.example/{}", "a".repeat(400))), None);
    assert_eq!(came_from(None, "https://peers.example"), None);
}

#[test]
fn the_same_people_are_the_same_in_any_order() {
    let one = |name: &str| Addressee { id: ParticipationId::generate(), name: name.to_owned() };
    let (priya, marcus, hana) = (one("Priya"), one("Marcus"), one("Hana"));
    let both = fingerprint(&[priya.clone(), marcus.clone()]);
    assert_eq!(both, fingerprint(&[marcus.clone(), priya.clone()]));
    // As many, and others.
    assert_ne!(both, fingerprint(&[priya.clone(), hana]));
    assert_ne!(both, fingerprint(&[priya]));
    assert_eq!([to_people(1), to_people(34)], ["1 person", "34 people"]);
}

#[test]
fn groups_are_written_to_once_they_meet() {
    for audience in Audience::ALL {
        assert!(audience.is_offered(ProgramState::Active) && audience.is_offered(ProgramState::Closing));
        assert!(!audience.is_offered(ProgramState::Archived) && !audience.is_offered(ProgramState::Draft));
    }
    assert!(Audience::NotJoined.is_offered(ProgramState::Open));
    assert!(!Audience::NoDate.is_offered(ProgramState::Open));
}
