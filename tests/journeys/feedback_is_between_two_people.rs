//! Priya writes to Marcus on what he agreed to hear about; he opens it and answers.
use crate::support::{
    Answer, Browser, TestApp, email_to, link_in,
    world::{Peer, World, day, goal_with_elements},
};
use time::Duration;
use uuid::Uuid;

struct Story {
    app: TestApp,
    world: World,
    /// Marcus's two elements.
    pace: Uuid,
    opening: Uuid,
}

impl Story {
    async fn begin() -> Self {
        let app = TestApp::start().await;
        let world = World::build(&app).await;
        let (_, elements) = goal_with_elements(&app.app.db, &world, world.marcus, &["Speaking pace", "Opening"]).await;
        Self { app, world, pace: elements[0], opening: elements[1] }
    }

    async fn browser(&self, peer: Peer) -> Browser<'_> {
        self.app.browser_of(peer.person).await
    }

    fn list(&self) -> String {
        format!("{}/feedback", self.world.group_path())
    }

    /// The form as Priya fills it in for Marcus: on his pace, seen a week ago.
    fn form(&self, id: Uuid) -> Vec<(String, String)> {
        let of = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        vec![
            of("id", &id.to_string()),
            of("to", &self.world.marcus.participation.to_string()),
            of("window", "8d9ae2c5-4a76-4a35-9f0e-2f3f6c1d7b10"),
            of("format", "sbi"),
            of("occasion", "elsewhere"),
            of("happened_on", &day(-7)),
            (format!("situation-{}", self.pace), "Minute eighteen".to_owned()),
            (format!("behaviour-{}", self.pace), "You read the steps ALOUD ONCE".to_owned()),
            of("not_agreed", "The room was cold"),
        ]
    }

    async fn draft(&self, by: &Browser<'_>) -> String {
        let id = Uuid::now_v7();
        by.post(&format!("{}/new", self.list()), &borrowed(&self.form(id))).await.is(303);
        format!("{}/{id}", self.list())
    }

    async fn shared(&self, by: &Browser<'_>) -> String {
        let path = self.draft(by).await;
        by.post(&format!("{path}/share"), &[]).await.is(303);
        path
    }

    async fn count(&self) -> i64 {
        sqlx::query_scalar("select count(*) from feedback").fetch_one(&self.app.app.db).await.unwrap()
    }
}

fn borrowed(form: &[(String, String)]) -> Vec<(&str, &str)> {
    form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// The form with one field changed.
fn but(form: &[(String, String)], name: &str, value: &str) -> Vec<(String, String)> {
    let mut form: Vec<_> = form.iter().filter(|(field, _)| field != name).cloned().collect();
    form.push((name.to_owned(), value.to_owned()));
    form
}

fn keep(name: &str, answer: &Answer) {
    if std::env::var_os("KEEP_PAGES").is_some() {
        std::fs::write(format!("/tmp/page-{name}.html"), &answer.html).unwrap();
    }
}

#[tokio::test]
async fn priya_writes_and_marcus_answers() {
    let story = Story::begin().await;
    let priya = story.browser(story.world.priya).await;
    let marcus = story.browser(story.world.marcus).await;

    // She chooses him and writes.
    let empty = priya.get(&story.list()).await;
    keep("fb-empty", &empty);
    let people = priya.get(&empty.link("Write to somebody")).await;
    keep("fb-person", &people);
    people.says("Hana has not agreed anything");
    let form = priya.get(&people.link("Write to Marcus")).await;
    keep("fb-write", &form);
    form.says("two things Marcus agreed").says("Only you can read this draft").says("What a camera would have caught");
    let id = Uuid::parse_str(&form.field("id")).unwrap();
    let new = format!("{}/new", story.list());
    let through = priya.post_and_follow(&new, &borrowed(&story.form(id))).await;
    keep("fb-through", &through);
    through.says("Read it through").says("How Priya saw it").says("ALOUD ONCE").says("Only you can read this draft");
    priya.post(&new, &borrowed(&story.form(id))).await.is(303);
    assert_eq!(story.count().await, 1, "the same form once more makes no second one");
    let path = format!("{}/{id}", story.list());

    // A draft is hers alone.
    marcus.get(&path).await.is(404);
    marcus.get(&story.list()).await.does_not_say("Priya");

    // She shares it; the email says from whom, not what, and comes once.
    let given = priya.post_and_follow(&format!("{path}/share"), &[]).await;
    keep("fb-given", &given);
    given.says("You wrote to Marcus");
    priya.post(&format!("{path}/share"), &[]).await.is(303);
    let emails = story.app.deliver_mail().await;
    assert_eq!(emails.len(), 1);
    let email = email_to(&emails, "marcus@larkspur.example");
    assert_eq!(email.subject, "You have feedback from Priya");
    assert!(!email.text.contains("ALOUD") && !email.html.contains("ALOUD") && !email.html.contains("Speaking"));
    assert_eq!(link_in(email), path);

    opens_and_answers(&story, &path, [&priya, &marcus]).await;
    story.app.advance(Duration::days(30));
    assert!(story.app.deliver_mail().await.is_empty(), "answered, so nobody is reminded");
    let history: i64 = sqlx::query_scalar("select count(*) from history").fetch_one(&story.app.app.db).await.unwrap();
    assert_eq!(history, 0, "feedback leaves no row in the history");
}

/// Marcus notes his own view, opens, reads both, and answers once.
async fn opens_and_answers(story: &Story, path: &str, [priya, marcus]: [&Browser<'_>; 2]) {
    let waiting = marcus.get(&story.list()).await;
    keep("fb-list", &waiting);
    waiting.says("Priya wrote to you");
    let closed = marcus.get(path).await;
    keep("fb-open", &closed);
    closed.says("How did you see it yourself?").does_not_say("ALOUD").does_not_say("The room was cold");
    marcus.head(path).await.is(200);
    let answer = format!("answer-{}", story.pace);
    marcus.post_and_follow(&format!("{path}/answer"), &[(&answer, "thanks")]).await.says("Open what Priya wrote");

    // He keeps his view for later, and opens with it the next day.
    let view = format!("view-{}", story.pace);
    let unopened = priya.get(path).await;
    let list_before = priya.get(&story.list()).await;
    marcus.post(&format!("{path}/open"), &[(&view, "a\0b")]).await.is(422).says("cannot be seen or printed");
    marcus.post_and_follow(&format!("{path}/open"), &[(&view, "I felt QUICK"), ("do", "keep")]).await.says("Kept.");
    let closed = marcus.get(path).await;
    closed.does_not_say("ALOUD");
    assert_eq!(closed.field(&view), "I felt QUICK");
    let opened = marcus.post_and_follow(&format!("{path}/open"), &[(&view, "I felt QUICK")]).await;
    keep("fb-read", &opened);
    opened.says("How you saw it").says("I felt QUICK").says("ALOUD ONCE").says("The room was cold");

    // Priya sees the same page as before, word for word, and never his view.
    let after = priya.get(path).await;
    assert_eq!(after.html, unopened.html, "the giver is not told");
    assert_eq!(priya.get(&story.list()).await.html, list_before.html);

    let to_answer = format!("{path}/answer");
    marcus.post(&to_answer, &[]).await.is(422).says("Choose your answer on “Speaking pace”");
    let line = format!("line-{}", story.pace);
    marcus.post(&to_answer, &[(&answer, "shrug"), (&line, "Kept words")]).await.is(422).says("Kept words");
    let done = marcus.post_and_follow(&to_answer, &[(&answer, "will_try"), (&line, "Leaving the slide up")]).await;
    keep("fb-answered", &done);
    done.says("I will try it").says("Leaving the slide up");
    marcus.post_and_follow(&to_answer, &[(&answer, "thanks")]).await.says("that answer stands").says("I will try it");
    let answered = priya.get(path).await;
    answered.says("I will try it").says("Leaving the slide up").does_not_say("QUICK").does_not_say("Take it back");
}

#[tokio::test]
async fn feedback_is_refused_where_it_may_not_be_given() {
    let story = Story::begin().await;
    let priya = story.browser(story.world.priya).await;
    let db = &story.app.app.db;
    let new = format!("{}/new", story.list());
    let good = story.form(Uuid::now_v7());
    let (_, hers) = goal_with_elements(db, &story.world, story.world.hana, &["Hers"]).await;

    // To herself, to somebody of another group, to nobody.
    for to in [story.world.priya, story.world.tobias, story.world.nadia] {
        let form = but(&good, "to", &to.participation.to_string());
        priya.post(&new, &borrowed(&form)).await.is(422).says("Choose somebody else in your group");
    }
    priya.post(&new, &borrowed(&but(&good, "to", "me"))).await.is(422);

    let mut without_words = but(&good, &format!("situation-{}", story.pace), " ");
    without_words = but(&without_words, &format!("behaviour-{}", story.pace), "");
    let about_hana = but(&good, &format!("impact-{}", hers[0]), "Not his");
    for (form, says) in [
        (but(&good, "happened_on", &day(1)), "This day is yet to come"),
        (but(&good, "happened_on", "2026-01-05"), "You and Marcus were not both in this group on 5 January 2026"),
        (but(&good, "happened_on", "2026-01-19"), "“Speaking pace” was agreed on 20 January 2026"),
        (but(&good, "happened_on", ""), "Enter the day you saw it"),
        (but(&good, "occasion", ""), "Choose where you saw it"),
        (but(&good, "occasion", &format!("meeting:{}", Uuid::now_v7())), "Choose where you saw it"),
        (without_words, "Write about at least one of the things Marcus agreed to hear about"),
        (about_hana, "Write only about what Marcus agreed to hear about"),
        (but(&good, "not_agreed", "a\0b"), "cannot be seen or printed"),
        (but(&good, &format!("impact-{}", story.pace), &"x".repeat(2001)), "Use at most 2000 characters"),
    ] {
        let answer = priya.post(&new, &borrowed(&form)).await;
        answer.is(422).says(says);
        let typed = form.iter().find(|(name, _)| *name == format!("behaviour-{}", story.pace)).unwrap();
        assert_eq!(answer.field(&typed.0), typed.1, "what was typed is kept");
    }
    // A retired element, as of a day after.
    sqlx::query("update elements set state = 'retired', retired_on = '2026-04-10' where id = $1")
        .bind(story.pace)
        .execute(db)
        .await
        .unwrap();
    priya.post(&new, &borrowed(&good)).await.is(422).says("was retired on 10 April 2026");
    assert_eq!(story.count().await, 0);
    priya.post(&new, &borrowed(&but(&good, "happened_on", "2026-04-09"))).await.is(303);
}

#[tokio::test]
async fn the_database_refuses_too() {
    let story = Story::begin().await;
    let db = &story.app.app.db;
    let priya = story.browser(story.world.priya).await;
    let path = story.draft(&priya).await;
    let id = Uuid::parse_str(path.rsplit('/').next().unwrap()).unwrap();
    let (_, hers) = goal_with_elements(db, &story.world, story.world.hana, &["Hers"]).await;

    let refused = sqlx::query("update feedback set giver_id = receiver_id where id = $1").bind(id).execute(db).await;
    assert!(refused.unwrap_err().to_string().contains("nobody_gives_feedback_to_themselves"));
    let refused = sqlx::query(
        "insert into feedback_texts (program_id, feedback_id, receiver_id, element_id, words) values ($1, $2, $3, $4, '{}')",
    )
    .bind(story.world.program)
    .bind(id)
    .bind(story.world.marcus.participation)
    .bind(hers[0])
    .execute(db)
    .await;
    assert!(refused.unwrap_err().to_string().contains("feedback_is_about_an_element_of_its_receiver"));
    let refused = sqlx::query(
        "update feedback set state = 'answered', shared_at = created_at, answered_at = created_at where id = $1",
    )
    .bind(id)
    .execute(db)
    .await;
    assert!(refused.unwrap_err().to_string().contains("only_opened_feedback_is_answered"));
}

#[tokio::test]
async fn a_draft_is_kept_changed_and_thrown_away() {
    let story = Story::begin().await;
    let priya = story.browser(story.world.priya).await;
    let id = Uuid::now_v7();
    let new = format!("{}/new", story.list());

    // Another way of asking keeps what was typed.
    let mut form = but(&story.form(id), "do", "format:keep_try");
    let page = priya.post_and_follow(&new, &borrowed(&form)).await;
    keep("fb-other-way", &page);
    page.is(200).says("What should stay exactly as it is?").says("ALOUD ONCE");
    assert_eq!(page.field(&format!("behaviour-{}", story.pace)), "You read the steps ALOUD ONCE");

    // An empty draft can be kept for later, and not be shared before it is read through.
    form.retain(|(name, _)| !name.contains('-') && name != "do");
    let list = priya.post_and_follow(&new, &borrowed(&but(&form, "do", "keep"))).await;
    list.says("Kept. Only you can read it.").says("To finish");
    let path = format!("{}/{id}", story.list());
    priya.post_and_follow(&format!("{path}/share"), &[]).await.says("Read it through once more");
    let empty = priya.post(&format!("{path}/edit"), &borrowed(&but(&form, "do", "read"))).await;
    empty.is(422).says("Write about at least one of the things");

    let mut words = but(&form, "format", "keep_try");
    words.push((format!("try-{}", story.opening), "Name the bridge first".to_owned()));
    let through = priya.post_and_follow(&format!("{path}/edit"), &borrowed(&words)).await;
    through.says("Try").says("Name the bridge first").does_not_say("ALOUD");
    let edit = priya.get(&format!("{path}/edit")).await;
    assert_eq!(edit.field(&format!("try-{}", story.opening)), "Name the bridge first");
    assert_eq!(edit.field("format"), "keep_try");

    // Sharing asks once more whether everything still holds.
    let db = &story.app.app.db;
    sqlx::query("update elements set state = 'retired', retired_on = '2026-04-01' where id = $1")
        .bind(story.opening)
        .execute(db)
        .await
        .unwrap();
    priya.post(&format!("{path}/share"), &[]).await.is(422).says("“Opening” was retired on 1 April 2026");
    assert!(story.app.deliver_mail().await.is_empty());

    priya.post_and_follow(&format!("{path}/discard"), &[]).await.says("The draft is gone.");
    assert_eq!(story.count().await, 0);
    priya.get(&path).await.is(404);
}

#[tokio::test]
async fn it_can_be_taken_back_until_it_is_opened() {
    let story = Story::begin().await;
    let priya = story.browser(story.world.priya).await;
    let marcus = story.browser(story.world.marcus).await;
    let path = story.shared(&priya).await;

    // Taken back before the email went out: no email, and no page for him.
    priya.post_and_follow(&format!("{path}/take-back"), &[]).await.says("It is a draft again").says("Read it through");
    assert!(story.app.deliver_mail().await.is_empty());
    marcus.get(&path).await.is(404);
    marcus.post(&format!("{path}/open"), &[]).await.is(404);

    // Shared again, he is told, and reminded once; the first sharing's reminder is not sent.
    story.app.advance(Duration::days(3));
    priya.post(&format!("{path}/share"), &[]).await.is(303);
    assert_eq!(story.app.deliver_mail().await.len(), 1);
    story.app.advance(Duration::days(4));
    assert!(story.app.deliver_mail().await.is_empty(), "seven days after the first, four after the second");
    story.app.advance(Duration::days(1));
    let emails = story.app.deliver_mail().await;
    assert_eq!(email_to(&emails, "marcus@larkspur.example").subject, "Still to open: feedback from Priya");

    // Once opened it stays.
    marcus.post(&format!("{path}/open"), &[]).await.is(303);
    priya.post_and_follow(&format!("{path}/take-back"), &[]).await.says("It can no longer be taken back.");
    priya.post_and_follow(&format!("{path}/discard"), &[]).await.says("You wrote to Marcus");
    marcus.get(&path).await.says("ALOUD ONCE");
    // He cannot do what is hers.
    for step in ["share", "take-back", "discard", "edit"] {
        let answer = marcus.post(&format!("{path}/{step}"), &[]).await;
        assert_ne!(answer.status.as_u16(), 500, "{step}");
    }
    marcus.get(&path).await.says("ALOUD ONCE");
    // And she cannot do what is his.
    priya.post(&format!("{path}/open"), &[]).await.is(404);
    priya.post(&format!("{path}/answer"), &[]).await.is(404);
}

#[tokio::test]
async fn of_taking_back_and_opening_at_once_exactly_one_wins() {
    let story = Story::begin().await;
    let priya = story.browser(story.world.priya).await;
    let marcus = story.browser(story.world.marcus).await;
    for _ in 0..20 {
        let path = story.shared(&priya).await;
        let (open, back) = (format!("{path}/open"), format!("{path}/take-back"));
        let (opened, taken) = tokio::join!(marcus.post(&open, &[]), priya.post(&back, &[]));
        let id = Uuid::parse_str(path.rsplit('/').next().unwrap()).unwrap();
        let (state, was_opened): (String, bool) =
            sqlx::query_as("select state, opened_at is not null from feedback where id = $1")
                .bind(id)
                .fetch_one(&story.app.app.db)
                .await
                .unwrap();
        assert_eq!(taken.status.as_u16(), 303);
        match state.as_str() {
            "draft" => assert!(!was_opened && opened.status.as_u16() == 404),
            "shared" => assert!(was_opened && opened.status.as_u16() == 303),
            other => panic!("{other}"),
        }
    }
    story.app.deliver_mail().await;
}

#[tokio::test]
async fn nobody_else_reaches_it() {
    let story = Story::begin().await;
    let priya = story.browser(story.world.priya).await;
    let marcus = story.browser(story.world.marcus).await;
    let path = story.shared(&priya).await;
    marcus.post(&format!("{path}/open"), &[]).await.is(303);
    let others = [
        story.world.hana.person,
        story.world.tobias.person,
        story.world.nadia.person,
        story.world.imogen,
        story.world.teodor,
        story.world.site_admin,
        story.world.olga,
    ];
    for person in others {
        let browser = story.app.browser_of(person).await;
        browser.get(&path).await.is(404).does_not_say("ALOUD");
        browser.get(&format!("{path}/edit")).await.is(404);
        for step in ["share", "take-back", "discard", "open", "answer", "edit"] {
            browser.post(&format!("{path}/{step}"), &[]).await.is(404);
        }
    }
    let hana = story.browser(story.world.hana).await;
    hana.get(&story.list()).await.is(200).does_not_say("Marcus");
    // Every open member may give to every other.
    hana.get(&format!("{}/new?to={}", story.list(), story.world.marcus.participation)).await.says("Write to Marcus");
    // Another's id is not taken for one's own.
    let id = path.rsplit('/').next().unwrap();
    let form = but(&story.form(Uuid::now_v7()), "id", id);
    hana.post(&format!("{}/new", story.list()), &borrowed(&form)).await.is(404);
    story.app.deliver_mail().await;
}
