//! After a meeting: who came, where the minutes went, what goes on next time.
use super::support::{
    Answer, Browser, TestApp,
    world::{self, World, goal_with_elements},
};
use time::Duration;

/// A meeting about goals, whether it is the first or not.
async fn set(by: &Browser<'_>, world: &World, date: &str) -> String {
    let new = format!("{}/meetings/new", world.group_path());
    let form = [("date", date), ("time", "12:00"), ("minutes", "60"), ("mode", "in_person"), ("place", "Lab")];
    let path = by.post(&new, &form).await.location.unwrap();
    let page = by.get(&path).await;
    if page.html.contains("Our rhythm: when and where we meet") {
        let rest = page.html.split_once("/template\"").unwrap().1;
        let was = rest.split_once("name=\"was\" value=\"").unwrap().1.split('"').next().unwrap();
        by.post(&format!("{path}/template"), &[("template", "goal"), ("was", was)]).await.is(303);
    }
    path
}

/// A meeting of the Reading Room on 4 May, and where it is.
async fn planned(app: &TestApp) -> (World, String) {
    let world = World::build(app).await;
    goal_with_elements(&app.app.db, &world, world.priya, &["Pace"]).await;
    let path = set(&app.browser_of(world.hana.person).await, &world, "2026-05-04").await;
    app.deliver_mail().await;
    (world, path)
}

/// The names of the minutes' boxes, in order.
fn boxes(page: &Answer) -> Vec<String> {
    page.html.split("name=\"m-").skip(1).map(|part| part.split('"').next().unwrap().to_owned()).collect()
}

/// A log with these minutes; an empty box comes with its fate.
fn log(page: &Answer, minutes: &[(&str, &str)], rest: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut form: Vec<(String, String)> = Vec::new();
    for (id, (minutes, fate)) in boxes(page).iter().zip(minutes) {
        form.push((format!("m-{id}"), (*minutes).to_owned()));
        form.push((format!("f-{id}"), (*fate).to_owned()));
    }
    form.extend(rest.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    form
}

async fn post(by: &Browser<'_>, path: &str, form: &[(String, String)]) -> Answer {
    let form: Vec<_> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    by.post(path, &form).await
}

const AS_PLANNED: [(&str, &str); 4] = [("5", ""), ("40", ""), ("10", ""), ("5", "")];

#[tokio::test]
async fn a_meeting_is_logged_in_a_minute_and_the_next_one_is_set() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    goal_with_elements(&app.app.db, &world, world.priya, &["Pace"]).await;
    let hana = app.browser_of(world.hana.person).await;
    let path = set(&hana, &world, "2026-05-04").await;
    let log_path = format!("{path}/log");
    // Not before it has begun.
    hana.get(&log_path).await.is(200).says("still to come");
    post(&hana, &log_path, &[("came".into(), "all".into())]).await.is(422).says("still to come");
    hana.post(&format!("{path}/not-held"), &[("reason", "illness")]).await.is(422).says("still to come");

    app.advance(Duration::days(14) + Duration::hours(4));
    app.deliver_mail().await;
    hana.get(&path).await.says("How was it?");
    let page = hana.get(&log_path).await;
    page.is(200)
        .says("How was Monday 4 May?")
        .says("All three of us")
        .says("Imogen and Teodor, who coordinate")
        .says("Monday 25 May, 12:00");
    assert!(!page.html.contains("checked"), "nothing is preselected");

    // All that is missing is said at once.
    let empty = post(&hana, &log_path, &log(&page, &[("5", ""), ("", ""), ("ten", ""), ("5", "")], &[])).await;
    empty
        .is(422)
        .says("Say who came")
        .says("Say what happens to")
        .says("Enter whole minutes")
        .says("Choose “No notes”");
    // One is no meeting, and who is not of the group was not there.
    let (me, priya) = (world.hana.participation.to_string(), world.priya.participation.to_string());
    let alone = log(&page, &AS_PLANNED, &[("came", "some"), ("p", &me), ("note", "none")]);
    post(&hana, &log_path, &alone).await.is(422).says("at least two of you");
    let wren = world.wren.participation.to_string();
    let stranger = log(&page, &AS_PLANNED, &[("came", "some"), ("p", &me), ("p", &wren), ("note", "none")]);
    post(&hana, &log_path, &stranger).await.is(422).says("who belonged to the group that day");
    let day_long = log(&page, &[("360", ""), ("360", ""), ("10", ""), ("5", "")], &[("came", "all"), ("note", "none")]);
    post(&hana, &log_path, &day_long).await.is(422).says("twelve hours");
    let held: i64 = sqlx::query_scalar("select count(*) from attendances").fetch_one(&app.app.db).await.unwrap();
    assert_eq!(held, 0);

    // Goal work was put off; the next meeting takes it.
    let next_id = page.field("next_id");
    let form = log(
        &page,
        &[("6", ""), ("", "carried"), ("41", ""), ("5", "")],
        &[
            ("came", "some"),
            ("p", &me),
            ("p", &priya),
            ("note", "line"),
            ("line", "Bring the timing sheet"),
            ("next", "2026-05-25T12:00"),
            ("next_id", &next_id),
        ],
    );
    let done = post(&hana, &log_path, &form).await;
    assert_eq!(done.status, 303, "{}", done.text());
    // Sent twice, nothing happens twice.
    assert_eq!(post(&hana, &log_path, &form).await.status, 303);
    hana.get(&path)
        .await
        .says("Two of you met, for 52 minutes.")
        .says("Bring the timing sheet")
        .says("put off to the next meeting");
    let next = hana.get(&format!("{}/meetings/{next_id}", world.group_path())).await;
    next.says("Plan Monday 25 May").says("60 of 60 minutes").says("from last time");
    assert_eq!(next.text().matches("from last time").count(), 1);
    assert_eq!(app.deliver_mail().await.len(), 3, "the next meeting is told once");
    let list = hana.get(&format!("{}/meetings", world.group_path())).await;
    list.says("You have met once. Next is Monday 25 May.")
        .says("You spent 52 minutes together, of 60 planned. Catching up took 41 minutes and you had kept 10 for it")
        .says("10 → 41");
    // An agenda that was let run over is what was planned, in the list as in the sentence.
    let plan_more = |by: i32| {
        sqlx::query("update agenda_items set planned_minutes = planned_minutes + $1 where kind = 'goal_work' and state = 'carried'").bind(by)
    };
    plan_more(10).execute(&app.app.db).await.unwrap();
    let list = hana.get(&format!("{}/meetings", world.group_path())).await;
    list.says("of 70 planned").says("52 of 70");
    plan_more(-10).execute(&app.app.db).await.unwrap();

    // Any of them may change it: the item was done after all, so the next meeting gives it back.
    let marcus = app.browser_of(world.marcus.person).await;
    let page = marcus.get(&log_path).await;
    assert!(page.html.contains("Bring the timing sheet"));
    let changed = log(&page, &[("6", ""), ("20", ""), ("10", ""), ("5", "")], &[("came", "all"), ("note", "none")]);
    assert_eq!(post(&marcus, &log_path, &changed).await.status, 303);
    marcus.get(&path).await.says("Three of you met, for 41 minutes.").does_not_say("timing sheet");
    marcus.get(&format!("{}/meetings/{next_id}", world.group_path())).await.does_not_say("from last time");

    // For fourteen days; then it can only be read.
    app.advance(Duration::days(14));
    marcus.get(&log_path).await.is(200);
    app.advance(Duration::days(1));
    post(&marcus, &log_path, &changed).await.is(422).says("can only be read now");
    marcus.post(&format!("{path}/not-held"), &[("reason", "other")]).await.is(422).says("can only be read now");
    app.browser_of(world.tobias.person).await.get(&log_path).await.is(404);
    post(&app.browser_of(world.imogen).await, &log_path, &changed).await.is(404);
}

#[tokio::test]
async fn a_missed_meeting_is_said_and_one_that_just_happened_is_logged() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let hana = app.browser_of(world.hana.person).await;
    let path = set(&hana, &world, "2026-04-21").await;
    app.advance(Duration::days(2));
    app.deliver_mail().await;
    hana.post(&format!("{path}/not-held"), &[("reason", "bored")]).await.is(422).says("Choose what came in between");
    hana.post_and_follow(&format!("{path}/not-held"), &[("reason", "illness")])
        .await
        .says("Did not meet. Someone was ill");

    // They met by chance, without an agenda, and two of three were there.
    let new = format!("{}/meetings/new?took_place=yes", world.group_path());
    let page = hana.get(&new).await;
    page.says("Log a meeting that took place");
    let id = page.field("id");
    let form = [
        ("id", id.as_str()),
        ("took_place", "yes"),
        ("date", "2026-04-22"),
        ("time", "08:00"),
        ("minutes", "45"),
        ("mode", "online"),
    ];
    let new = format!("{}/meetings/new", world.group_path());
    let page = hana.post_and_follow(&new, &form).await;
    page.says("How was Wednesday 22 April?").says("It counts with the 45 minutes");
    let both = world.priya.participation.to_string();
    let me = world.hana.participation.to_string();
    let log_path = format!("{}/meetings/{id}/log", world.group_path());
    let done = hana.post_and_follow(&log_path, &[("came", "some"), ("p", &me), ("p", &both), ("note", "none")]).await;
    done.says("Two of you met, for 45 minutes.");
    assert!(app.deliver_mail().await.is_empty(), "nobody is told of what is over");
    hana.get(&format!("{}/meetings", world.group_path())).await.says("Another 45 minutes had no agenda.");
    // One entered by mistake can be taken back; one that began cannot.
    let form =
        [("took_place", "yes"), ("date", "2026-04-20"), ("time", "08:00"), ("minutes", "45"), ("mode", "online")];
    let path = hana.post(&new, &form).await.location.unwrap();
    let path = path.trim_end_matches("/log").to_owned();
    hana.post_and_follow(&format!("{path}/cancel"), &[]).await.says("The meeting is cancelled.");
    hana.get(&format!("{path}/log")).await.says("was cancelled");
}

#[tokio::test]
async fn what_is_put_off_is_never_lost_and_never_twice() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let hana = app.browser_of(world.hana.person).await;
    let first = set(&hana, &world, "2026-04-21").await;
    let second = set(&hana, &world, "2026-05-05").await;
    app.advance(Duration::days(2));
    let page = hana.get(&format!("{first}/log")).await;
    page.says("is set already");
    let form = log(&page, &[("5", ""), ("", "carried"), ("10", ""), ("5", "")], &[("came", "all"), ("note", "none")]);
    assert_eq!(post(&hana, &format!("{first}/log"), &form).await.status, 303);
    hana.get(&second).await.says("from last time").says("60 of 60 minutes");
    // The second is called off: the item goes to the next one that is set.
    hana.post_and_follow(&format!("{second}/cancel"), &[]).await.is(200);
    let third = set(&hana, &world, "2026-05-12").await;
    let page = hana.get(&third).await;
    page.says("from last time");
    // Taken off there, it is let go for good.
    let id = page.html.split("/items/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let was = page.field("was");
    hana.post_and_follow(&format!("{third}/items/{id}"), &[("do", "remove"), ("was", &was)])
        .await
        .does_not_say("from last time");
    let fourth = set(&hana, &world, "2026-05-19").await;
    hana.get(&fourth).await.does_not_say("from last time");
}

#[tokio::test]
async fn who_joined_later_reads_when_they_met_and_not_what_was_written() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let db = &app.app.db;
    goal_with_elements(db, &world, world.marcus, &["Pace"]).await;
    sqlx::query("update goals set state = 'draft', agreed_on = null, title = 'Marcus’s own draft'")
        .execute(db)
        .await
        .unwrap();
    let priya = app.browser_of(world.priya.person).await;
    let path = set(&priya, &world, "2026-04-21").await;
    // A draft of one person is no goal of the others yet: neither a template nor a list tells of it.
    priya.get(&path).await.says("Find a goal to work on").does_not_say("own draft");
    app.browser_of(world.marcus.person).await.get(&path).await.says("Find a goal to work on").says("own draft");
    app.advance(Duration::days(2));
    let page = priya.get(&format!("{path}/log")).await;
    let said = [("came", "all"), ("note", "line"), ("line", "Said before Hana came")];
    assert_eq!(post(&priya, &format!("{path}/log"), &log(&page, &AS_PLANNED, &said)).await.status, 303);

    sqlx::query("update memberships set joined_on = '2026-04-22' where participation_id = $1")
        .bind(world.hana.participation)
        .execute(db)
        .await
        .unwrap();
    let hana = app.browser_of(world.hana.person).await;
    hana.get(&path)
        .await
        .says("This was before you joined.")
        .says("60 of 60 minutes")
        .does_not_say("Find a goal")
        .does_not_say("Said before")
        .does_not_say("In person: Lab");
    hana.get(&format!("{path}/log"))
        .await
        .says("before you joined")
        .does_not_say("Find a goal")
        .does_not_say("Said before");
    let form = log(&page, &AS_PLANNED, &[("came", "all"), ("note", "none")]);
    post(&hana, &format!("{path}/log"), &form).await.is(422).says("before you joined");
    hana.post(&format!("{path}/not-held"), &[("reason", "other")]).await.is(422).says("before you joined");
    let new = format!("{}/meetings/new", world.group_path());
    let early =
        [("took_place", "yes"), ("date", "2026-04-20"), ("time", "08:00"), ("minutes", "45"), ("mode", "online")];
    hana.post(&new, &early).await.is(422).says("You joined your group on 22 April 2026");
    priya.get(&path).await.says("Said before Hana came");
}

#[tokio::test]
async fn a_log_that_somebody_else_wrote_meanwhile_is_not_written_over_unseen() {
    let app = TestApp::start().await;
    let (world, path) = planned(&app).await;
    app.advance(Duration::days(14) + Duration::hours(6));
    let log_path = format!("{path}/log");
    let (hana, marcus) = (app.browser_of(world.hana.person).await, app.browser_of(world.marcus.person).await);
    let (hers, his) = (hana.get(&log_path).await, marcus.get(&log_path).await);
    let missed = marcus.get(&format!("{path}/not-held")).await;
    let was = |page: &Answer| page.field("was");
    let with = |page: &Answer, more: &[(&str, &str)]| {
        let was = was(page);
        let mut more: Vec<(&str, &str)> = more.to_vec();
        more.push(("was", &was));
        log(page, &AS_PLANNED, &more)
    };
    let first = with(&hers, &[("came", "all"), ("note", "line"), ("line", "Bring the timing sheet")]);
    assert_eq!(post(&hana, &log_path, &first).await.status, 303);
    // Pressed twice it says the same.
    assert_eq!(post(&hana, &log_path, &first).await.status, 303);

    // Marcus had his page open. He reads what Hana logged, and what he typed is still there.
    let over = post(&marcus, &log_path, &with(&his, &[("came", "all"), ("note", "none")])).await;
    over.is(422)
        .says("One of you logged this meeting while you wrote: Three of you, 60 minutes, “Bring the timing sheet”");
    let late = marcus.post(&format!("{path}/not-held"), &[("reason", "illness"), ("was", &was(&missed))]).await;
    late.is(422).says("One of you logged this meeting meanwhile: Three of you, 60 minutes");
    let notes = async || {
        sqlx::query_scalar::<_, String>("select state || ' ' || note from meetings")
            .fetch_one(&app.app.db)
            .await
            .unwrap()
    };
    assert_eq!(notes().await, "held Bring the timing sheet");
    // Having read it, he decides.
    assert_eq!(post(&marcus, &log_path, &with(&over, &[("came", "all"), ("note", "none")])).await.status, 303);
    assert_eq!(notes().await, "held ");
}

#[tokio::test]
async fn who_paused_later_was_there_and_who_was_paused_that_day_was_not() {
    let app = TestApp::start().await;
    let (world, path) = planned(&app).await;
    let pause = |who: world::Peer, from: &'static str, until: &'static str, state: &'static str| {
        sqlx::query(
            "update participations set paused_from = $2::date, paused_until = $3::date, state = $4 where id = $1",
        )
        .bind(who.participation)
        .bind(from)
        .bind(until)
        .bind(state)
        .execute(&app.app.db)
    };
    app.advance(Duration::days(16));
    // Priya's pause began the day after the meeting; Hana's ended the day after it.
    pause(world.priya, "2026-05-05", "2026-06-05", "on_hold").await.unwrap();
    pause(world.hana, "2026-04-27", "2026-05-05", "joined").await.unwrap();
    let page = app.browser_of(world.marcus.person).await.get(&format!("{path}/log")).await;
    page.is(200).says("Both of us").says("Priya").does_not_say("Hana");
}
