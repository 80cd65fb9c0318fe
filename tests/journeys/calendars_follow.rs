//! Meetings in the calendars that people already have: by invitation, and by an address to subscribe to.
use crate::support::{
    Browser, TestApp, email_to,
    world::{World, goal_with_elements},
};
use see_also::mail::{
    Email,
    calendar::{Invitation, Method},
};

fn invitation<'a>(emails: &'a [Email], to: &str) -> &'a Invitation {
    email_to(emails, to).invitation.as_ref().unwrap()
}

/// Sets a meeting of the Reading Room on 4 May at noon; where it is.
async fn set(by: &Browser<'_>, world: &World) -> String {
    let new = format!("{}/meetings/new", world.group_path());
    let id = by.get(&new).await.field("id");
    let form = [
        ("id", id.as_str()),
        ("date", "2026-05-04"),
        ("time", "12:00"),
        ("minutes", "60"),
        ("mode", "online"),
        ("place", "Instruction LAB"),
    ];
    by.post(&new, &form).await.is(303);
    format!("{}/meetings/{id}", world.group_path())
}

#[tokio::test]
async fn invitations_follow_a_meeting_through_its_changes() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    goal_with_elements(&app.app.db, &world, world.priya, &["Speaking pace"]).await;
    let hana = app.browser_of(world.hana.person).await;
    let meeting = set(&hana, &world).await;

    // Each has their own, and it says when and in which program; not where, with whom, or what about.
    let emails = app.deliver_mail().await;
    assert_eq!(emails.len(), 3);
    let first = invitation(&emails, "priya@larkspur.example");
    assert_eq!((first.method, first.event.sequence), (Method::Request, 0));
    assert_eq!(first.event.title, "Peer Mentoring, Spring 2026");
    assert!(first.event.href.ends_with(&meeting));
    let uid = first.event.uid.clone();
    for email in &emails {
        let invitation = email.invitation.as_ref().unwrap();
        assert_eq!(invitation.event.uid, uid);
        let text = invitation.text(&see_also::mail::Mailbox::new("See also", "from@larkspur.example"), &email.to);
        assert_eq!(text.matches("ATTENDEE").count(), 1);
        for words in ["LAB", "Reading Room", "Speaking", "A goal"] {
            assert!(!text.contains(words), "{words}: {text}");
        }
    }

    // Another hour is a change; other roles are none.
    let details = format!("{meeting}/details");
    let change = async |time: &str, facilitator: &str| {
        let page = hana.get(&details).await;
        let was = page.field("was");
        let form = [
            ("was", was.as_str()),
            ("date", "2026-05-04"),
            ("time", time),
            ("minutes", "60"),
            ("mode", "online"),
            ("place", "Instruction LAB"),
            ("facilitator", facilitator),
        ];
        hana.post(&details, &form).await.is(303);
    };
    change("13:00", "").await;
    let emails = app.deliver_mail().await;
    let moved = invitation(&emails, "marcus@larkspur.example");
    assert_eq!((moved.method, moved.event.sequence, &moved.event.uid), (Method::Request, 1, &uid));
    assert_eq!(moved.event.starts_at - first.event.starts_at, time::Duration::hours(1));
    change("13:00", &world.priya.participation.to_string()).await;
    assert!(app.deliver_mail().await.is_empty());
    let sequence: i32 = sqlx::query_scalar("select sequence from meetings").fetch_one(&app.app.db).await.unwrap();
    assert_eq!(sequence, 1);

    // The reminder leaves the calendar alone, and calling it off takes it out.
    app.advance(time::Duration::days(13) + time::Duration::hours(4));
    let emails = app.deliver_mail().await;
    assert!(emails.iter().all(|email| email.invitation.is_none()) && !emails.is_empty());
    hana.post(&format!("{meeting}/cancel"), &[]).await.is(303);
    let emails = app.deliver_mail().await;
    let cancelled = invitation(&emails, "hana@larkspur.example");
    assert_eq!((cancelled.method, cancelled.event.sequence, &cancelled.event.uid), (Method::Cancel, 2, &uid));
    assert!(cancelled.event.is_cancelled);
}

#[tokio::test]
async fn a_calendar_is_subscribed_to_by_an_address_that_can_be_ended() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let hana = app.browser_of(world.hana.person).await;
    set(&hana, &world).await;
    let priya = app.browser_of(world.priya.person).await;
    priya.get("/account").await.says("Set it up");
    priya.get("/account/calendar").await.says("There is no address yet.");
    let made = priya.post("/account/calendar", &[]).await;
    made.is(200).says("this is shown once");
    let address = made.text().split_whitespace().find(|word| word.ends_with("/see-also.ics")).unwrap().to_owned();
    let path = address.strip_prefix(&*app.app.base_url).unwrap().to_owned();
    priya.get("/account/calendar").await.says("Your address is in force").does_not_say("see-also.ics");

    // Whoever has it, signed in or not, reads when; and is told when nothing changed.
    let nobody = app.browser();
    let feed = nobody.get(&path).await;
    feed.is(200);
    assert!(feed.html.contains("DTSTART:20260504T170000Z") && feed.html.contains("Peer Mentoring\\, Spring 2026"));
    assert!(!feed.html.contains("LAB") && !feed.html.contains("Hana"));
    let tag = feed.header("etag").to_owned();
    assert_eq!(feed.header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(nobody.get_if_changed(&path, &tag).await.status.as_u16(), 304);
    // A change is another state of it.
    sqlx::query("update meetings set sequence = 1, starts_at = starts_at + interval '1 hour', ends_at = ends_at + interval '1 hour'")
        .execute(&app.app.db)
        .await
        .unwrap();
    let changed = nobody.get_if_changed(&path, &tag).await;
    changed.is(200);
    assert!(changed.html.contains("DTSTART:20260504T180000Z") && changed.html.contains("SEQUENCE:1"));

    // Another address ends the one before; ending it ends it; what never was is not found.
    let second = priya.post("/account/calendar", &[]).await;
    nobody.get(&path).await.is(410);
    let address = second.text().split_whitespace().find(|word| word.ends_with("/see-also.ics")).unwrap().to_owned();
    let path = address.strip_prefix(&*app.app.base_url).unwrap().to_owned();
    nobody.get(&path).await.is(200);
    priya.post_and_follow("/account/calendar/end", &[]).await.says("There is no address yet.");
    nobody.get(&path).await.is(410);
    nobody.get("/calendar/0123/see-also.ics").await.is(404);

    // Who has left a group hears nothing more of it.
    let third = priya.post("/account/calendar", &[]).await;
    let address = third.text().split_whitespace().find(|word| word.ends_with("/see-also.ics")).unwrap().to_owned();
    let path = address.strip_prefix(&*app.app.base_url).unwrap().to_owned();
    sqlx::query("update memberships set left_on = '2026-04-20' where participation_id = $1")
        .bind(world.priya.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    let empty = nobody.get(&path).await;
    assert!(empty.html.contains("BEGIN:VCALENDAR") && !empty.html.contains("VEVENT"));
}

/// Who gets what for their calendar, by their address.
fn sent_for_calendars(emails: &[Email]) -> Vec<(String, Method, u32)> {
    let one = |email: &Email| {
        let invitation = email.invitation.as_ref()?;
        Some((email.to.email.clone(), invitation.method, invitation.event.sequence))
    };
    let mut sent: Vec<_> = emails.iter().filter_map(one).collect();
    sent.sort_by(|a, b| a.0.cmp(&b.0));
    sent
}

#[tokio::test]
async fn a_meeting_leaves_the_calendar_of_who_leaves_the_group() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let hana = app.browser_of(world.hana.person).await;
    let meeting = set(&hana, &world).await;
    app.deliver_mail().await;

    // Priya leaves: hers alone is taken out, by something newer than what put it in.
    let priya = app.browser_of(world.priya.person).await;
    priya.post(&format!("{}/leave", world.program_path()), &[]).await.is(303);
    let emails = app.deliver_mail().await;
    let withdrawn = ("priya@larkspur.example".to_owned(), Method::Cancel, 1);
    assert_eq!(sent_for_calendars(&emails), std::slice::from_ref(&withdrawn));
    let told = emails.iter().find(|email| email.invitation.is_some()).unwrap();
    assert_eq!(told.subject, "Peer Mentoring, Spring 2026: the meeting on Monday 4 May, 12:00 is not yours any more");
    assert!(told.text.contains("You do not belong to Reading Room any more."), "{}", told.text);
    assert!(told.text.contains("because you were a member of Reading Room"), "{}", told.text);

    // A later change reaches those who stayed.
    let details = format!("{meeting}/details");
    let was = hana.get(&details).await.field("was");
    let form = [
        ("was", was.as_str()),
        ("date", "2026-05-04"),
        ("time", "13:00"),
        ("minutes", "60"),
        ("mode", "online"),
        ("place", "Instruction LAB"),
    ];
    hana.post(&details, &form).await.is(303);
    let moved = sent_for_calendars(&app.deliver_mail().await);
    let expected = ["hana", "marcus"].map(|who| (format!("{who}@larkspur.example"), Method::Request, 2));
    assert_eq!(moved, expected);

    // The group is dissolved: everybody's own is taken out, and the reminder of the day before does not come.
    let imogen = app.browser_of(world.imogen).await;
    imogen.post(&format!("{}/close", world.group_path()), &[("how", "dissolved")]).await.is(303);
    let off = sent_for_calendars(&app.deliver_mail().await);
    assert_eq!(
        off.iter().map(|(to, method, _)| (to.as_str(), *method)).collect::<Vec<_>>(),
        [("hana@larkspur.example", Method::Cancel), ("marcus@larkspur.example", Method::Cancel)]
    );
    assert!(off.iter().all(|(_, _, sequence)| *sequence > 2));
    app.advance(time::Duration::days(13) + time::Duration::hours(6));
    let later = app.deliver_mail().await;
    assert!(later.iter().all(|email| !email.subject.contains("Reminder")), "{later:?}");
}
