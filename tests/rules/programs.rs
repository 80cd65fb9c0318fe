//! A program's settings: what is read, and what may change when.
use see_also::access::ProgramState;
use see_also::base::ids::ThemeId;
use see_also::features::programs::{Settings, Stored, closing_from};
use see_also::features::settings::{Change, Go, Step, Typed, forbidden};
use see_also::mail::Mailbox;
use see_also::web::form::Errors;
use time::macros::date;

fn good() -> Typed {
    Typed {
        name: "Teaching circles".into(),
        institution: "Larkspur".into(),
        theme: "Show your work".into(),
        purpose: "Learn".into(),
        starts_on: "2026-09-01".into(),
        ends_on: "2026-12-18".into(),
        theme_id: vec![ThemeId::generate().to_string(), String::new()],
        theme_title: vec!["Openings".into(), " ".into()],
        theme_question: vec!["How to begin?".into(), String::new()],
        theme_starts: vec!["2026-09-01".into(), String::new()],
        theme_ends: vec!["2026-09-30".into(), String::new()],
        ..Typed::fresh(&Mailbox::new("Greta", "greta@larkspur.example"), "America/Chicago")
    }
}

fn stored(state: ProgramState) -> Stored {
    let settings = Settings::read(&good()).unwrap();
    Stored { used_themes: vec![settings.themes[0].id], settings, state }
}

fn wrong(step: Step, typed: &Typed) -> Vec<String> {
    match Change::read_new(step, typed) {
        Ok(_) => Vec::new(),
        Err(errors) => errors.list().iter().map(|error| error.field.clone()).collect(),
    }
}

fn refused(stored: &Stored, step: Step, typed: &Typed) -> Vec<String> {
    let change = Change::read(step, typed, Some(&stored.settings.when)).unwrap();
    let mut errors = Errors::default();
    forbidden(stored, &change, date!(2026 - 10 - 01), &mut errors);
    errors.list().iter().map(|error| error.field.clone()).collect()
}

#[test]
fn the_defaults_are_those_of_a_sensible_program() {
    let settings = Settings::read(&good()).unwrap();
    assert_eq!((settings.meetings.rhythm_days, settings.meetings.meeting_minutes), (28, 60));
    assert_eq!(settings.meetings.informal_minutes, 10);
    let groups = settings.meetings.groups;
    assert_eq!((groups.min, groups.target, groups.max), (2, 4, 6));
    assert!(settings.answers.approval_required);
    assert_eq!((settings.answers.answer_days, settings.answers.smallest_shown), (21, 5));
    assert_eq!(settings.themes.len(), 1, "an empty row is no theme");
    assert_eq!(Settings::read(&Typed::of(&settings)).unwrap(), settings, "shown and read again it is the same");
}

#[test]
fn every_rule_is_told_at_its_field() {
    let with = |change: fn(&mut Typed)| {
        let mut typed = good();
        change(&mut typed);
        typed
    };
    assert_eq!(wrong(Step::When, &with(|t| t.ends_on = "2026-09-01".into())), ["ends_on"]);
    assert_eq!(wrong(Step::When, &with(|t| t.time_zone = "Nowhere".into())), ["time_zone"]);
    assert_eq!(wrong(Step::Meetings, &with(|t| t.rhythm_days = "0".into())), ["rhythm_days"]);
    assert_eq!(wrong(Step::Meetings, &with(|t| t.group_max = "1".into())), ["group_max"]);
    assert_eq!(wrong(Step::Meetings, &with(|t| t.group_min = "7".into())), ["group_max"]);
    assert_eq!(wrong(Step::Meetings, &with(|t| t.group_target = "7".into())), ["group_target"]);
    assert_eq!(wrong(Step::Meetings, &with(|t| t.informal_minutes = "90".into())), ["informal_minutes"]);
    assert_eq!(wrong(Step::Asks, &with(|t| t.currency = "€".into())), ["currency"]);
    assert_eq!(wrong(Step::Asks, &with(|t| t.work_time = String::new())), ["work_time"]);
    assert_eq!(wrong(Step::Answers, &with(|t| t.smallest_shown = "2".into())), ["smallest_shown"]);
    assert_eq!(wrong(Step::Contacts, &with(|t| t.second_name = "Ines".into())), ["second_email"]);
    assert_eq!(wrong(Step::Themes, &with(|t| t.theme_ends[0] = "2026-12-19".into())), ["theme_starts-0"]);
    assert_eq!(wrong(Step::Themes, &with(|t| t.theme_question[0].clear())), ["theme_question-0"]);
}

#[test]
fn what_others_rely_on_stays() {
    let draft = stored(ProgramState::Draft);
    let open = stored(ProgramState::Open);
    let active = stored(ProgramState::Active);
    let earlier = Typed { starts_on: "2026-08-24".into(), ..good() };
    assert!(refused(&open, Step::When, &earlier).is_empty());
    assert_eq!(refused(&active, Step::When, &earlier), ["starts_on"]);
    let shorter = Typed { ends_on: "2026-09-15".into(), ..good() };
    assert_eq!(refused(&draft, Step::When, &shorter), ["ends_on"], "a theme would lie outside");
    let euros = Typed { currency: "EUR".into(), ..good() };
    assert!(refused(&draft, Step::Asks, &euros).is_empty());
    assert_eq!(refused(&open, Step::Asks, &euros), ["currency"]);
    let fewer = Typed { smallest_shown: "3".into(), ..good() };
    assert!(refused(&open, Step::Answers, &fewer).is_empty());
    assert_eq!(refused(&active, Step::Answers, &fewer), ["smallest_shown"]);
    let no_themes = Typed { theme_title: Vec::new(), theme_starts: Vec::new(), ..good() };
    assert_eq!(refused(&active, Step::Themes, &no_themes), ["theme_title-0"], "it stands on an agenda");
}

#[test]
fn closing_begins_21_days_before_the_end() {
    let end = date!(2026 - 06 - 12);
    assert_eq!(closing_from(end), date!(2026 - 05 - 22));
}

#[test]
fn every_page_carries_the_fields_of_all_others() {
    let typed = good();
    for step in Step::ALL {
        let carried: Vec<&str> = typed.carried(Some(*step)).iter().map(|(name, _)| *name).collect();
        assert_eq!(carried.contains(&"name"), *step != Step::What);
        assert_eq!(carried.contains(&"theme_title"), *step != Step::Themes);
    }
    assert_eq!(Typed { go: "change-asks".into(), ..typed.clone() }.go(), Go::Change(Step::Asks));
    assert_eq!(Typed { go: "nonsense".into(), ..typed }.go(), Go::On);
}
