//! The group asks the host of a visit by email; the host answers by a link, without an account.
use crate::support::{
    Browser, TestApp, email_to, link_in,
    world::{Peer, World, day},
};
use time::Duration;
use uuid::Uuid;

const HOST: &str = "noor@harrowgate.example";

struct Story {
    app: TestApp,
    world: World,
    trip: Uuid,
}

impl Story {
    /// Priya plans a visit of hers and Marcus’s in two weeks.
    async fn begin() -> Self {
        let app = TestApp::start().await;
        let world = World::build(&app).await;
        let story = Self { app, world, trip: Uuid::now_v7() };
        let priya = story.browser(story.world.priya).await;
        let new = format!("{}/trips/new", story.world.group_path());
        priya.post_and_follow(&new, &story.plan(HOST)).await.says("The host").says("Not asked yet");
        story
    }

    fn plan(&self, host_email: &'static str) -> Vec<(&'static str, &'static str)> {
        let leak = |words: String| -> &'static str { Box::leak(words.into_boxed_str()) };
        vec![
            ("id", leak(self.trip.to_string())),
            ("kind", "site_visit"),
            ("purpose", "How they greet people at the desk"),
            ("on_date", leak(day(14))),
            ("starts_time", "14:30"),
            ("reach", "here"),
            ("place", "Front desk, ground floor"),
            ("host_institution", "Harrowgate Public Library"),
            ("host_person", "Noor Haddad"),
            ("host_email", host_email),
            ("goers", leak(self.world.priya.participation.to_string())),
            ("goers", leak(self.world.marcus.participation.to_string())),
        ]
    }

    async fn browser(&self, peer: Peer) -> Browser<'_> {
        self.app.browser_of(peer.person).await
    }

    fn path(&self) -> String {
        format!("{}/trips/{}", self.world.group_path(), self.trip)
    }

    /// Priya presses "Ask the host" and sends what stands there; the address in the email that comes of it.
    async fn ask(&self) -> String {
        let priya = self.browser(self.world.priya).await;
        let ask = format!("{}/host", self.path());
        let form = priya.get(&ask).await;
        let (message, times) = (form.field("message"), form.field("times"));
        priya.post_and_follow(&ask, &[("message", &message), ("times", &times)]).await.says("Sent to the host");
        link_in(email_to(&self.app.deliver_mail().await, HOST))
    }

    async fn answers(&self) -> i64 {
        sqlx::query_scalar("select count(*) from trip_hosts where answered_at is not null")
            .fetch_one(&self.app.app.db)
            .await
            .unwrap()
    }
}

#[tokio::test]
async fn the_host_offers_another_day_and_the_group_takes_it() {
    let story = Story::begin().await;
    let (priya, marcus) = (story.browser(story.world.priya).await, story.browser(story.world.marcus).await);
    let ask = format!("{}/host", story.path());

    // There is a draft to begin from, with the day, the time and the place in it.
    let form = priya.get(&ask).await;
    form.says("It goes to Noor Haddad, noor@harrowgate.example");
    let draft = form.field("message");
    for words in ["Dear Noor Haddad", "4 May at 14:30", "Front desk, ground floor", "How they greet people", "Priya"] {
        assert!(draft.contains(words), "{words}: {draft}");
    }
    priya.post(&ask, &[("message", ""), ("times", "0")]).await.is(422).says("what you want to say to the host");
    assert!(story.app.deliver_mail().await.is_empty());
    let mine = "Dear Noor,\n\nmay we watch your desk for an hour?\n\nPriya";
    let page = priya.post_and_follow(&ask, &[("message", mine), ("times", "0")]).await;
    page.says("Sent to the host").says("Asked, and has not answered yet").says("Ask again");
    // The button pressed twice sends one email.
    priya.post_and_follow(&ask, &[("message", mine), ("times", "0")]).await.says("had changed before");
    let emails = story.app.deliver_mail().await;
    let email = email_to(&emails, HOST);
    assert_eq!(emails.len(), 1);
    assert!(email.subject.starts_with("Priya Whitlock asks you about"), "{}", email.subject);
    assert!(email.text.contains("may we watch your desk for an hour?"), "{}", email.text);
    let link = link_in(email);

    // A scanner opens the link; nothing comes of it. Then Noor, who sees her page and nothing else.
    app_scans(&story, &link).await;
    let noor = story.app.browser();
    let page = noor.open(&link).await;
    page.is(200).says("Priya Whitlock takes part in").says("4 May at 14:30").does_not_say("greet people");
    noor.get(&story.path()).await.is(303);
    let hosts = format!("/hosts/{}", story.trip);
    let seen = page.field("seen");
    noor.post(&hosts, &[("seen", &seen), ("questions", "Kept?")]).await.is(422).says("whether the day suits you");
    let wrong = [("seen", seen.as_str()), ("answer", "other_day"), ("offered_on", "2027-01-01"), ("in_return", "Tea")];
    let again = noor.post(&hosts, &wrong).await;
    again.is(422).says("Choose a day from today to");
    assert_eq!(again.field("in_return"), "Tea");
    assert_eq!(story.answers().await, 0);
    let offered = day(16);
    let other = [
        ("seen", seen.as_str()),
        ("answer", "other_day"),
        ("offered_on", &offered),
        ("day_line", "We close at noon on Mondays"),
        ("in_return", "Two of us would like to see your workshop"),
        ("questions", "What do you count?\nWho comes?"),
    ];
    noor.post_and_follow(&hosts, &other).await.says("Your answer is passed on").says("We close at noon on Mondays");
    // Pressed twice, it is one answer and one email; and a page that showed none does not write over it.
    noor.post_and_follow(&hosts, &other).await.says("passed on");
    noor.post(&hosts, &[("seen", &seen), ("answer", "agreed")]).await.is(409).says("changed nothing");

    // The members are told that she answered, not what; they read it on the page of the trip, and take the day.
    let emails = story.app.deliver_mail().await;
    assert_eq!(emails.len(), 3, "each member of the group once");
    let told = email_to(&emails, "marcus@larkspur.example");
    assert_eq!(told.subject, "The host answered: site visit on 4 May");
    assert!(!told.text.contains("Mondays") && !told.html.contains("workshop"));
    let read = marcus.get(&link_in(told)).await;
    read.says("does not suit them").says("We close at noon").says("see your workshop").says("Who comes?");
    read.says("Take Wednesday 6 May instead");
    story.browser(story.world.tobias).await.get(&story.path()).await.is(404);
    let moved = marcus.post_and_follow(&format!("{}/postpone", story.path()), &[("on_date", &offered)]).await;
    moved.says("The new day is set").says("Wednesday 6 May suits them");
    let emails = story.app.deliver_mail().await;
    let told = email_to(&emails, HOST);
    assert_eq!(told.subject, "It is on Wednesday 6 May at 14:30");
    assert_eq!(emails.len(), 1);

    // It is called off after all: Noor is told, and her page takes no answer any more.
    marcus.post_and_follow(&format!("{}/cancel", story.path()), &[]).await.says("This was called off");
    let emails = story.app.deliver_mail().await;
    assert!(email_to(&emails, HOST).subject.starts_with("Called off"));
    noor.open(&link).await.is(200).says("It was called off").says("Two of us would like to see your workshop");
    let late = noor.post(&hosts, &[("seen", &seen), ("answer", "agreed")]).await;
    late.is(409);
}

async fn app_scans(story: &Story, link: &str) {
    let scanner = story.app.browser();
    for answer in [scanner.head(link).await, scanner.get(link).await, scanner.open(link).await] {
        assert!(answer.status.as_u16() < 400);
    }
    assert_eq!(story.answers().await, 0);
}

#[tokio::test]
async fn an_answer_can_be_changed_by_the_same_link_until_the_day() {
    let story = Story::begin().await;
    let link = story.ask().await;
    // The group sees it first, and who coordinates three days later: that the host has not answered, and not who it is.
    story.app.advance(Duration::days(3));
    let imogen = story.app.browser_of(story.world.imogen).await;
    let desk = imogen.get(&story.world.program_path()).await;
    desk.says("a site visit on 4 May, whose host has not answered").does_not_say("Harrowgate");
    let noor = story.app.browser();
    let hosts = format!("/hosts/{}", story.trip);
    let seen = noor.open(&link).await.field("seen");
    noor.post_and_follow(&hosts, &[("seen", &seen), ("answer", "agreed"), ("in_return", "A visit")])
        .await
        .says("Monday 4 May suits you");
    assert_eq!(story.app.deliver_mail().await.len(), 3);

    // Other words beside the same day are written down and announce themselves to nobody.
    let seen = noor.open(&link).await.field("seen");
    noor.post_and_follow(&hosts, &[("seen", &seen), ("answer", "agreed"), ("in_return", "A talk")])
        .await
        .says("A talk");
    assert!(story.app.deliver_mail().await.is_empty());

    // The group moves the day on its own: the page says that her answer was about another.
    let marcus = story.browser(story.world.marcus).await;
    let moved = marcus.post_and_follow(&format!("{}/postpone", story.path()), &[("on_date", &day(18))]).await;
    moved.says("They answered about Monday 4 May").says("Ask again");
    // What she sends from a page that showed the old day changes nothing.
    let stale = noor.post(&hosts, &[("seen", &seen), ("answer", "agreed"), ("in_return", "B")]).await;
    stale.is(409).says("8 May at 14:30");

    // Asked again, the first link ends, and the second leads to an empty page.
    let second = story.ask().await;
    story.app.browser().open(&link).await.is(404);
    noor.open(&second).await.is(200).does_not_say("A talk");
    assert_eq!(story.answers().await, 0);

    // The day comes and goes.
    story.app.advance(Duration::days(15));
    noor.open(&second).await.is(200).says("until the day itself");
    story.app.advance(Duration::days(1));
    noor.open(&second).await.is(200).says("The day is over");
    noor.post(&hosts, &[("answer", "agreed")]).await.is(409);
}

#[tokio::test]
async fn another_host_gets_no_answer_of_the_first_and_who_is_erased_wrote_nothing() {
    let story = Story::begin().await;
    let link = story.ask().await;
    let noor = story.app.browser();
    let hosts = format!("/hosts/{}", story.trip);
    let seen = noor.open(&link).await.field("seen");
    noor.post_and_follow(&hosts, &[("seen", &seen), ("answer", "agreed")]).await.says("passed on");
    story.app.deliver_mail().await;

    // Who came later is told that she answered, and reads nothing of it.
    let db = &story.app.app.db;
    sqlx::query("update memberships set joined_on = $1::date where participation_id = $2")
        .bind(see_also::base::local_time::parse_date(&day(1)))
        .bind(story.world.hana.participation)
        .execute(db)
        .await
        .unwrap();
    let hana = story.browser(story.world.hana).await;
    hana.get(&story.path()).await.says("Answered before you came").does_not_say("suits them");
    hana.get(&format!("{}/host", story.path())).await.says("One of the others can ask the host").does_not_say("noor@");

    // Another host in the plan: nobody has asked them, and the first one's link ends.
    let priya = story.browser(story.world.priya).await;
    let edit = format!("{}/edit", story.path());
    let was = priya.get(&edit).await.field("was");
    let mut plan = story.plan("sam@harrowgate.example");
    plan.push(("was", Box::leak(was.into_boxed_str())));
    priya.post_and_follow(&edit, &plan).await.says("Not asked yet");
    noor.open(&link).await.is(404);
    assert_eq!(story.answers().await, 0);

    // Straight against the database, too.
    for (set, refused) in [
        ("answer = 'agreed'", "an_answer_of_a_host_has_its_time_and_day"),
        ("times = 0", "a_host_is_asked_at_least_once"),
        ("offered_on = '2026-05-06'", "a_host_offers_a_day_with_another_day_alone"),
        ("message = repeat('x', 2001)", "a_message_to_a_host_has_up_to_2000_characters"),
    ] {
        sqlx::query(
            "insert into trip_hosts (program_id, trip_id, asked_by, asked_at, times, message)
             select program_id, id, created_by, created_at, 1, 'x' from field_trips on conflict do nothing",
        )
        .execute(db)
        .await
        .unwrap();
        let done = sqlx::query(sqlx::AssertSqlSafe(format!("update trip_hosts set {set}"))).execute(db).await;
        assert!(done.unwrap_err().to_string().contains(refused), "{set}");
    }
}
