//! Priya puts what she wrote to Marcus in other words, once, after his answer; both wordings stay.
use crate::happened;
use crate::support::{
    Answer, TestApp, email_to, link_in,
    world::{World, goal_with_elements},
};
use time::Duration;
use uuid::Uuid;

struct Story {
    app: TestApp,
    world: World,
    pace: Uuid,
    opening: Uuid,
    /// On his pace, answered.
    path: String,
}

impl Story {
    async fn begin(state: &str) -> Self {
        let app = TestApp::start().await;
        let world = World::build(&app).await;
        let db = &app.app.db;
        let (_, elements) = goal_with_elements(db, &world, world.marcus, &["Speaking pace", "Opening"]).await;
        let id = happened::feedback(db, &world, world.priya, world.marcus, elements[0], state).await;
        sqlx::query(
            "update feedback_texts set words = '{\"text\": \"You HURRIED\"}', self_view = 'I felt QUICK',
                answer = case when $1 = 'answered' then 'lets_talk' end",
        )
        .bind(state)
        .execute(db)
        .await
        .unwrap();
        sqlx::query("update feedback set not_agreed = ''").execute(db).await.unwrap();
        let path = format!("{}/feedback/{id}", world.group_path());
        Self { app, world, pace: elements[0], opening: elements[1], path }
    }
}

fn keep(name: &str, answer: &Answer) {
    if std::env::var_os("KEEP_PAGES").is_some() {
        std::fs::write(format!("/tmp/page-{name}.html"), &answer.html).unwrap();
    }
}

#[tokio::test]
async fn priya_revises_once_and_both_wordings_stay() {
    let story = Story::begin("answered").await;
    let priya = story.app.browser_of(story.world.priya.person).await;
    let (path, text) = (&story.path, format!("text-{}", story.pace));
    let revise = format!("{path}/revise");

    let given = priya.get(path).await;
    keep("rev-given", &given);
    given.says("Marcus answered: Let’s talk about it");
    let form = priya.get(&given.link("Revise it")).await;
    keep("rev-form", &form);
    form.says("You can revise it once").says("Marcus and you can read this");
    assert_eq!(form.field(&text), "You HURRIED");

    // The form's rules are those of the first words; what was typed is kept.
    let opening = format!("text-{}", story.opening);
    priya.post(&revise, &[(&text, "You HURRIED")]).await.is(422).says("These are your first words");
    let empty = priya.post(&revise, &[(&text, " "), ("not_agreed", "Kept TYPED")]).await;
    empty.is(422).says("Write about at least one of the things Marcus agreed").says("Kept TYPED");
    let foreign = format!("text-{}", Uuid::now_v7());
    priya.post(&revise, &[(&foreign, "x")]).await.is(422).says("Write only about what Marcus agreed");
    assert!(story.app.deliver_mail().await.is_empty());

    // The elements it was about can be written on, even when one has been retired long since.
    sqlx::query("update elements set state = 'retired', retired_on = '2026-04-14' where id = $1")
        .bind(story.pace)
        .execute(&story.app.app.db)
        .await
        .unwrap();
    story.app.advance(Duration::days(35));
    let priya = story.app.browser_of(story.world.priya.person).await;
    let marcus = story.app.browser_of(story.world.marcus.person).await;
    let words = [(text.as_str(), "You were QUICKER than the slow table"), (opening.as_str(), "And you began AT ONCE")];
    let both = priya.post_and_follow(&revise, &words).await;
    keep("rev-both", &both);
    both.says("Revised.").says("You HURRIED").says("QUICKER").says("AT ONCE").does_not_say("QUICK ");
    // Pressed twice: once. Other words from another window: told, and kept on the page to copy.
    priya.post(&revise, &words).await.is(303);
    let late = priya.post(&revise, &[(&text, "And a THIRD")]).await;
    late.is(409).says("it can be revised only once").says("And a THIRD");
    assert!(priya.get(&revise).await.location.is_some());
    priya.get(path).await.says("You revised this on 25 May").does_not_say("Revise it");

    // Marcus is told once, without a word of it, and finds both.
    let mut emails = story.app.deliver_mail().await;
    emails.retain(|email| email.subject == "Priya put their feedback to you in other words");
    assert_eq!(emails.len(), 1);
    let email = email_to(&emails, "marcus@larkspur.example");
    assert!(!email.text.contains("QUICKER") && !email.html.contains("Speaking"));
    let page = marcus.open(&link_in(email)).await;
    keep("rev-read", &page);
    page.says("You HURRIED").says("QUICKER").says("You answered: Let’s talk about it");
    marcus.get(path).await.says("Priya revised this on 25 May").says("I felt QUICK").says("You HURRIED");

    // He may answer the new words, once.
    let (one, other) = (format!("answer-{}", story.pace), format!("answer-{}", story.opening));
    let to_answer = format!("{path}/revision/answer");
    let line = format!("line-{}", story.pace);
    let half = marcus.post(&to_answer, &[(&one, "thanks"), (&line, "Kept LINE")]).await;
    half.is(422).says("Choose your answer on “Opening”").says("Kept LINE");
    priya.post(&to_answer, &[(&one, "thanks"), (&other, "thanks")]).await.is(404);
    let answers = [(one.as_str(), "thanks"), (other.as_str(), "will_try"), (line.as_str(), "That HELPS")];
    let answered = marcus.post_and_follow(&to_answer, &answers).await;
    answered.says("Your answer is with them").says("You answered: I will try it").says("That HELPS");
    marcus.post_and_follow(&to_answer, &answers).await.says("that answer stands");
    priya.get(&format!("{path}/revision")).await.says("Marcus answered: Thank you").says("That HELPS");

    // Nobody else reaches either, and it is still one piece of feedback.
    let hana = story.app.browser_of(story.world.hana.person).await;
    for step in ["revise", "revision"] {
        hana.get(&format!("{path}/{step}")).await.is(404).does_not_say("QUICKER");
    }
    hana.post(&to_answer, &[(&one, "thanks")]).await.is(404);
    hana.post(&revise, &words).await.is(404);
    let (items, state): (i64, String) =
        sqlx::query_as("select count(*), min(state) from feedback").fetch_one(&story.app.app.db).await.unwrap();
    assert_eq!((items, state.as_str()), (1, "answered"));
}

#[tokio::test]
async fn two_revisions_at_once_leave_one() {
    let story = Story::begin("answered").await;
    let (one, other) =
        (story.app.browser_of(story.world.priya.person).await, story.app.browser_of(story.world.priya.person).await);
    let (revise, text) = (format!("{}/revise", story.path), format!("text-{}", story.pace));
    let (first, second) = ([(text.as_str(), "FIRST window")], [(text.as_str(), "SECOND window")]);
    let (a, b) = tokio::join!(one.post(&revise, &first), other.post(&revise, &second));
    let mut statuses = [a.status.as_u16(), b.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    let told = if a.status.as_u16() == 409 { a } else { b };
    told.says("it can be revised only once").says("window");
    assert_eq!(story.app.deliver_mail().await.len(), 1);
}

#[tokio::test]
async fn only_its_giver_revises_and_only_after_an_answer() {
    let story = Story::begin("shared").await;
    let priya = story.app.browser_of(story.world.priya.person).await;
    let marcus = story.app.browser_of(story.world.marcus.person).await;
    let (revise, text) = (format!("{}/revise", story.path), format!("text-{}", story.pace));
    priya.get(&story.path).await.does_not_say("Revise it");
    assert_eq!(priya.get(&revise).await.location.as_deref(), Some(story.path.as_str()));
    priya.post(&revise, &[(&text, "Other words")]).await.is(303);
    assert_eq!(priya.get(&format!("{}/revision", story.path)).await.location.as_deref(), Some(story.path.as_str()));
    marcus.get(&revise).await.is(404);
    marcus.post(&revise, &[(&text, "His words")]).await.is(404);
    marcus.post(&format!("{}/revision/answer", story.path), &[]).await.is(303);
    let db = &story.app.app.db;
    let count: i64 = sqlx::query_scalar("select count(*) from second_wordings").fetch_one(db).await.unwrap();
    assert_eq!(count, 0);
    // The database holds the pair together: an element of the receiver's, and one second wording.
    let hers = goal_with_elements(db, &story.world, story.world.hana, &["Hers"]).await.1[0];
    let id = Uuid::parse_str(story.path.rsplit('/').next().unwrap()).unwrap();
    let insert = "insert into second_wordings (program_id, feedback_id, receiver_id, written_at) values ($1, $2, $3, '2026-04-20T12:00Z')";
    let receiver = story.world.marcus.participation;
    let wrong = sqlx::query(insert).bind(story.world.program).bind(id).bind(story.world.hana.participation);
    assert!(wrong.execute(db).await.unwrap_err().to_string().contains("a_second_wording_belongs_to_feedback"));
    sqlx::query(insert).bind(story.world.program).bind(id).bind(receiver).execute(db).await.unwrap();
    let twice = sqlx::query(insert).bind(story.world.program).bind(id).bind(receiver).execute(db).await;
    assert!(twice.unwrap_err().to_string().contains("second_wordings_pkey"));
    let refused = sqlx::query(
        "insert into second_wording_texts (program_id, feedback_id, receiver_id, element_id, words) values ($1, $2, $3, $4, '{}')",
    )
    .bind(story.world.program)
    .bind(id)
    .bind(receiver)
    .bind(hers)
    .execute(db)
    .await;
    assert!(refused.unwrap_err().to_string().contains("a_second_wording_is_about_an_element_of_its_receiver"));
}
