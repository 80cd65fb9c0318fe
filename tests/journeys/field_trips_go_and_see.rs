//! Marcus observes Priya; the group visits another library, as far as their supervisors approved.
use crate::support::{
    Answer, Browser, TestApp, email_to, link_in,
    world::{Peer, World, day, goal_with_elements},
};
use time::Duration;
use uuid::Uuid;

struct Story {
    app: TestApp,
    world: World,
}

impl Story {
    async fn begin() -> Self {
        let app = TestApp::start().await;
        let world = World::build(&app).await;
        Self { app, world }
    }

    async fn browser(&self, peer: Peer) -> Browser<'_> {
        self.app.browser_of(peer.person).await
    }

    fn trips(&self) -> String {
        format!("{}/trips", self.world.group_path())
    }

    async fn state(&self, trip: Uuid) -> String {
        sqlx::query_scalar("select state from field_trips where id = $1")
            .bind(trip)
            .fetch_one(&self.app.app.db)
            .await
            .unwrap()
    }

    async fn count(&self) -> i64 {
        sqlx::query_scalar("select count(*) from field_trips").fetch_one(&self.app.app.db).await.unwrap()
    }

    /// A visit of these people in two weeks, planned through the form.
    async fn visit(&self, by: &Browser<'_>, who: &[Peer], reach: &str, cost: &str) -> Uuid {
        let id = Uuid::now_v7();
        let answer = by.post(&format!("{}/new", self.trips()), &borrowed(&self.visit_form(id, who, reach, cost))).await;
        answer.is(303);
        id
    }

    /// Changes a plan through its form, as it stands.
    async fn change(&self, by: &Browser<'_>, trip: Uuid, form: &[(&'static str, String)]) {
        let edit = format!("{}/{trip}/edit", self.trips());
        let was = by.get(&edit).await.field("was");
        by.post_and_follow(&edit, &borrowed(&but(form, "was", &was))).await.says("Changed.");
    }

    fn visit_form(&self, id: Uuid, who: &[Peer], reach: &str, cost: &str) -> Vec<(&'static str, String)> {
        let mut form = vec![
            ("id", id.to_string()),
            ("kind", "site_visit".to_owned()),
            ("purpose", "How they greet people at the desk".to_owned()),
            ("on_date", day(14)),
            ("reach", reach.to_owned()),
            ("host_institution", "Harrowgate Public Library".to_owned()),
            ("questions", "What did you stop doing?\nWho noticed?".to_owned()),
            ("cost", cost.to_owned()),
        ];
        form.extend(who.iter().map(|peer| ("goers", peer.participation.to_string())));
        form
    }

    /// Observing Priya, with her two elements, in a week.
    fn observation_form(&self, id: Uuid, observer: Peer, focus: &[Uuid]) -> Vec<(&'static str, String)> {
        let mut form = vec![
            ("id", id.to_string()),
            ("kind", "observation".to_owned()),
            ("observed", self.world.priya.participation.to_string()),
            ("observer", observer.participation.to_string()),
            ("purpose", "The first ten minutes".to_owned()),
            ("on_date", day(7)),
            ("starts_time", "12:05".to_owned()),
            ("reach", "here".to_owned()),
        ];
        form.extend(focus.iter().map(|element| ("focus", element.to_string())));
        form
    }
}

fn borrowed<'a>(form: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    form.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

/// The form with one field changed.
fn but(form: &[(&'static str, String)], name: &'static str, value: &str) -> Vec<(&'static str, String)> {
    let mut form: Vec<_> = form.iter().filter(|(field, _)| *field != name).cloned().collect();
    form.push((name, value.to_owned()));
    form
}

fn keep(name: &str, answer: &Answer) {
    if std::env::var_os("KEEP_PAGES").is_some() {
        std::fs::write(format!("/tmp/page-{name}.html"), &answer.html).unwrap();
    }
}

#[tokio::test]
async fn marcus_observes_priya_after_she_said_yes() {
    let story = Story::begin().await;
    let (_, elements) =
        goal_with_elements(&story.app.app.db, &story.world, story.world.priya, &["Pace", "Opening"]).await;
    let marcus = story.browser(story.world.marcus).await;
    let priya = story.browser(story.world.priya).await;
    let hana = story.browser(story.world.hana).await;

    // He chooses the kind, then the person, then fills in the form.
    let kinds = marcus.get(&format!("{}/new", story.trips())).await;
    keep("trip-kind", &kinds);
    let people = marcus.get(&kinds.link("Plan an observation")).await;
    keep("trip-person", &people);
    people.says("Nothing is agreed to observe yet");
    let form = marcus.get(&people.link("Priya")).await;
    keep("trip-plan", &form);
    form.says("Priya agreed to hear about").says("Pace").says("Hana, Priya and you can read this");
    let id = Uuid::parse_str(&form.field("id")).unwrap();
    let typed = story.observation_form(id, story.world.marcus, &elements);
    let page = marcus.post_and_follow(&format!("{}/new", story.trips()), &borrowed(&typed)).await;
    keep("trip-waits", &page);
    page.says("Marcus observes Priya").says("Priya has not said yes yet");
    // The same form once more makes no second one.
    marcus.post(&format!("{}/new", story.trips()), &borrowed(&typed)).await.is(303);
    assert_eq!(story.count().await, 1);

    // Priya is asked; the email says who and when, not what.
    let emails = story.app.deliver_mail().await;
    let email = email_to(&emails, "priya@larkspur.example");
    assert_eq!(email.subject, "Marcus would like to observe you");
    assert!(!email.text.contains("first ten minutes") && !email.html.contains("Pace"));
    assert_eq!(emails.len(), 1);
    let path = link_in(email);

    // Without her yes it is not confirmed, and nobody can say it for her.
    marcus.post(&format!("{path}/confirm"), &[]).await.is(422).says("has to agree first");
    marcus.post(&format!("{path}/consent"), &[]).await.is(403);
    assert_eq!(story.state(id).await, "planned");
    let asked = priya.get(&path).await;
    keep("trip-consent", &asked);
    asked.says("Marcus would like to observe you");
    let seen = asked.field("seen");
    priya.post_and_follow(&format!("{path}/consent"), &[("seen", &seen)]).await.says("You said yes.");
    hana.post_and_follow(&format!("{path}/confirm"), &[]).await.says("Confirmed. The date stands.");

    before_and_after(&story, &path, [&marcus, &priya, &hana]).await;
    assert_eq!(story.state(id).await, "reported");
}

/// They meet, the day comes, it is written up for the two, and they talk it over.
async fn before_and_after(story: &Story, path: &str, [marcus, priya, hana]: [&Browser<'_>; 3]) {
    // They meet beforehand: no later than the day, and not in the future.
    let pre_met = format!("{path}/pre-met");
    marcus.post(&pre_met, &[("pre_met_on", &day(8))]).await.is(422).says("You meet before the observation");
    marcus.post(&pre_met, &[("pre_met_on", &day(1))]).await.is(422).says("yet to come");
    hana.post(&pre_met, &[("pre_met_on", &day(0))]).await.is(403);
    let untold = marcus.post(&pre_met, &[("pre_met_on", &day(0)), ("told", "perhaps")]).await;
    untold.is(422).says("Say whether those who are there know");
    assert_eq!(untold.field("pre_met_on"), day(0));
    marcus
        .post_and_follow(&pre_met, &[("pre_met_on", &day(0)), ("told", "later")])
        .await
        .says("you met beforehand")
        .says("They are told when it begins.")
        .says("The day stands");

    // What comes after cannot be filled in before the day.
    let took_place = format!("{path}/took-place");
    marcus.post(&took_place, &[("completed_on", &day(7))]).await.is(422).says("yet to come");
    marcus.post(&took_place, &[("completed_on", &day(0))]).await.is(422).says("Enter a day from");
    marcus.post(&format!("{path}/report"), &[("learned", "Too early")]).await.is(422).says("Too early");
    story.app.advance(Duration::days(8));
    hana.post(&took_place, &[("completed_on", &day(9))]).await.is(422);
    hana.post_and_follow(&took_place, &[("completed_on", &day(7))]).await.says("stays between the two");

    // The notes are for the two.
    let report = format!("{path}/report");
    hana.post(&report, &[("learned", "I was not there")]).await.is(403);
    marcus.get(&marcus.get(path).await.link("Write it up")).await.says("What did you learn?");
    marcus.post(&report, &[("learned", "")]).await.is(422).says("Enter what you learned");
    let late = [("learned", "SIX SECONDS of silence"), ("debriefed_on", &day(9))];
    marcus.post(&report, &late).await.is(422).says("yet to come").says("SIX SECONDS");
    marcus.post_and_follow(&report, &[("learned", "SIX SECONDS of silence")]).await.says("Talk it over with Priya");
    marcus.post(&report, &[("learned", "Once more")]).await.is(422).says("SIX SECONDS").says("Once more");
    let read = priya.get(path).await;
    keep("trip-debrief", &read);
    read.says("SIX SECONDS").says("Marcus and you can read this");
    hana.get(path).await.does_not_say("SIX SECONDS").says("It stays between the two");
    let debrief = format!("{path}/debrief");
    priya.post(&debrief, &[("debriefed_on", &day(6))]).await.is(422);
    priya.post_and_follow(&debrief, &[("debriefed_on", &day(8))]).await.says("That is all");
}

#[tokio::test]
async fn an_observation_is_about_one_to_four_elements_its_person_agreed() {
    let story = Story::begin().await;
    let db = &story.app.app.db;
    let titles = ["One", "Two", "Three", "Four", "Five"];
    let (_, hers) = goal_with_elements(db, &story.world, story.world.priya, &titles).await;
    let (_, his) = goal_with_elements(db, &story.world, story.world.marcus, &["His"]).await;
    let marcus = story.browser(story.world.marcus).await;
    let new = format!("{}/new", story.trips());
    let good = story.observation_form(Uuid::now_v7(), story.world.marcus, &hers[..2]);

    for focus in [&hers[..0], &hers[..], &his[..]] {
        let form = story.observation_form(Uuid::now_v7(), story.world.marcus, focus);
        let answer = marcus.post(&new, &borrowed(&form)).await;
        answer.is(422).says("Choose one to four of the things Priya agreed to hear about");
        assert_eq!(answer.field("purpose"), "The first ten minutes", "what was typed is kept");
    }
    for (name, value, says) in [
        ("observer", story.world.priya.participation.to_string(), "Choose who observes Priya"),
        ("observer", story.world.tobias.participation.to_string(), "Choose who observes Priya"),
        ("observed", story.world.tobias.participation.to_string(), "someone in your group"),
        ("kind", "picnic".to_owned(), "Choose what kind of trip it is"),
        ("purpose", "a\0b".to_owned(), "cannot be seen or printed"),
        ("on_date", "2026-07-01".to_owned(), "Choose a day of the program"),
        ("starts_time", "noon".to_owned(), "such as 14:30"),
        ("reach", String::new(), "Choose where it is"),
        ("goal", Uuid::now_v7().to_string(), "one of your group’s goals"),
        ("cost", "ten".to_owned(), "must be an amount"),
    ] {
        let answer = marcus.post(&new, &borrowed(&but(&good, name, &value))).await;
        answer.is(422).says(says);
    }
    assert_eq!(story.count().await, 0);
    marcus.post(&new, &borrowed(&good)).await.is(303);
    assert_eq!(story.count().await, 1);
    story.app.deliver_mail().await;
}

#[tokio::test]
async fn who_plans_to_be_observed_has_agreed_until_someone_else_moves_it() {
    let story = Story::begin().await;
    let (_, elements) = goal_with_elements(&story.app.app.db, &story.world, story.world.priya, &["Pace"]).await;
    let priya = story.browser(story.world.priya).await;
    let marcus = story.browser(story.world.marcus).await;
    let id = Uuid::now_v7();
    let form = story.observation_form(id, story.world.marcus, &elements);
    let page = priya.post_and_follow(&format!("{}/new", story.trips()), &borrowed(&form)).await;
    page.says("Is everything settled?");
    assert!(story.app.deliver_mail().await.is_empty(), "nobody has to be asked");
    let path = format!("{}/{id}", story.trips());
    priya.post_and_follow(&format!("{path}/confirm"), &[]).await.says("Confirmed.");

    // Her own new day keeps her yes; his asks her again.
    priya.post_and_follow(&format!("{path}/postpone"), &[("on_date", &day(9))]).await.says("Is everything settled?");
    marcus.post(&format!("{path}/postpone"), &[("on_date", &day(-1))]).await.is(422).says("from today");
    marcus.post_and_follow(&format!("{path}/postpone"), &[("on_date", &day(10))]).await.says("has not said yes yet");
    let emails = story.app.deliver_mail().await;
    email_to(&emails, "priya@larkspur.example");
    marcus.post(&format!("{path}/confirm"), &[]).await.is(422);
    // A question that was settled before its email went out is not asked.
    marcus.post(&format!("{path}/postpone"), &[("on_date", &day(11))]).await.is(303);
    let seen = priya.get(&path).await.field("seen");
    priya.post_and_follow(&format!("{path}/consent"), &[("seen", &seen)]).await.says("You said yes.");
    assert!(story.app.deliver_mail().await.is_empty());

    // Straight against the database, too.
    let refused = sqlx::query("update field_trips set state = 'confirmed', consented_at = null where id = $1")
        .bind(id)
        .execute(&story.app.app.db)
        .await;
    assert!(refused.unwrap_err().to_string().contains("an_observation_is_confirmed_with_consent"));
    let refused = sqlx::query("update field_trips set observer_id = observed_id where id = $1")
        .bind(id)
        .execute(&story.app.app.db)
        .await;
    assert!(refused.unwrap_err().to_string().contains("nobody_observes_themselves"));

    // It is called off, and then nothing more happens to it.
    marcus.post_and_follow(&format!("{path}/cancel"), &[]).await.says("This was called off");
    marcus.post_and_follow(&format!("{path}/confirm"), &[]).await.says("had changed before");
    assert_eq!(story.state(id).await, "cancelled");
}

#[tokio::test]
async fn a_visit_is_confirmed_only_within_what_each_supervisor_approved() {
    let story = Story::begin().await;
    let (priya, marcus) = (story.world.priya, story.world.marcus);
    let browser = story.browser(priya).await;

    // Each was given one trip day and 80 dollars.
    let first = story.visit(&browser, &[priya, marcus], "away", "31.20").await;
    let page = browser.get(&format!("{}/{first}", story.trips())).await;
    keep("trip-visit", &page);
    page.says("Marcus and you").says("USD 31.20").says("What did you stop doing?");
    browser.post_and_follow(&format!("{}/{first}/confirm", story.trips()), &[]).await.says("Confirmed.");

    // A second day away is more than Marcus was given; to others no figures of his are named.
    let second = story.visit(&browser, &[marcus], "away", "").await;
    let answer = browser.post(&format!("{}/{second}/confirm", story.trips()), &[]).await;
    keep("trip-too-much", &answer);
    answer.is(422).says("It is not yet covered for Marcus").does_not_say("trip day left");
    let his = story.browser(marcus).await;
    his.post(&format!("{}/{second}/confirm", story.trips()), &[]).await.is(422).says("You have no trip days left");
    assert_eq!(story.state(second).await, "planned");

    // By video it fits; 50 dollars more do not.
    let form = story.visit_form(second, &[marcus], "video", "50");
    story.change(&his, second, &form).await;
    let answer = his.post(&format!("{}/{second}/confirm", story.trips()), &[]).await;
    answer.is(422).says("You have USD 48.80 left of the budget");
    let form = story.visit_form(second, &[marcus], "video", "48.80");
    story.change(&his, second, &form).await;
    his.post_and_follow(&format!("{}/{second}/confirm", story.trips()), &[]).await.says("Confirmed.");
    his.post_and_follow(&format!("{}/{second}/edit", story.trips()), &borrowed(&form)).await.says("Only a plan");

    // Where the program asks for no approval, nothing has to fit.
    let third = story.visit(&browser, &[marcus], "away", "500").await;
    browser.post(&format!("{}/{third}/confirm", story.trips()), &[]).await.is(422);
    sqlx::query("update programs set approval_required = false").execute(&story.app.app.db).await.unwrap();
    browser.post_and_follow(&format!("{}/{third}/confirm", story.trips()), &[]).await.says("Confirmed.");
}

#[tokio::test]
async fn two_confirmations_at_once_do_not_spend_one_day_twice() {
    let story = Story::begin().await;
    let browser = story.browser(story.world.hana).await;
    for _ in 0..5 {
        sqlx::query("delete from trip_goers").execute(&story.app.app.db).await.unwrap();
        let one = story.visit(&browser, &[story.world.hana], "away", "").await;
        let other = story.visit(&browser, &[story.world.hana], "away", "").await;
        let confirm = |id: Uuid| format!("{}/{id}/confirm", story.trips());
        let (to_one, to_other) = (confirm(one), confirm(other));
        let (a, b) = tokio::join!(browser.post(&to_one, &[]), browser.post(&to_other, &[]));
        let mut both = [a.status.as_u16(), b.status.as_u16()];
        both.sort_unstable();
        assert_eq!(both, [303, 422]);
    }
}

#[tokio::test]
async fn what_a_visit_taught_is_for_the_group_and_facts_go_into_the_history() {
    let story = Story::begin().await;
    let hana = story.browser(story.world.hana).await;
    let id = story.visit(&hana, &[story.world.hana], "video", "").await;
    let path = format!("{}/{id}", story.trips());
    hana.post(&format!("{path}/confirm"), &[]).await.is(303);
    story.app.advance(Duration::days(15));
    hana.post_and_follow(&format!("{path}/took-place"), &[("completed_on", &day(14))])
        .await
        .says("What did you learn?");
    hana.post_and_follow(&format!("{path}/report"), &[("learned", "They rotate the desk.")]).await.says("Written up.");
    hana.get(&path).await.says("That is all");
    let priya = story.browser(story.world.priya).await;
    priya.get(&path).await.says("They rotate the desk.");

    let history: Vec<(String, String)> =
        sqlx::query_as("select action, actor_kind from history where object_id = $1 order by at, id")
            .bind(id)
            .fetch_all(&story.app.app.db)
            .await
            .unwrap();
    let actions: Vec<&str> = history.iter().map(|(action, _)| action.as_str()).collect();
    assert_eq!(actions, ["trip_confirmed", "trip_took_place", "trip_reported"]);
    assert!(history.iter().all(|(_, actor)| actor == "system"), "coordinators see trips without names");
}

#[tokio::test]
async fn a_trip_is_its_groups_business() {
    let story = Story::begin().await;
    let hana = story.browser(story.world.hana).await;
    let id = story.visit(&hana, &[story.world.hana], "here", "").await;
    let path = format!("{}/{id}", story.trips());
    let elsewhere = format!("{}/groups/{}/trips/{id}", story.world.program_path(), story.world.card_catalog);
    let strangers = [story.world.tobias.person, story.world.imogen, story.world.olga, story.world.site_admin];
    for person in strangers {
        let browser = story.app.browser_of(person).await;
        browser.get(&path).await.is(404);
        browser.get(&format!("{}/new", story.trips())).await.is(404);
        browser.post(&format!("{path}/confirm"), &[]).await.is(404);
    }
    // Tobias does not reach it through his own group either.
    let tobias = story.browser(story.world.tobias).await;
    tobias.get(&elsewhere).await.is(404);
    for step in ["confirm", "consent", "pre-met", "took-place", "report", "debrief", "postpone", "cancel", "edit"] {
        tobias.post(&format!("{elsewhere}/{step}"), &[]).await.is(404);
    }
    // Nor can he take its id for one of his own.
    let form = but(&story.visit_form(id, &[story.world.tobias], "here", ""), "purpose", "Mine");
    let new = format!("{}/groups/{}/trips/new", story.world.program_path(), story.world.card_catalog);
    tobias.post(&new, &borrowed(&form)).await.is(404);
    hana.get(&path).await.is(200).does_not_say("Mine");
    hana.get(&format!("{}/{}", story.trips(), Uuid::now_v7())).await.is(404);
    // HEAD and GET change nothing.
    hana.head(&format!("{path}/edit")).await.is(200);
    assert_eq!(story.state(id).await, "planned");
    story.app.browser().get(&path).await.is(303);
}
