//! What we write for calendars is read by two libraries that others wrote: `icalendar` and `vobject` of the Python Package Index.
use crate::{mail_server::MailServer, python};
use see_also::{
    base::{ids::EmailId, local_time},
    mail::{
        Email, Mailbox, Mailer, Smtp,
        calendar::{Event, Invitation, Method, feed},
    },
};
use serde_json::{Value, json};
use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
};
use time::{
    Duration, OffsetDateTime, PrimitiveDateTime,
    macros::{date, time},
};

const ZONES: [&str; 2] = ["America/Chicago", "Europe/Oslo"];

fn read(python: &Path, calendars: &[String], emails: &[String]) -> Value {
    let mut child = Command::new(python)
        .arg("tests/program/read_calendars.py")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let asked = json!({"calendars": calendars, "emails": emails, "zones": ZONES});
    child.stdin.take().unwrap().write_all(asked.to_string().as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success());
    serde_json::from_slice(&done.stdout).unwrap()
}

/// Noon in Chicago, on the Fridays before and the Mondays after both places change their clocks, in spring and autumn.
fn noons() -> Vec<OffsetDateTime> {
    [
        date!(2026 - 03 - 06),
        date!(2026 - 03 - 09),
        date!(2026 - 03 - 27),
        date!(2026 - 03 - 30),
        date!(2026 - 10 - 23),
        date!(2026 - 10 - 26),
        date!(2026 - 10 - 30),
        date!(2026 - 11 - 02),
    ]
    .map(|day| local_time::to_instant(ZONES[0], PrimitiveDateTime::new(day, time!(12:00))).unwrap())
    .to_vec()
}

fn event(title: &str, starts_at: OffsetDateTime, sequence: u32, is_cancelled: bool) -> Event {
    Event {
        uid: "01a219f1-894d-745b-a3a7-5a3facba9ad4".to_owned(),
        sequence,
        starts_at,
        ends_at: starts_at + Duration::minutes(60),
        stamp: starts_at - Duration::days(3),
        title: title.to_owned(),
        href: "https://peers.example.org/programs/1/groups/2/meetings/3".to_owned(),
        is_cancelled,
    }
}

/// What is found of an event: the same by both libraries.
fn expected(event: &Event, people: Option<(&Mailbox, &Mailbox)>) -> Value {
    let iso = |at: OffsetDateTime| {
        let at = at.to_offset(time::UtcOffset::UTC);
        format!("{}T{:02}:{:02}:00+00:00", at.date(), at.hour(), at.minute())
    };
    let wall = |zone: &&str| {
        let local = local_time::to_local(zone, event.starts_at);
        format!("{} {:02}:{:02}", local.date(), local.hour(), local.minute())
    };
    let person = |who: &Mailbox| json!([format!("mailto:{}", who.email), who.name.replace('"', "'")]);
    json!({
        "uid": event.uid, "sequence": event.sequence, "title": event.title, "class": "PRIVATE", "href": event.href,
        "when": [iso(event.starts_at), iso(event.ends_at), ZONES.iter().map(wall).collect::<Vec<_>>()],
        "status": if event.is_cancelled { "CANCELLED" } else { "CONFIRMED" }, "place": false,
        "organizer": people.map(|(from, _)| person(from)), "attendee": people.map(|(_, to)| person(to)),
    })
}

/// Names that are hard to carry.
fn names() -> [String; 5] {
    [
        "Peer Mentoring, Spring 2026; with \\ and more".to_owned(),
        "“Show your work”: a \"quoted\" name".to_owned(),
        "Lesen & Lernen 📚 für Bibliothekar:innen".to_owned(),
        "a".repeat(50) + &"ø".repeat(50),
        "שלום, עולם".to_owned(),
    ]
}

#[test]
fn two_libraries_read_requests_updates_cancellations_and_feeds() {
    let Some(python) = python() else { return };
    let from = Mailbox::new("See Also, for \"Larkspur\"", "see-also@larkspur.example");
    let (mut texts, mut wanted) = (Vec::new(), Vec::new());
    for (place, starts_at) in noons().into_iter().enumerate() {
        let name = &names()[place % names().len()];
        let to = Mailbox::new(name.clone(), "omar@larkspur.example");
        for (method, sequence) in [(Method::Request, 0), (Method::Request, 1), (Method::Cancel, 2)] {
            let event = event(name, starts_at, sequence, method == Method::Cancel);
            wanted.push((method.as_str(), vec![expected(&event, Some((&from, &to)))]));
            texts.push(Invitation { method, event }.text(&from, &to));
        }
    }
    let events: Vec<Event> =
        noons().into_iter().zip(names().iter().cycle()).map(|(at, name)| event(name, at, 4, false)).collect();
    wanted.push(("", events.iter().map(|event| expected(event, None)).collect()));
    texts.push(feed("See Also", &events));
    for text in &texts {
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "a line is too long: {text}");
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    }

    let found = read(&python, &texts, &[]);
    for (found, (method, events)) in found["calendars"].as_array().unwrap().iter().zip(&wanted) {
        for by_library in found.as_array().unwrap() {
            assert_eq!(by_library["method"], *method);
            assert_eq!(by_library["events"], json!(events));
        }
    }
    assert_eq!(found["calendars"].as_array().unwrap().len(), wanted.len());
}

#[tokio::test]
async fn an_invitation_leaves_as_an_alternative_and_as_a_file() {
    let Some(python) = python() else { return };
    let mail = MailServer::start();
    let url = format!("smtp://127.0.0.1:{}", mail.port);
    let from = Mailbox::new("See also", "see-also@larkspur.example");
    let to = Mailbox::new("Hana Sørby", "hana@larkspur.example");
    let mailer = Mailer::Smtp(Smtp::new(&url, from.clone(), "larkspur.example".to_owned()).unwrap());
    let event = event(&names()[2], noons()[0], 3, false);
    let email = Email {
        to: to.clone(),
        on_behalf_of: None,
        subject: "You meet on Friday".to_owned(),
        text: "You meet on Friday.".to_owned(),
        html: "<p>You meet on Friday.</p>".to_owned(),
        unsubscribe: None,
        by_day_in: None,
        invitation: Some(Invitation { method: Method::Request, event: event.clone() }),
        id: EmailId::generate(),
    };
    mailer.send(email).await.unwrap();
    let sent = tokio::task::spawn_blocking(move || mail.next()).await.unwrap();
    let found = read(&python, &[], &[sent]);
    let found = &found["emails"][0];
    assert_eq!(
        found["kinds"],
        json!([
            "multipart/mixed",
            "multipart/alternative",
            "text/plain",
            "text/html",
            "text/calendar",
            "text/calendar"
        ])
    );
    for (part, file) in found["calendars"].as_array().unwrap().iter().zip([Value::Null, json!("invitation.ics")]) {
        assert_eq!((&part["method"], &part["file"]), (&json!("REQUEST"), &file));
        for by_library in part["objects"].as_array().unwrap() {
            assert_eq!(by_library["events"][0], expected(&event, Some((&from, &to))));
        }
    }
}
