//! Priya fills her profile; who may read what is what the page says; two people are kept apart.
use crate::support::{Answer, TestApp, world::World};

fn week(day: usize, pairs: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let mut form = Vec::new();
    for at in 0..14_usize {
        let (from, to) = at.checked_sub(day * 2).and_then(|nth| pairs.get(nth)).copied().unwrap_or(("", ""));
        form.push(("from", from));
        form.push(("to", to));
    }
    form
}

fn said(more: Vec<(&'static str, &'static str)>) -> Vec<(&'static str, &'static str)> {
    let mut form = vec![
        ("wants", "Wait time, better questions"),
        ("offers", "Assessment rubrics"),
        ("title", "Instruction librarian"),
        ("department", "Teaching"),
        ("site", "North campus"),
    ];
    form.extend(more);
    form
}

async fn count(app: &TestApp, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(&app.app.db).await.unwrap()
}

#[tokio::test]
async fn a_profile_is_filled_by_its_owner_and_read_by_whom_it_says() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let theme = uuid::Uuid::now_v7();
    sqlx::query("insert into themes values ($1, $2, '2026-02-01', '2026-02-28', 'Assessment', 'How do we know?')")
        .bind(world.program)
        .bind(theme)
        .execute(&app.app.db)
        .await
        .unwrap();
    let priya = app.browser_of(world.priya.person).await;
    let path = format!("{}/profile", world.program_path());
    priya
        .get(&path)
        .await
        .is(200)
        .says("The coordinators and your group read these.")
        .says("You alone read this list. Coordinators are told only that two people are not to be in one group")
        .says("In your time zone, America/Chicago.");

    // Nobody is forced to fill anything.
    priya.post_and_follow(&path, &week(0, &[])).await.is(200).says("Your profile is saved.");
    // A time without its end, the wrong way round, and twice: each at its day, nothing written, all typed kept.
    for (pairs, words) in [
        (vec![("09:00", "")], "Tuesday: enter both times, such as 09:00 and 11:30, or neither"),
        (vec![("11:00", "09:00")], "Tuesday: the second time must come after the first"),
        (vec![("09:00", "11:00"), ("10:00", "12:00")], "Tuesday: the two times overlap; make them one"),
        (vec![("25:00", "26:00")], "Tuesday: enter both times"),
    ] {
        let page = priya.post(&path, &said(week(1, &pairs))).await;
        page.is(422).says(words);
        assert!(page.html.contains("Wait time, better questions"), "what was typed is kept");
    }
    assert_eq!(count(&app, "select count(*) from availability").await, 0);
    assert_eq!(count(&app, "select count(*) from participations where wants <> ''").await, 0);

    let id = theme.to_string();
    let mut form: Vec<(&str, &str)> = said(week(1, &[("14:00", "16:30"), ("09:00", "11:00")]));
    form.push(("themes", &id));
    form.push(("themes", "not an id"));
    for _ in 0..2 {
        let page = priya.post_and_follow(&path, &form).await;
        page.is(200);
        assert!(page.html.contains(r#"id="from-2" name="from" value="09:00""#), "{}", page.html);
    }
    assert_eq!(count(&app, "select count(*) from availability where weekday = 2").await, 2);
    assert_eq!(count(&app, "select count(*) from participation_themes").await, 1);

    // Her group reads it, another does not.
    let marcus = app.browser_of(world.marcus.person).await;
    let profiles = format!("{}/profiles", world.group_path());
    marcus
        .get(&profiles)
        .await
        .is(200)
        .says("Instruction librarian, Teaching, North campus")
        .says("Wait time, better questions")
        .says("Tuesday 09:00–11:00 and 14:00–16:30 in America/Chicago")
        .says("Assessment");
    app.browser_of(world.tobias.person).await.get(&profiles).await.is(404);

    // A coordinator reads and mends it, and that leaves a row in the history.
    let imogen = app.browser_of(world.imogen).await;
    let hers = format!("{}/people/{}/profile", world.program_path(), world.priya.participation);
    imogen.get(&hers).await.is(200).says("In Priya’s time zone, America/Chicago.").does_not_say("Not with</h2>");
    imogen.get(&hers).await.says("The coordinators and their group read these.").does_not_say("your group");
    imogen.post(&hers, &[("title", &"x".repeat(121))]).await.is(422);
    imogen.post_and_follow(&hers, &said(vec![("site", "South campus")])[..4]).await.says("The profile is saved.");
    assert_eq!(count(&app, "select count(*) from history where action = 'profile_changed'").await, 1);
    // Until the program is archived.
    sqlx::query("update programs set state = 'archived'").execute(&app.app.db).await.unwrap();
    imogen.post(&hers, &said(Vec::new())).await.is(403);
    priya.get(&path).await.is(200).says("Profiles stay as they are.");
}

fn group_form(page: &Answer, people: &[String]) -> Vec<(String, String)> {
    let mut form = vec![
        ("id".to_owned(), page.field("id")),
        ("name".to_owned(), "New Arrivals".to_owned()),
        ("focus".to_owned(), String::new()),
        ("home_time_zone".to_owned(), "America/Chicago".to_owned()),
        ("meeting_minutes".to_owned(), "60".to_owned()),
    ];
    form.extend(people.iter().map(|id| ("members".to_owned(), id.clone())));
    form
}

#[tokio::test]
async fn who_would_rather_not_meet_is_kept_apart_and_nobody_learns_who_asked() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    sqlx::query("update programs set approval_required = false").execute(&app.app.db).await.unwrap();
    sqlx::query("delete from memberships where participation_id = $1")
        .bind(world.wren.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    let wren = app.browser_of(world.wren.person).await;
    let path = format!("{}/profile/not-with", world.program_path());
    wren.get(&format!("{path}?name=n")).await.is(200).does_not_say("Nadia");
    wren.get(&format!("{path}?name=nad")).await.is(200).says("Nadia Brightwater").does_not_say("Priya");
    wren.get(&format!("{path}?name=%25%25")).await.is(200).says("Nobody else in this program has");
    wren.post(&path, &[]).await.is(422).says("Find somebody by name, then choose them");
    let nadia = world.nadia.participation.to_string();
    wren.post_and_follow(&path, &[("add", &nadia)]).await.says("Noted.").says("Nadia Brightwater");
    wren.post_and_follow(&path, &[("add", &nadia)]).await.says("Nothing changed.");
    // Not oneself, and nobody of nowhere.
    wren.post_and_follow(&path, &[("add", &world.wren.participation.to_string())]).await.says("Nothing changed.");
    wren.post_and_follow(&path, &[("add", &uuid::Uuid::now_v7().to_string())]).await.says("Nothing changed.");
    assert_eq!(count(&app, "select count(*) from not_with").await, 1);
    assert_eq!(count(&app, "select count(*) from history").await, 0, "it leaves no row in the history");

    // Nadia is told nothing; the coordinator reads the pair, by name.
    let other = app.browser_of(world.nadia.person).await;
    other.get(&format!("{}/profile", world.program_path())).await.does_not_say("Wren");
    other.get(&path).await.says("Nobody is on it.");
    let imogen = app.browser_of(world.imogen).await;
    imogen
        .get(&format!("{}/kept-apart", world.program_path()))
        .await
        .is(200)
        .says("Nadia Brightwater and Wren Abernathy");
    imogen
        .get(&format!("{}/people/{}/profile", world.program_path(), world.wren.participation))
        .await
        .does_not_say("Nadia");

    // They are not put into one group, and it is said at the field.
    let groups = format!("{}/groups", world.program_path());
    let page = imogen.get(&groups).await;
    let form = group_form(&page, &[world.wren.participation.to_string(), nadia.clone()]);
    let sent: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    imogen.post(&groups, &sent).await.is(422).says("Nadia Brightwater and Wren Abernathy are not to be in one group");
    assert_eq!(count(&app, "select count(*) from groups").await, 2);
    // Wren thinks again.
    wren.post_and_follow(&path, &[("remove", &nadia)]).await.says("Nobody is on it.");
    imogen.post_and_follow(&groups, &sent).await.is(200).says("New Arrivals");
}
