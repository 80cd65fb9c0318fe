//! A group sets themes of its own; nobody else reads them. A program's themes are set by its coordinators.
use crate::support::{
    Answer, TestApp,
    world::{World, day},
};
use time::Duration;

fn form<'a>(title: &'a str, question: &'a str, from: &'a str, to: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![("title", title), ("question", question), ("starts_on", from), ("ends_on", to)]
}

/// The path of a theme's form, and what it carries.
fn of(page: &Answer, title: &str) -> (String, String) {
    let row = page.html.split_once(&format!("<h3>{title}</h3>")).unwrap_or_else(|| panic!("{}", page.text())).1;
    let path = row.split_once("action=\"").unwrap().1.split('"').next().unwrap();
    let was = row.split_once("name=\"was\" value=\"").unwrap().1.split('"').next().unwrap();
    (path.to_owned(), was.to_owned())
}

#[tokio::test]
async fn any_of_them_sets_changes_and_takes_off() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (hana, priya) = (app.browser_of(world.hana.person).await, app.browser_of(world.priya.person).await);
    let themes = format!("{}/themes", world.group_path());
    let page = hana.get(&themes).await;
    page.says("Your group has set none.").says("Marcus, Priya and you can read these");
    let id = page.field("id");
    let mut first = form("Beginnings", "How do you begin?", "2026-04-20", "2026-05-03");
    first.push(("id", &id));
    hana.post_and_follow(&themes, &first).await.says("Beginnings How do you begin? 20 April to 3 May 2026. Now");
    // Pressed twice it is there once; the same form with other words is told so, and keeps them.
    hana.post(&themes, &first).await.is(303);
    first[0].1 = "Openings";
    let told = hana.post(&themes, &first).await;
    told.is(409).says("This form was sent before");
    assert!(told.html.contains("value=\"Openings\""));
    assert_ne!(told.html.rsplit_once("name=\"id\" value=\"").unwrap().1.split('"').next().unwrap(), id);

    // What cannot be is said at its field, with the rest kept.
    let refused = async |form: &[(&str, &str)], words: &str| {
        let answer = hana.post(&themes, form).await;
        answer.is(422).says(words);
        answer
    };
    let kept = refused(&form("Endings", "", "2026-05-04", "2026-05-10"), "Enter a question for this theme").await;
    assert!(kept.html.contains("value=\"Endings\""));
    refused(&form("Endings", "How?", "2026-05-10", "2026-05-04"), "cannot end before it starts").await;
    refused(
        &form("Endings", "How?", "2026-06-10", "2026-06-13"),
        "lies within the program, 12 January to 12 June 2026",
    )
    .await;
    refused(&form("Endings", "How?", "2026-05-03", "2026-05-10"), "Your group has another theme on one of these days")
        .await;
    refused(&form("Endings", "How?", "soon", "2026-05-10"), "first day of this theme").await;
    refused(&[("title", "\u{0}")], "Remove the characters").await;
    // Another group may have one on the same days.
    let tobias = app.browser_of(world.tobias.person).await;
    let theirs = format!("/programs/{}/groups/{}/themes", world.program, world.card_catalog);
    tobias.post_and_follow(&theirs, &form("Ours", "Why?", "2026-05-01", "2026-05-10")).await.says("Ours");
    let page = hana.post_and_follow(&themes, &form("Endings", "How do you end?", "2026-05-04", "2026-05-10")).await;

    // Two people at once: the later one reads both, and decides.
    let (path, was) = of(&page, "Endings");
    let mut change = form("Last words", "How do you end?", "2026-05-04", "2026-05-10");
    change.push(("was", &was));
    priya.post_and_follow(&path, &change).await.says("Last words");
    change[0].1 = "Farewells";
    let told = hana.post(&path, &change).await;
    told.is(409).says("Now it says: “Last words”, 4 May to 10 May 2026. How do you end?").says("Save mine instead");
    assert!(told.html.contains("value=\"Farewells\""));
    hana.post(&path, &[("do", "remove"), ("was", &was)]).await.is(409).says("Read it below");
    let fresh = of(&told, "Last words").1;
    let last = change.len() - 1;
    change[last].1 = &fresh;
    hana.post_and_follow(&path, &change).await.says("Farewells").does_not_say("Last words");
    change[3].1 = "2026-05-01";
    change[2].1 = "2026-05-01";
    let now = of(&hana.get(&themes).await, "Farewells").1;
    change[last].1 = &now;
    hana.post(&path, &change).await.is(422).says("another theme on one of these days");
    // Taken off while somebody writes: what was typed can be added anew.
    priya.post_and_follow(&path, &[("do", "remove"), ("was", &now)]).await.does_not_say("Farewells");
    priya.post(&path, &[("do", "remove"), ("was", &now)]).await.is(303);
    let told = hana.post(&path, &change).await;
    told.is(409).says("Somebody took this theme off while you wrote");
    assert!(told.html.contains("value=\"Farewells\""));

    // Nobody else has a way to them.
    for other in [world.tobias.person, world.imogen, world.teodor, world.site_admin, world.nadia.person] {
        let browser = app.browser_of(other).await;
        browser.get(&themes).await.is(404);
        browser.post(&themes, &form("Mine", "Why?", "2026-05-12", "2026-05-13")).await.is(404);
        browser.post(&path, &[("do", "remove")]).await.is(404);
    }
    // A theme of another group is not reached through one's own.
    let (foreign, was) = of(&tobias.get(&theirs).await, "Ours");
    let foreign = foreign.replace(&world.card_catalog.to_string(), &world.reading_room.to_string());
    hana.post(&foreign, &[("do", "remove"), ("was", &was)]).await.is(303);
    tobias.get(&theirs).await.says("Ours");
}

#[tokio::test]
async fn who_comes_later_reads_what_is_set_since() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let hana = app.browser_of(world.hana.person).await;
    let themes = format!("{}/themes", world.group_path());
    hana.post(&themes, &form("Quillwort", "What is quillwort?", "2026-04-20", "2026-05-10")).await.is(303);
    let on = day(14);
    let meets = [("date", on.as_str()), ("time", "12:00"), ("minutes", "60"), ("mode", "online")];
    let meeting = hana.post(&format!("{}/meetings/new", world.group_path()), &meets).await.location.unwrap();
    sqlx::query("update memberships set joined_on = '2026-04-21' where participation_id = $1")
        .bind(world.priya.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    app.advance(Duration::days(1));
    let priya = app.browser_of(world.priya.person).await;
    let page = priya.get(&themes).await;
    page.says("Set before you came 20 April to 10 May 2026").does_not_say("Quillwort").does_not_say("quillwort");
    let page = priya.get(&meeting).await;
    page.says("Your group set one for these days before you came.").does_not_say("uillwort");
    // A template that she uses gives the agenda no words that she cannot read.
    let rest = page.html.split_once("/template\"").unwrap().1;
    let was = rest.split_once("name=\"was\" value=\"").unwrap().1.split('"').next().unwrap();
    let form_of = [("template", "goal"), ("replace", "yes"), ("was", was)];
    priya.post_and_follow(&format!("{meeting}/template"), &form_of).await.says("Theme").does_not_say("uillwort");
    // She cannot put other words in its place, and may take it off; what is set since she reads.
    let (path, was) = of(&hana.get(&themes).await, "Quillwort");
    let mut over = form("Mine", "Why?", "2026-04-20", "2026-05-10");
    over.push(("was", &was));
    priya.post(&path, &over).await.is(422).says("set before you came").does_not_say("uillwort");
    let mut anew = form("Beginnings", "How do you begin?", "2026-04-20", "2026-05-10");
    anew.push(("was", &was));
    hana.post(&path, &anew).await.is(303);
    priya.get(&themes).await.says("Beginnings How do you begin?");
    priya.get(&meeting).await.says("How do you begin?");
}

#[tokio::test]
async fn a_coordinator_sets_themes_of_the_program_one_a_day() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let themes = format!("{}/settings/themes", world.program_path());
    let row = |id: &str, title: &str, from: &str, to: &str| {
        [
            ("theme_id", id),
            ("theme_title", title),
            ("theme_question", "Why?"),
            ("theme_starts", from),
            ("theme_ends", to),
        ]
        .map(|(name, value)| (name, value.to_owned()))
    };
    let post = async |rows: Vec<[(&'static str, String); 5]>| {
        let form: Vec<_> = rows.iter().flatten().map(|(name, value)| (*name, value.as_str())).collect();
        imogen.post(&themes, &form).await
    };
    let (one, two) = (uuid::Uuid::now_v7().to_string(), uuid::Uuid::now_v7().to_string());
    let refused =
        post(vec![row(&one, "Openings", "2026-02-01", "2026-03-10"), row(&two, "Endings", "2026-03-10", "2026-04-01")])
            .await;
    refused.is(422).says("“Openings” is on some of these days: 1 February to 10 March 2026. Each day has one theme");
    assert!(refused.html.contains("value=\"Endings\""));
    post(vec![row(&one, "Openings", "2026-02-01", "2026-03-10"), row(&two, "Endings", "2026-03-11", "2026-04-01")])
        .await
        .is(303);
    // Somebody is drawn to one of them; changed it stays theirs, taken off it is gone.
    sqlx::query("insert into participation_themes (program_id, participation_id, theme_id) values ($1, $2, $3::uuid)")
        .bind(world.program)
        .bind(world.nadia.participation)
        .bind(&two)
        .execute(&app.app.db)
        .await
        .unwrap();
    post(vec![row(&one, "First words", "2026-02-01", "2026-03-10"), row(&two, "Endings", "2026-03-11", "2026-04-02")])
        .await
        .is(303);
    let page = imogen.get(&themes).await;
    assert!(page.html.contains("value=\"First words\"") && page.html.contains("value=\"2026-04-02\""));
    post(vec![row(&one, "First words", "2026-02-01", "2026-03-10")]).await.is(303);
    let left: i64 = sqlx::query_scalar("select count(*) from themes").fetch_one(&app.app.db).await.unwrap();
    assert_eq!(left, 1);
}

#[tokio::test]
async fn the_database_keeps_the_rules_too() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let hana = app.browser_of(world.hana.person).await;
    let themes = format!("{}/themes", world.group_path());
    hana.post(&themes, &form("One", "Why?", "2026-04-20", "2026-04-30")).await.is(303);
    hana.post(&themes, &form("Two", "Why?", "2026-05-01", "2026-05-03")).await.is(303);
    for (statement, broken) in [
        ("update group_themes set ends_on = starts_on - 1", "a_theme_of_a_group_ends_when_it_starts_or_later"),
        ("update group_themes set title = ''", "a_theme_of_a_group_has_a_title_of_1_to_120_characters"),
        ("update group_themes set question = repeat('x', 301)", "a_theme_of_a_group_asks_in_1_to_300_characters"),
        ("update group_themes set ends_on = '2026-05-01' where title = 'One'", "a_group_has_one_theme_a_day"),
    ] {
        let error = sqlx::query(statement).execute(&app.app.db).await.unwrap_err();
        assert_eq!(error.as_database_error().unwrap().constraint(), Some(broken), "{statement}");
    }
}
