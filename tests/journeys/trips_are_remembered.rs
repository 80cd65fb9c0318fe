//! A week before an observation, three days after it, ten days after a trip: each once, on time, and only as long as
//! it is not done.
use super::trips_cast::Story;
use crate::support::world::day;
use time::{Duration, OffsetDateTime, macros::datetime};

/// Runs the clock hour by hour, and gives when which reminder went out to whom.
async fn hours(story: &Story, days: i64) -> Vec<(OffsetDateTime, String, String)> {
    let mut sent = Vec::new();
    for _ in 0..days * 24 {
        story.app.advance(Duration::hours(1));
        sent.extend(reminders(story).await.into_iter().map(|(to, subject)| (story.app.app.clock.now(), to, subject)));
    }
    sent
}

/// For so many days nothing comes, at whichever quarter of the day one looks.
async fn nothing_comes(story: &Story, days: i64) {
    for _ in 0..days * 4 {
        story.app.advance(Duration::hours(6));
        let sent = reminders(story).await;
        assert!(sent.is_empty(), "{sent:?}");
    }
}

async fn reminders(story: &Story) -> Vec<(String, String)> {
    let about = ["Meet ", "Talk over ", "What came of "];
    let emails = story.app.deliver_mail().await;
    for email in &emails {
        assert!(!email.text.contains("ten minutes of") && !email.text.contains("greet people"), "{}", email.text);
        let nudge = email.subject.starts_with("Talk over ") || email.subject.starts_with("What came of ");
        if nudge {
            assert!(email.unsubscribe.is_some() && email.by_day_in.is_some(), "{}", email.subject);
        }
    }
    let mut sent: Vec<_> = emails
        .into_iter()
        .filter(|email| about.iter().any(|start| email.subject.starts_with(start)))
        .map(|email| (email.to.email, email.subject))
        .collect();
    sent.sort();
    sent
}

fn at(story: &Story, moment: OffsetDateTime) {
    story.app.advance(moment - story.app.app.clock.now());
}

const PRIYA: &str = "priya@larkspur.example";
const MARCUS: &str = "marcus@larkspur.example";

#[tokio::test]
async fn the_two_of_an_observation_hear_of_each_step_once() {
    let story = Story::begin().await;
    // On Monday 4 May.
    story.observation(&day(14)).await;
    let sent = hours(&story, 40).await;
    let to = |who: &str| -> Vec<(OffsetDateTime, &str)> {
        sent.iter().filter(|(_, to, _)| to == who).map(|(at, _, subject)| (*at, subject.as_str())).collect()
    };
    // Nine in Chicago a week before; three days after it; ten days after it.
    let when = [datetime!(2026-04-27 14:00 UTC), datetime!(2026-05-07 14:00 UTC), datetime!(2026-05-14 14:00 UTC)];
    for (who, other) in [(PRIYA, "Marcus"), (MARCUS, "Priya")] {
        let subjects = [
            format!("Meet {other} before Monday 4 May"),
            format!("Talk over the observation with {other}"),
            "What came of the observation on 4 May?".to_owned(),
        ];
        let expected: Vec<_> = when.into_iter().zip(subjects.iter().map(String::as_str)).collect();
        assert_eq!(to(who), expected, "{who}");
    }
    assert_eq!(sent.len(), 6, "nobody else hears of it: {sent:?}");
}

#[tokio::test]
async fn what_is_done_moved_or_called_off_is_not_asked_for() {
    let story = Story::begin().await;
    let done = story.observation(&day(14)).await;
    let priya = story.browser(story.world.priya).await;
    let step = |name: &str| format!("{}/{name}", story.path(done));
    priya.post(&step("pre-met"), &[("pre_met_on", &day(0)), ("told", "yes")]).await.is(303);
    // Moved to Wednesday the 6th before anything is due; she chose the day, so her yes holds.
    priya.post(&step("postpone"), &[("on_date", &day(16))]).await.is(303);
    priya.post(&step("confirm"), &[]).await.is(303);
    // They met before.
    nothing_comes(&story, 17).await;
    priya.post(&step("took-place"), &[("completed_on", &day(16))]).await.is(303);
    let marcus = story.browser(story.world.marcus).await;
    marcus.post(&step("report"), &[("learned", "Six seconds"), ("debriefed_on", &day(16))]).await.is(303);
    // It is talked over and written up.
    nothing_comes(&story, 14).await;

    // One that is called off on its day is not written up.
    let off = story.observation(&day(35)).await;
    at(&story, datetime!(2026-05-24 15:00 UTC));
    assert_eq!(reminders(&story).await.len(), 2, "it is tomorrow");
    let priya = story.browser(story.world.priya).await;
    priya.post_and_follow(&format!("{}/cancel", story.path(off)), &[]).await.says("This was called off");
    nothing_comes(&story, 12).await;
}

#[tokio::test]
async fn a_moved_observation_is_remembered_by_its_new_day() {
    let story = Story::begin().await;
    let trip = story.observation(&day(14)).await;
    at(&story, datetime!(2026-04-27 14:00 UTC));
    assert_eq!(reminders(&story).await.len(), 2);
    let priya = story.browser(story.world.priya).await;
    priya.post(&format!("{}/postpone", story.path(trip)), &[("on_date", &day(28))]).await.is(303);
    priya.post(&format!("{}/confirm", story.path(trip)), &[]).await.is(303);
    let sent = hours(&story, 14).await;
    assert_eq!(sent.len(), 2, "{sent:?}");
    assert!(sent.iter().all(|(at, _, subject)| *at == datetime!(2026-05-11 14:00 UTC) && subject.contains("18 May")));
}

#[tokio::test]
async fn those_who_went_are_asked_what_came_of_a_visit() {
    let story = Story::begin().await;
    let (hana, marcus) = (story.world.hana, story.world.marcus);
    let trip = story.visit(story.world.priya, &[hana, marcus], "10").await;
    let hers = story.browser(hana).await;
    hers.post(&format!("{}/confirm", story.path(trip)), &[]).await.is(303);
    nothing_comes(&story, 23).await;
    // Ten days after 4 May, a Thursday; nobody has said yet that it took place.
    let sent = hours(&story, 2).await;
    let to: Vec<&str> = sent.iter().map(|(_, to, _)| to.as_str()).collect();
    assert_eq!(to, ["hana@larkspur.example", MARCUS]);
    assert!(sent.iter().all(|(_, _, subject)| subject == "What came of the site visit on 4 May?"));
    hers.get(&story.path(trip)).await.says("Did it take place?");
    nothing_comes(&story, 20).await;
}

#[tokio::test]
async fn a_worker_that_was_down_lets_people_sleep_and_says_nothing_too_late() {
    let story = Story::begin().await;
    story.observation(&day(14)).await;
    // Down since Monday; it wakes on Friday the 8th at 23:00 in Chicago: before a weekend, four days after the day.
    at(&story, datetime!(2026-05-09 04:00 UTC));
    for _ in 0..3 {
        assert!(reminders(&story).await.is_empty(), "not at night, and not about the day that is over");
    }
    let sent = hours(&story, 3).await;
    assert_eq!(sent.len(), 2, "{sent:?}");
    assert!(
        sent.iter().all(|(at, _, subject)| *at == datetime!(2026-05-11 12:00 UTC) && subject.starts_with("Talk over"))
    );

    // Asleep again until long after: whoever is written to by then is not asked any more.
    at(&story, datetime!(2026-06-20 15:00 UTC));
    assert!(reminders(&story).await.is_empty());
}

#[tokio::test]
async fn planned_at_short_notice_they_hear_at_once() {
    let story = Story::begin().await;
    story.observation(&day(3)).await;
    let sent = reminders(&story).await;
    assert_eq!(sent.len(), 2, "{sent:?}");
    assert!(sent.iter().all(|(_, subject)| subject.contains("before Thursday 23 April")), "{sent:?}");
    nothing_comes(&story, 3).await;
}

#[tokio::test]
async fn whoever_wants_no_weekly_email_is_not_reminded_after_a_trip() {
    let story = Story::begin().await;
    story.observation(&day(14)).await;
    at(&story, datetime!(2026-05-07 14:00 UTC));
    let emails = story.app.deliver_mail().await;
    let stop = emails
        .iter()
        .find(|email| email.to.email == PRIYA && email.subject.starts_with("Talk over"))
        .and_then(|email| email.unsubscribe.clone())
        .unwrap();
    let anyone = story.app.browser();
    anyone.get(&stop).await.is(200).says("those to talk a trip over and write it up");
    anyone.post(&stop, &[("List-Unsubscribe", "One-Click")]).await.is(200).says("No more weekly emails");
    let sent = hours(&story, 8).await;
    assert_eq!(sent.iter().map(|(_, to, _)| to.as_str()).collect::<Vec<_>>(), [MARCUS], "{sent:?}");
}
