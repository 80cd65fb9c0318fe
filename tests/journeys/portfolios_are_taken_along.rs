//! Priya takes along what she reached, made, saw and was told, as far as those who told her agree.
use crate::nothing_leaks::MARKER;
use crate::support::{
    TestApp, email_to, link_in,
    world::{World, goal_with_elements},
};
use time::Duration;
use uuid::Uuid;

/// What is Priya's: a goal she reached, two products, a trip she wrote about, and feedback from Marcus.
struct Things {
    goal: Uuid,
    product: Uuid,
    hidden: Uuid,
    trip: Uuid,
    feedback: Uuid,
}

async fn things(app: &TestApp, world: &World) -> Things {
    let (goal, elements) = goal_with_elements(&app.app.db, world, world.priya, &["Wait time"]).await;
    let (product, hidden, trip, feedback) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
    let sql = [
        "update goals set state = 'achieved', closed_on = '2026-04-10', reflection = 'I wait longer now' where id = $5",
        "insert into products (program_id, id, group_id, goal_id, owner_id, title, link, state, created_at)
         values ($1, $6, $2, $5, $3, 'Lesson plan', 'https://larkspur.example/plan', 'in_use', '2026-04-01T12:00Z')",
        "insert into products (program_id, id, group_id, goal_id, owner_id, title, link, state, created_at)
         values ($1, $7, $2, $5, $3, 'quillwort', '', 'drafted', '2026-04-02T12:00Z')",
        "insert into field_trips (program_id, id, group_id, kind, by_video, away, purpose, on_date, place, state, created_by,
             created_at, worded_at, completed_on, reported_on, learned, reported_by)
         values ($1, $8, $2, 'site_visit', false, true, 'See the desk', '2026-03-10', 'Brookfield', 'reported', $3,
             '2026-02-01T12:00Z', '2026-02-01T12:00Z', '2026-03-10', '2026-03-12', 'Two desks beat one', $3)",
        "insert into trip_goers (program_id, trip_id, participation_id) values ($1, $8, $3)",
        "insert into feedback (program_id, id, group_id, giver_id, receiver_id, mode, format, happened_on, state, created_at,
             shared_at, opened_at, answered_at)
         values ($1, $9, $2, $4, $3, 'written', 'free', '2026-04-02', 'answered', '2026-04-02T12:00Z', '2026-04-03T12:00Z',
             '2026-04-04T12:00Z', '2026-04-05T12:00Z')",
        "insert into feedback_texts (program_id, feedback_id, receiver_id, element_id, words, answer)
         values ($1, $9, $3, $10, '{\"text\": \"You waited nine seconds\"}', 'thanks')",
    ];
    for statement in sql {
        // Every statement is given everything; what it does not name is cast away.
        let whole = format!(
            "with given as (select $1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6::uuid, $7::uuid, $8::uuid, $9::uuid, $10::uuid) {statement}"
        );
        sqlx::query(sqlx::AssertSqlSafe(whole))
            .bind(world.program)
            .bind(world.reading_room)
            .bind(world.priya.participation)
            .bind(world.marcus.participation)
            .bind(goal)
            .bind(product)
            .bind(hidden)
            .bind(trip)
            .bind(feedback)
            .bind(elements[0])
            .execute(&app.app.db)
            .await
            .unwrap_or_else(|error| panic!("{error}: {statement}"));
    }
    Things { goal, product, hidden, trip, feedback }
}

#[tokio::test]
async fn nothing_is_in_until_it_is_ticked_and_nobody_else_reads_it() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let of = things(&app, &world).await;
    let priya = app.browser_of(world.priya.person).await;
    let path = format!("{}/portfolio", world.program_path());
    let page = priya.get(&path).await;
    page.is(200).says("Nothing yet").says("A goal").says("Lesson plan").says("Site visit").says("Brookfield");
    assert!(!page.html.contains(" checked"), "nothing by default");
    page.does_not_say("Two desks beat one").does_not_say("You waited nine seconds");
    priya.get(&format!("{path}/print")).await.says("Nothing stands in this portfolio").does_not_say("Lesson plan");

    // Feedback is not offered yet, and a tick of it is passed over; a tick of nothing we know is refused.
    let ticks = [("goal", of.goal), ("product", of.product), ("trip", of.trip), ("feedback", of.feedback)]
        .map(|(kind, id)| format!("{kind}:{id}"));
    let form: Vec<(&str, &str)> = ticks.iter().map(|tick| ("item", tick.as_str())).collect();
    priya.post_and_follow(&path, &form).await.says("Your portfolio holds what you ticked");
    priya.post(&path, &[("item", "secret:1")]).await.is(400);
    let print = priya.get(&format!("{path}/print")).await;
    print
        .says("Priya Whitlock")
        .says("Lesson plan")
        .says("I wait longer now")
        .says("Two desks beat one")
        .says("Brookfield");
    print.does_not_say("You waited nine seconds").does_not_say(MARKER);
    assert!(!print.html.contains("<nav"), "no navigation");

    // As one file that reaches for nothing, and as data.
    let file = priya.get(&format!("{path}/file.html")).await;
    file.is(200).says("Lesson plan").does_not_say(MARKER);
    assert!(file.html.contains("<style>") && !file.html.contains("/assets/") && !file.html.contains("<script"));
    let json: serde_json::Value = serde_json::from_str(&priya.get(&format!("{path}/file.json")).await.html).unwrap();
    assert_eq!(json["name"], "Priya Whitlock");
    assert_eq!(json["goals"][0]["reflection"], "I wait longer now");
    assert_eq!(json["products"].as_array().unwrap().len(), 1);
    assert_eq!(json["trips"][0]["learned"], "Two desks beat one");
    assert!(json["feedback"].as_array().unwrap().is_empty());

    // Another's things cannot be ticked by guessing: Marcus has nothing of hers.
    let marcus = app.browser_of(world.marcus.person).await;
    marcus.post(&path, &form).await.is(303);
    marcus.get(&format!("{path}/print")).await.says("Nothing stands in this portfolio");
    // What is in is exactly what was ticked last.
    priya.post(&path, &[("item", ticks[1].as_str())]).await.is(303);
    priya.get(&format!("{path}/print")).await.says("Lesson plan").does_not_say("I wait longer now");
    assert_ne!(of.hidden, of.product);
}

#[tokio::test]
async fn feedback_goes_in_with_its_givers_yes_and_leaves_with_it() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let of = things(&app, &world).await;
    let priya = app.browser_of(world.priya.person).await;
    let marcus = app.browser_of(world.marcus.person).await;
    let hana = app.browser_of(world.hana.person).await;
    let path = format!("{}/portfolio", world.program_path());
    let (ask, answer) = (format!("{path}/ask/{}", of.feedback), format!("{path}/answer/{}", of.feedback));
    let (yes, no) = ([("answer", "yes")], [("answer", "no")]);
    let item = format!("feedback:{}", of.feedback);
    let tick = [("item", item.as_str())];

    marcus.get(&format!("{path}/asked")).await.says("Nobody has asked to show feedback");
    marcus.post(&answer, &yes).await.is(404);
    // Only its receiver asks, and once.
    marcus.post(&ask, &[]).await.is(404);
    hana.post(&ask, &[]).await.is(404);
    priya.post_and_follow(&ask, &[]).await.says("Asked.").says("asked, no answer yet");
    priya.post(&ask, &[]).await.is(303);
    let emails = app.deliver_mail().await;
    assert_eq!(emails.len(), 1);
    let email = email_to(&emails, "marcus@larkspur.example");
    assert_eq!(email.subject, "Priya Whitlock would like to show feedback of yours");
    assert!(!email.text.contains("nine seconds") && !email.html.contains("Wait time"));
    priya.post(&path, &tick).await.is(303);
    priya.get(&format!("{path}/print")).await.does_not_say("You waited nine seconds");

    // Only its giver answers.
    priya.post(&answer, &yes).await.is(404);
    hana.post(&answer, &yes).await.is(404);
    marcus.post(&answer, &[("answer", "perhaps")]).await.is(400);
    marcus.get("/").await.says("Somebody would like to show your feedback");
    marcus.open(&link_in(email)).await.says("To Priya Whitlock").says("Waits for your answer");
    marcus.post_and_follow(&answer, &yes).await.says("it is not in the portfolio now");
    marcus.get("/").await.does_not_say("would like to show");
    priya.get(&path).await.says("Feedback whose giver agreed").says("From Marcus");
    priya.get(&format!("{path}/print")).await.does_not_say("You waited nine seconds");
    priya.post(&path, &tick).await.is(303);
    priya.get(&format!("{path}/print")).await.says("From Marcus").says("You waited nine seconds");
    marcus.get(&format!("{path}/asked")).await.says("it stands in the portfolio now");
    priya.post(&format!("{path}/share"), &[("lives", "30")]).await.is(200);
    let link = shared_link(&priya.post(&format!("{path}/share"), &[("lives", "30")]).await.html);
    app.browser().open(&link).await.says("You waited nine seconds");

    // Taken back, it is nowhere any more; a later yes does not put it back by itself.
    marcus.post_and_follow(&answer, &no).await.says("You said no");
    app.browser().open(&link).await.does_not_say("You waited nine seconds");
    priya.get(&format!("{path}/print")).await.does_not_say("You waited nine seconds");
    priya.get(&path).await.says("it stays between the two of you");
    marcus.post(&answer, &yes).await.is(303);
    app.browser().open(&link).await.does_not_say("You waited nine seconds");
    // What is reported is not shown meanwhile, whatever was said before.
    priya.post(&path, &tick).await.is(303);
    app.browser().open(&link).await.says("You waited nine seconds");
    sqlx::query("update feedback set reported_at = '2026-04-20T12:00Z' where id = $1")
        .bind(of.feedback)
        .execute(&app.app.db)
        .await
        .unwrap();
    app.browser().open(&link).await.does_not_say("You waited nine seconds");
}

fn shared_link(html: &str) -> String {
    html.split("readonly value=\"").nth(1).expect("the page shows its link").split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_link_shows_what_is_ticked_until_it_ends() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let of = things(&app, &world).await;
    let priya = app.browser_of(world.priya.person).await;
    let path = format!("{}/portfolio", world.program_path());
    priya.post(&path, &[("item", &format!("product:{}", of.product))]).await.is(303);
    let share = format!("{path}/share");
    priya.post(&share, &[]).await.is(422).says("Choose how long the link lives");
    priya.post(&share, &[("lives", "1000")]).await.is(422);
    let made = priya.post(&share, &[("lives", "30")]).await;
    made.is(200).says("it is shown this once").says("Its last day is 20 May 2026");
    let link = shared_link(&made.html);
    let later = priya.get(&path).await;
    later.says("A link is in force. Its last day is 20 May 2026");
    let secret = link.rsplit('/').next().unwrap();
    assert!(!later.html.contains(secret), "shown once");
    let kept: i64 = sqlx::query_scalar("select count(*) from link_secrets where encode(secret_hash, 'hex') = $1")
        .bind(secret)
        .fetch_one(&app.app.db)
        .await
        .unwrap();
    assert_eq!(kept, 0, "only a hash is kept");

    let anybody = app.browser();
    let page = anybody.open(&link).await;
    page.is(200).says("Priya Whitlock").says("Lesson plan").does_not_say(MARKER).does_not_say("I wait longer now");
    assert!(page.html.contains("noindex") && !page.html.contains("<nav"));
    let clean = anybody.get(&link).await.location.unwrap();
    assert!(!clean.contains(secret));
    app.browser().get(&clean).await.is(404);
    app.browser().get(&format!("/portfolio/{}", "0".repeat(64))).await.is(404);
    app.browser().head(&link).await;

    // Another link ends the first; an ended one says so, by either address.
    let second = shared_link(&priya.post(&share, &[("lives", "90")]).await.html);
    app.browser().get(&link).await.is(410).says("This is no longer shared");
    anybody.get(&clean).await.is(410);
    app.browser().open(&second).await.is(200);
    priya.post_and_follow(&format!("{path}/end-link"), &[]).await.says("The link has ended");
    app.browser().get(&second).await.is(410);
    // And by its last day.
    let third = shared_link(&priya.post(&share, &[("lives", "30")]).await.html);
    app.advance(Duration::days(30));
    app.browser().open(&third).await.is(200);
    app.advance(Duration::days(1));
    app.browser().get(&third).await.is(410);
}

#[tokio::test]
async fn whoever_has_left_keeps_their_portfolio_and_whoever_is_erased_does_not() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let of = things(&app, &world).await;
    let priya = app.browser_of(world.priya.person).await;
    let path = format!("{}/portfolio", world.program_path());
    let product = format!("product:{}", of.product);
    let form = [("item", product.as_str())];
    for (state, left) in [("completed", true), ("withdrawn", true)] {
        sqlx::query("update participations set state = $1, ended_on = '2026-04-18' where id = $2")
            .bind(state)
            .bind(world.priya.participation)
            .execute(&app.app.db)
            .await
            .unwrap();
        if left {
            sqlx::query("update memberships set left_on = '2026-04-18' where participation_id = $1")
                .bind(world.priya.participation)
                .execute(&app.app.db)
                .await
                .unwrap();
        }
        assert_eq!(priya.get("/").await.link("Your portfolio from Peer Mentoring, Spring 2026"), path);
        priya.get(&path).await.is(200).says("Lesson plan").says("Site visit").does_not_say("Brookfield");
        priya.post(&path, &form).await.is(303);
        priya.get(&format!("{path}/print")).await.says("Lesson plan");
        priya.get(&format!("{}/letter", world.program_path())).await.is(200).says("Took part until");
    }
    let link = shared_link(&priya.post(&format!("{path}/share"), &[("lives", "365")]).await.html);
    app.browser().open(&link).await.is(200).says("Lesson plan");
    let typed = [("email", "priya@larkspur.example")];
    priya.post("/account/erase", &typed).await.is(303);
    app.browser().get(&link).await.is(404);
    let left: i64 = sqlx::query_scalar("select count(*) from portfolio_items").fetch_one(&app.app.db).await.unwrap();
    assert_eq!(left, 0);
    app.deliver_mail().await;
}

#[tokio::test]
async fn the_letter_counts_what_one_came_to() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    things(&app, &world).await;
    for (day, minutes, came) in [(2, 60, true), (9, 45, true), (16, 60, false)] {
        let id = Uuid::now_v7();
        sqlx::query(
            "insert into meetings (program_id, id, group_id, starts_at, ends_at, starts_local, time_zone, mode, state, created_by,
                 created_at, logged_by, logged_at, actual_minutes)
             select $1, $2, $3, d, d + interval '1 hour', d at time zone 'America/Chicago', 'America/Chicago', 'online', 'held',
                    $4, d, $4, d, $5 from (select '2026-02-01T17:00Z'::timestamptz + make_interval(days => $6)) t (d)",
        )
        .bind(world.program)
        .bind(id)
        .bind(world.reading_room)
        .bind(world.priya.participation)
        .bind(minutes)
        .bind(day)
        .execute(&app.app.db)
        .await
        .unwrap();
        if came {
            sqlx::query("insert into attendances (program_id, meeting_id, participation_id) values ($1, $2, $3)")
                .bind(world.program)
                .bind(id)
                .bind(world.priya.participation)
                .execute(&app.app.db)
                .await
                .unwrap();
        }
    }
    let letter = format!("{}/letter", world.program_path());
    let priya = app.browser_of(world.priya.person).await;
    let page = priya.get(&letter).await;
    page.is(200).says("Priya Whitlock took part in Peer Mentoring, Spring 2026").says("Reading Room");
    page.says("Two meetings, 1 hour 45 minutes together").says("One day").says("Lesson plan");
    app.browser_of(world.hana.person)
        .await
        .get(&letter)
        .await
        .says("Hana")
        .does_not_say("Priya")
        .does_not_say("Lesson plan");
    app.browser_of(world.imogen).await.get(&letter).await.is(403);
}
