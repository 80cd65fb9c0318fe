//! Marcus asks Priya and Hana for feedback on what he agreed to hear about; one writes, the other cannot now.
use crate::support::{
    TestApp, email_to, link_in,
    world::{World, day, goal_with_elements},
};
use uuid::Uuid;

const LINE: &str = "I am unsure about the SECOND half";

#[tokio::test]
async fn marcus_asks_two_and_each_answers_in_their_own_way() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (_, elements) = goal_with_elements(&app.app.db, &world, world.marcus, &["Speaking pace", "Opening"]).await;
    let marcus = app.browser_of(world.marcus.person).await;
    let list = format!("{}/feedback", world.group_path());

    // The form knows whom and what; a mistake keeps what was typed and asks nobody.
    let form = marcus.get(&marcus.get(&list).await.link("Ask for feedback")).await;
    form.says("Priya").says("Hana").says("Speaking pace").says("Whom you ask and you can read this");
    let (id, pace) = (form.field("id"), elements[0].to_string());
    let (priya_id, hana_id) = (world.priya.participation.to_string(), world.hana.participation.to_string());
    let ask = format!("{list}/ask");
    let (soon, past) = (day(9), day(-1));
    let wrong = marcus.post(&ask, &[("id", &id), ("from", &priya_id), ("due_on", &past), ("line", LINE)]).await;
    wrong.is(422).says("Choose at least one thing").says("Choose a day from today").says("Choose at least one");
    assert_eq!(wrong.field("line"), LINE);
    assert!(app.deliver_mail().await.is_empty());

    // He asks; pressing twice asks nobody twice. The emails say from whom, never on what.
    let filled = [
        ("id", id.as_str()),
        ("from", &priya_id),
        ("from", &hana_id),
        ("on", &pace),
        ("due_on", &soon),
        ("line", LINE),
    ];
    marcus.post_and_follow(&ask, &filled).await.says("You asked").says("Priya by").says("Hana by");
    marcus.post(&ask, &filled).await.is(303);
    let emails = app.deliver_mail().await;
    assert_eq!(emails.len(), 2);
    let email = email_to(&emails, "priya@larkspur.example");
    assert_eq!(email.subject, "Marcus asks you for feedback");
    assert!(!email.text.contains("pace") && !email.html.contains("SECOND"));

    // Priya finds it over the form, and on her list; when she has shared hers, it waits no longer.
    let priya = app.browser_of(world.priya.person).await;
    priya.get(&list).await.says("Marcus asks you by").says(LINE).does_not_say("Nothing waits for you");
    let write = priya.open(&link_in(email)).await;
    write.says("Marcus asked you by").says("On Speaking pace").says(LINE);
    let written = Uuid::now_v7().to_string();
    let (marcus_id, on, box_name) =
        (world.marcus.participation.to_string(), day(-7), format!("situation-{}", elements[0]));
    let behaviour = format!("behaviour-{}", elements[0]);
    let words = [
        ("id", written.as_str()),
        ("to", &marcus_id),
        ("format", "sbi"),
        ("occasion", "elsewhere"),
        ("happened_on", &on),
        (&box_name, "Minute eighteen"),
        (&behaviour, "You read it once"),
    ];
    priya.post(&format!("{list}/new"), &words).await.is(303);
    priya.get(&list).await.says("Marcus asks you");
    priya.post(&format!("{list}/{written}/share"), &[]).await.is(303);
    priya.get(&list).await.does_not_say("Marcus asks you");

    // Hana cannot now; nobody else sees that anything was asked.
    let hana = app.browser_of(world.hana.person).await;
    let asks = format!("{}/feedback-asks", world.group_path());
    let of_hana: Uuid = sqlx::query_scalar("select id from feedback_asks where giver_id = $1")
        .bind(world.hana.participation)
        .fetch_one(&app.app.db)
        .await
        .unwrap();
    // It is not Priya's to put off, nor Hana's to take back.
    priya.post(&format!("{asks}/{of_hana}/not-now"), &[]).await.is(404);
    hana.post(&format!("{asks}/{of_hana}/take-back"), &[]).await.is(303);
    marcus.get(&list).await.says("Hana by").does_not_say("Priya by");
    hana.post_and_follow(&format!("{asks}/{of_hana}/not-now"), &[]).await.does_not_say("Marcus asks you");
    marcus.get(&list).await.does_not_say("You asked");
    app.browser_of(world.imogen).await.get(&world.group_path()).await.does_not_say(LINE);
    app.browser_of(world.tobias.person).await.get(&list).await.is(404);
}

/// What was asked before is replaced, what is taken back asks nobody, and the database holds the rest.
#[tokio::test]
async fn an_ask_is_replaced_taken_back_and_only_about_oneself() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (_, elements) = goal_with_elements(&app.app.db, &world, world.marcus, &["Speaking pace", "Opening"]).await;
    let marcus = app.browser_of(world.marcus.person).await;
    let ask = format!("{}/feedback/ask", world.group_path());
    let priya_id = world.priya.participation.to_string();
    for element in &elements {
        let (id, on) = (Uuid::now_v7().to_string(), element.to_string());
        marcus.post(&ask, &[("id", &id), ("from", &priya_id), ("on", &on)]).await.is(303);
    }
    let open: Vec<Uuid> =
        sqlx::query_scalar("select id from feedback_asks where state = 'open'").fetch_all(&app.app.db).await.unwrap();
    assert_eq!(open.len(), 1, "the later one holds");
    let back = format!("{}/feedback-asks/{}/take-back", world.group_path(), open[0]);
    marcus.post_and_follow(&back, &[]).await.says("You no longer ask for it").does_not_say("You asked");
    assert!(app.deliver_mail().await.is_empty(), "who was asked in vain is not written to");

    // Somebody of another group cannot be asked, nor about another's element.
    let tobias = world.tobias.participation.to_string();
    let (id, on) = (Uuid::now_v7().to_string(), elements[0].to_string());
    marcus.post(&ask, &[("id", &id), ("from", &tobias), ("on", &on)]).await.is(422);
    let priya = app.browser_of(world.priya.person).await;
    let hana = world.hana.participation.to_string();
    priya.post(&ask, &[("id", &id), ("from", &hana), ("on", &on)]).await.is(422);
    let refused = sqlx::query(
        "insert into feedback_asks (program_id, id, group_id, asker_id, giver_id, asked_at) values ($1, $2, $3, $4, $4, '2026-04-20T12:00Z')",
    )
    .bind(world.program)
    .bind(Uuid::now_v7())
    .bind(world.reading_room)
    .bind(world.priya.participation)
    .execute(&app.app.db)
    .await
    .unwrap_err();
    assert!(refused.to_string().contains("nobody_asks_themselves_for_feedback"));
}
