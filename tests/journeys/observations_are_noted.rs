//! Marcus notes what he sees at Priya's session and hands it over; the two read it, and nobody else.
use crate::support::{
    Browser, TestApp, email_to, link_in,
    world::{World, day, goal_with_elements},
};
use time::Duration;
use uuid::Uuid;

struct Story {
    app: TestApp,
    world: World,
    trip: Uuid,
    elements: Vec<Uuid>,
}

impl Story {
    /// Priya said yes to Marcus observing her in a week, and the day stands.
    async fn begin() -> Self {
        let app = TestApp::start().await;
        let world = World::build(&app).await;
        let (_, elements) = goal_with_elements(&app.app.db, &world, world.priya, &["Pace", "Opening"]).await;
        let story = Self { app, world, trip: Uuid::now_v7(), elements };
        let priya = story.app.browser_of(story.world.priya.person).await;
        let (id, on_date) = (story.trip.to_string(), day(7));
        let (who, whom) = (story.world.marcus.participation.to_string(), story.world.priya.participation.to_string());
        let focus: Vec<String> = story.elements.iter().map(Uuid::to_string).collect();
        let form = [
            ("id", id.as_str()),
            ("kind", "observation"),
            ("observed", &whom),
            ("observer", &who),
            ("purpose", "The first ten minutes"),
            ("on_date", &on_date),
            ("reach", "here"),
            ("focus", &focus[0]),
            ("focus", &focus[1]),
        ];
        priya.post(&format!("{}/trips/new", story.world.group_path()), &form).await.is(303);
        priya.post_and_follow(&format!("{}/confirm", story.path()), &[]).await.says("Confirmed.");
        priya
            .post(
                &format!("{}/off-limits", story.world.group_path()),
                &[("id", &Uuid::now_v7().to_string()), ("words", "My accent")],
            )
            .await
            .is(303);
        drop(priya);
        story
    }

    fn path(&self) -> String {
        format!("{}/trips/{}", self.world.group_path(), self.trip)
    }

    fn notes(&self) -> String {
        format!("{}/notes", self.path())
    }

    fn delete(&self) -> String {
        format!("{}/observation-notes/{}/delete", self.world.program_path(), self.trip)
    }

    fn on_pace(&self) -> String {
        format!("note-{}", self.elements[0])
    }

    async fn rows(&self) -> i64 {
        sqlx::query_scalar(
            "select (select count(*) from observation_notes) + (select count(*) from observation_note_texts)",
        )
        .fetch_one(&self.app.app.db)
        .await
        .unwrap()
    }

    /// Marcus writes and hands it over, on the day.
    async fn hands_over(&self, marcus: &Browser<'_>) {
        let form = [(self.on_pace(), "Six seconds of silence".to_owned()), ("do".to_owned(), "hand_over".to_owned())];
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        marcus.post_and_follow(&self.notes(), &form).await.says("Handed over");
    }
}

#[tokio::test]
async fn marcus_notes_what_he_sees_and_priya_reads_it_first() {
    let story = Story::begin().await;
    let marcus = story.app.browser_of(story.world.marcus.person).await;
    let priya = story.app.browser_of(story.world.priya.person).await;
    let hana = story.app.browser_of(story.world.hana.person).await;
    let notes = story.notes();
    let on_pace = story.on_pace();

    // Before the day nothing is noted; there is a sheet to take along.
    let page = marcus.get(&marcus.get(&story.path()).await.link("Notes of the observation")).await;
    page.says("From Monday 27 April on").says("My accent").does_not_say("Keep them for now");
    let sheet = marcus.get(&page.link("a sheet to print")).await;
    sheet.says("Marcus observes Priya").says("Pace").says("Opening").says("Off limits: My accent");
    let script = marcus.get(&sheet.link("Script")).await;
    script.says("who says what").says("What to look at: Pace; Opening").says("Off limits: My accent");
    marcus.get(&script.link("Time log")).await.says("Minute by minute: when, and what happens");
    marcus.get(&format!("{notes}/sheet?kind=poem")).await.is(200).does_not_say("Minute by minute");
    let early = marcus.post(&notes, &[(on_pace.as_str(), "Too early")]).await;
    early.is(422).says("Notes are written from the day on").says("What you typed").says("Too early");
    assert_eq!(story.rows().await, 0);

    // On the day he writes on his phone, and keeps it more than once.
    story.app.advance(Duration::days(7));
    marcus.get(&notes).await.says("Only you can read this until you hand it over");
    marcus.post(&notes, &[(on_pace.as_str(), "  ")]).await.is(422).says("Write something first");
    let long = "x".repeat(4001);
    let again = marcus.post(&notes, &[(on_pace.as_str(), &long), ("log", "12:05 quiet")]).await;
    again.is(422).says("12:05 quiet");
    marcus
        .post_and_follow(&notes, &[(on_pace.as_str(), "Fast"), ("log", "12:05 quiet")])
        .await
        .says("Only you can read it");
    let typed = [(on_pace.as_str(), "Six seconds of silence"), ("log", "12:05 quiet")];
    let kept = marcus.post_and_follow(&notes, &typed).await;
    kept.says("Six seconds of silence").does_not_say("Fast");
    priya.get(&notes).await.says("has handed nothing over to you").does_not_say("Six seconds").does_not_say("12:05");
    hana.get(&notes).await.is(403);
    hana.get(&story.path()).await.does_not_say("Notes of the observation");
    assert!(story.app.deliver_mail().await.is_empty());

    // Handed over, the two read it; the email says that, not what. Then it stays as it is.
    let done = [typed[0], typed[1], ("do", "hand_over")];
    marcus.post_and_follow(&notes, &done).await.says("Handed over");
    let late = [(on_pace.as_str(), "Otherwise"), ("log", "12:05 quiet\n12:09 LOUD")];
    let late = marcus.post(&notes, &late).await;
    late.is(422).says("stay as they are").says("Six seconds").says("Otherwise").says("12:09 LOUD");
    marcus.get(&notes).await.says("Six seconds").does_not_say("Otherwise").does_not_say("LOUD");
    marcus.post_and_follow(&notes, &done).await.says("had changed");
    let emails = story.app.deliver_mail().await;
    let email = email_to(&emails, "priya@larkspur.example");
    assert_eq!(email.subject, "Marcus handed you notes");
    assert!(!email.text.contains("Six seconds") && !email.html.contains("12:05"));
    let read = priya.get(&link_in(email)).await;
    read.says("Six seconds of silence").says("12:05 quiet").says("Marcus and you can read this");
    hana.get(&notes).await.is(403);
    let downloads = async |browser: &Browser<'_>| browser.get("/account/data.json").await.html.contains("Six seconds");
    assert!(downloads(&priya).await && downloads(&marcus).await && !downloads(&hana).await);

    // It becomes feedback with one step: who and where are chosen.
    priya.post(&format!("{}/took-place", story.path()), &[("completed_on", &day(7))]).await.is(303);
    let form = marcus.get(&marcus.get(&notes).await.link("Write feedback from these notes")).await;
    let chosen = format!("value=\"trip:{}\" selected", story.trip);
    assert!(form.html.contains(&chosen), "{}", form.html);
}

#[tokio::test]
async fn priya_deletes_alone_for_14_days_and_later_both_have_to_want_it() {
    let story = Story::begin().await;
    let marcus = story.app.browser_of(story.world.marcus.person).await;
    let priya = story.app.browser_of(story.world.priya.person).await;
    let delete = story.delete();
    story.app.advance(Duration::days(7));
    let history = || async {
        sqlx::query_scalar::<_, i64>("select count(*) from history").fetch_one(&story.app.app.db).await.unwrap()
    };
    let before = history().await;

    // What is not handed over she cannot delete; he can.
    marcus.post(&story.notes(), &[("log", "Draft")]).await.is(303);
    priya.post_and_follow(&delete, &[("do", "delete")]).await.says("had changed");
    assert_eq!(story.rows().await, 1);
    marcus.post_and_follow(&delete, &[("do", "delete")]).await.says("Nothing is left");
    assert_eq!(story.rows().await, 0);

    // On the 14th day she still deletes alone, and nothing tells of it.
    story.hands_over(&marcus).await;
    story.app.advance(Duration::days(14));
    let priya = story.app.browser_of(story.world.priya.person).await;
    priya.get(&story.notes()).await.says("Until 11 May you can delete them alone");
    priya
        .post_and_follow(&delete, &[("do", "delete")])
        .await
        .says("Nothing is left of them")
        .does_not_say("Six seconds");
    assert_eq!((story.rows().await, history().await), (0, before));
    priya.get(&story.notes()).await.says("has handed nothing over to you");
    let marcus = story.app.browser_of(story.world.marcus.person).await;
    assert!(!marcus.get("/account/data.json").await.html.contains("Six seconds"));

    // Later it takes both; whoever asked can take it back.
    story.hands_over(&marcus).await;
    story.app.deliver_mail().await;
    story.app.advance(Duration::days(15));
    let priya = story.app.browser_of(story.world.priya.person).await;
    let marcus = story.app.browser_of(story.world.marcus.person).await;
    priya.post_and_follow(&delete, &[("do", "delete")]).await.says("once Marcus agrees").says("Six seconds");
    priya.post_and_follow(&delete, &[("do", "delete")]).await.says("Six seconds");
    marcus.get(&story.notes()).await.says("Priya would like to delete them");
    priya.post_and_follow(&delete, &[("do", "keep")]).await.says("They stay");
    marcus.post_and_follow(&delete, &[("do", "delete")]).await.says("once Priya agrees");
    priya.post_and_follow(&delete, &[("do", "delete")]).await.says("Nothing is left of them");
    assert_eq!((story.rows().await, history().await), (0, before));
}

#[tokio::test]
async fn her_14_days_hold_whatever_became_of_her_part_the_group_and_the_program() {
    for (what, sql, group_is_read) in [
        ("on hold", "update participations set state = 'on_hold' where id = $1", true),
        ("left the group", "update memberships set left_on = joined_on + 60 where participation_id = $1", false),
        ("withdrawn", "update participations set state = 'withdrawn' where id = $1", false),
        ("archived", "update programs set state = 'archived' where $1::uuid is not null", true),
    ] {
        let story = Story::begin().await;
        story.app.advance(Duration::days(7));
        let marcus = story.app.browser_of(story.world.marcus.person).await;
        story.hands_over(&marcus).await;
        sqlx::query(sql).bind(story.world.priya.participation).execute(&story.app.app.db).await.unwrap();
        let priya = story.app.browser_of(story.world.priya.person).await;
        priya.get(&story.notes()).await.is(if group_is_read { 200 } else { 404 });
        // From what is held about her she comes to a page with the button; nobody else has it, or can press it.
        let data = priya.get("/account/data.html").await;
        let own = format!("{}/observation-notes", story.world.program_path());
        assert!(data.html.contains(&format!("href=\"{own}\"")), "{what}");
        priya
            .get(&own)
            .await
            .is(200)
            .says("Marcus observes Priya")
            .says("Delete the notes")
            .does_not_say("Six seconds");
        for other in [story.world.hana.person, story.world.tobias.person] {
            let browser = story.app.browser_of(other).await;
            browser.get(&own).await.is(200).says("There are none").does_not_say("Marcus observes");
            browser.post(&story.delete(), &[("do", "delete")]).await.is(404);
        }
        story.app.browser_of(story.world.imogen).await.post(&story.delete(), &[("do", "delete")]).await.is(403);
        story.app.browser_of(story.world.olga).await.post(&story.delete(), &[("do", "delete")]).await.is(404);
        assert_eq!(story.rows().await, 2, "{what}");
        priya.post_and_follow(&story.delete(), &[("do", "delete")]).await.is(200).says("Nothing is left of them");
        assert_eq!(story.rows().await, 0, "{what}");
        priya.get(&own).await.says("There are none");
    }
}

#[tokio::test]
async fn the_database_keeps_notes_whole() {
    let story = Story::begin().await;
    story.app.advance(Duration::days(7));
    let marcus = story.app.browser_of(story.world.marcus.person).await;
    marcus.post(&story.notes(), &[(story.on_pace().as_str(), "Six"), ("log", "x")]).await.is(303);
    for (sql, refused) in [
        ("update observation_notes set log = repeat('x', 12001)", "a_log_of_an_observation_has_up_to_12000_characters"),
        (
            "update observation_notes set handed_at = written_at - interval '1 day'",
            "notes_are_handed_over_after_they_are_written",
        ),
        (
            "update observation_notes set drop_asked_by = (select id from participations limit 1)",
            "only_notes_that_both_read_need_both_to_delete_them",
        ),
        ("update observation_note_texts set words = ''", "a_note_on_an_element_has_1_to_4000_characters"),
    ] {
        let done = sqlx::query(sql).execute(&story.app.app.db).await;
        assert!(done.unwrap_err().to_string().contains(refused), "{sql}");
    }
}
