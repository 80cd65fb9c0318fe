//! An archive file is read strictly and checked as a whole before a row is written.
use see_also::{
    base::{
        ids::{ElementId, GoalId, ProgramId},
        portable::{Frame, Key},
    },
    features::archive::{Document, LoadError, check, demo_document},
};
use serde_json::{Value, json};

/// The demo program's file with one value changed; the path is a JSON pointer.
fn changed(path: &str, to: Value) -> Result<Document, LoadError> {
    let mut file: Value = serde_json::from_str(include_str!("../../demo/larkspur-spring.json")).unwrap();
    *file.pointer_mut(path).unwrap_or_else(|| panic!("nothing at {path}")) = to;
    Document::read(&file.to_string())
}

#[track_caller]
fn is_refused(path: &str, to: Value, with: &str) {
    let found = check::problems(&changed(path, to).unwrap());
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert!(found.contains(&with.to_owned()), "“{with}” is not among {found:#?}");
}

#[track_caller]
fn is_unreadable(path: &str, to: Value, because: &str) {
    let why = changed(path, to).unwrap_err().to_string();
    assert!(why.contains(because), "{why}");
}

#[test]
fn the_demo_program_breaks_no_rule() {
    assert_eq!(check::problems(&demo_document().unwrap()), []);
}

#[test]
fn a_file_is_read_strictly() {
    is_unreadable("/format", json!("something-else"), "“something-else”");
    is_unreadable("/version", json!(2), "version 2");
    is_unreadable("/as_of", json!("20 April"), "a day is written");
    is_unreadable("/meetings/0/starts", json!("noon"), "a wall time is written");
    is_unreadable("/meetings/0/mode", json!("by_pigeon"), "by_pigeon");
    is_unreadable("/people/0/key", json!(""), "1 to 80 characters");
    is_unreadable(
        "/people/0",
        json!({"key": "a", "name": "A", "email": "a@b.example", "time_zone": "UTC", "site_admin": true}),
        "site_admin",
    );
}

#[test]
fn keys_are_declared_once_and_known() {
    is_refused("/people/1/key", json!("imogen"), "person “imogen”: this key is used twice");
    is_refused(
        "/meetings/0/facilitator",
        json!("nobody"),
        "meeting “A1”: there is no participation “nobody” in this file",
    );
    is_refused(
        "/meetings/0/items/2/goal",
        json!("GX"),
        "meeting “A1”, agenda item “A1-3”: there is no goal “GX” in this file",
    );
    is_refused("/program/contact", json!("nobody"), "program: there is no person “nobody” in this file");
}

#[test]
fn a_meeting_keeps_its_rules() {
    is_refused(
        "/meetings/0/items/0/planned_minutes",
        json!(11),
        "meeting “A1”: more minutes are planned than it lasts",
    );
    is_refused(
        "/meetings/0/items/2/goal",
        json!("GB"),
        "meeting “A1”, agenda item “A1-3”: its goal is another group's",
    );
    is_refused(
        "/meetings/2/items/1/trip",
        json!("T4"),
        "meeting “A3”, agenda item “A3-2”: its field trip is another group's",
    );
    is_refused("/meetings/0/present", json!(["priya"]), "meeting “A1”: fewer than two people were present");
    is_refused(
        "/meetings/0/present/0",
        json!("tobias"),
        "meeting “A1”: somebody was present who did not belong to the group that day",
    );
    is_refused(
        "/meetings/0/note_taker",
        json!("priya"),
        "meeting “A1”: with three or more present, the facilitator takes no notes",
    );
}

#[test]
fn feedback_keeps_its_rules() {
    is_refused("/feedback/0/giver", json!("marcus"), "feedback “F1”: giver and receiver are the same person");
    is_refused(
        "/feedback/0/giver",
        json!("tobias"),
        "feedback “F1”: giver and receiver did not both belong to the group that day",
    );
    is_refused("/feedback/0/texts/0/element", json!("EP1"), "feedback “F1”: element “EP1” is about somebody else");
    is_refused("/feedback/2/happened_on", json!("2026-01-30"), "feedback “F3”: element “EM2” was not agreed by then");
    is_refused("/feedback/0/happened_on", json!("2026-04-21"), "feedback “F1”: its day is in the future");
    is_refused("/feedback/2/logged_by", json!("hana"), "feedback “F3”: it was logged by neither of the two");
    is_refused("/feedback/0/format", json!("free"), "feedback “F1”: its words do not fit its format");
}

#[test]
fn trips_goals_and_supervisors_keep_their_rules() {
    is_refused("/field_trips/0/focus", json!(["EP1"]), "field trip “T1”: element “EP1” is about somebody else");
    is_refused(
        "/field_trips/0/reported_on",
        json!("2026-02-01"),
        "field trip “T1”: it was talked through or reported before it took place",
    );
    is_refused(
        "/field_trips/3/goers/0",
        json!("priya"),
        "field trip “T4”: participation “priya” was never in group “B”",
    );
    is_refused(
        "/goals/1/elements/0/about",
        json!("marcus"),
        "goal “GP”: an element of a personal goal is about somebody else",
    );
    is_refused("/goals/10/elements", json!([]), "goal “GD”: an agreed personal goal has 1 to 6 elements");
    is_refused(
        "/approval_requests/0/supervisor_email",
        json!("PWhitlock@Larkspur.example"),
        "approval request “priya-join”: the supervisor's address is the peer's own",
    );
    is_refused(
        "/approval_requests/0/supervisor_email",
        json!("hsorby@larkspur.example"),
        "approval request “priya-join”: the supervisor is in the same group",
    );
}

#[test]
fn a_key_stands_for_the_same_id_each_time() {
    let one = Frame::new(ProgramId::generate(), 0);
    let other = Frame::new(ProgramId::generate(), 0);
    let key = |text: &str| Key::<GoalId>::try_from(text.to_owned()).unwrap();
    assert_eq!(one.id(&key("G")), one.id(&key("G")));
    assert_ne!(one.id(&key("G")), one.id(&key("H")));
    assert_ne!(one.id(&key("G")), other.id(&key("G")), "two programs may use the same words");
    let element = one.id(&Key::<ElementId>::try_from("G".to_owned()).unwrap());
    assert_ne!(one.id(&key("G")).0, element.0, "and so may things of two kinds");
    assert_eq!(one.id(&key("G")).0.get_version_num(), 7);
    let exported = GoalId::generate();
    assert_eq!(one.id(&key(&exported.to_string())), exported);
}
