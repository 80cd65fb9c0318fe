//! "Not now": a coordinator puts a thing on her desk off; it comes back on its day, by a press, or when it gets worse.
//! And the five counts, each of which opens the rows that it counts.
use crate::happened::{self, MARKER};
use crate::support::{
    Answer, TestApp,
    world::{World, goal_with_elements},
};
use time::Duration;

async fn rows(app: &TestApp) -> i64 {
    sqlx::query_scalar("select count(*) from put_off_warnings").fetch_one(&app.app.db).await.unwrap()
}

/// What stands on the desk, without what is put off.
fn titles(desk: &Answer) -> Vec<String> {
    let page = scraper::Html::parse_document(&desk.html);
    let things = scraper::Selector::parse("section[aria-labelledby=h-desk] > ul.todo > li > div > h3").unwrap();
    page.select(&things).map(|title| title.text().collect()).collect()
}

/// What the page says that a thing is made of, as its form sends it back.
fn shown(desk: &Answer, thing: &str) -> String {
    let page = scraper::Html::parse_document(&desk.html);
    let forms = scraper::Selector::parse("form[action$=put-off]").unwrap();
    let value = |form: scraper::ElementRef<'_>, name: &str| {
        let field = scraper::Selector::parse(&format!("input[name={name}]")).unwrap();
        form.select(&field).next().and_then(|one| one.attr("value")).map(str::to_owned)
    };
    let of = page.select(&forms).find(|form| value(*form, "thing").as_deref() == Some(thing));
    of.and_then(|form| value(form, "shown")).unwrap_or_default()
}

#[tokio::test]
async fn a_thing_is_put_off_for_all_who_coordinate_and_comes_back_on_its_day() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (desk, put_off) = (world.program_path(), format!("{}/put-off", world.program_path()));
    let catalog = world.card_catalog.to_string();
    let imogen = app.browser_of(world.imogen).await;
    let page = imogen.get(&desk).await;
    let (before, seen, of_answer) = (titles(&page), shown(&page, &catalog), shown(&page, "unanswered"));
    assert_eq!(
        before,
        ["Card Catalog has not met yet", "Reading Room has not met yet", "One supervisor has not answered"]
    );

    // A day that cannot be: said at its field, with what was typed, and nothing is written.
    for (day, words) in [
        ("2026-04-20", "Choose a day after today"),
        ("2026-12-24", "Choose a day up to 21 July 2026"),
        ("", "Enter the day on which it comes back"),
        ("soon", "Enter the day on which it comes back as day, month and year"),
    ] {
        let page =
            imogen.post(&put_off, &[("thing", &catalog), ("shown", &seen), ("until", "day"), ("day", day)]).await;
        page.is(422).says(words);
        assert!(page.html.contains(&format!("value=\"{day}\"")), "what was typed stays");
        assert!(page.html.contains("<details class=\"opener\" open>"));
        assert_eq!(rows(&app).await, 0);
    }

    // It is not what she read any more: she looks again, and nothing is put off.
    let page =
        imogen.post_and_follow(&put_off, &[("thing", &catalog), ("shown", "no_date:0"), ("until", "2026-04-27")]).await;
    page.is(200).says("It has changed since you read it.");
    assert_eq!((rows(&app).await, titles(&page)), (0, before.clone()));

    // Two presses are one; the other coordinator sees who and until when.
    for _ in 0..2 {
        let page =
            imogen.post_and_follow(&put_off, &[("thing", &catalog), ("shown", &seen), ("until", "2026-04-27")]).await;
        page.is(200).says("Put off until Monday 27 April.");
    }
    let kept = rows(&app).await;
    let teodor = app.browser_of(world.teodor).await;
    let page = teodor.get(&desk).await;
    page.says("Put off: 1").says("Until Monday 27 April, by Imogen");
    assert_eq!(titles(&page), before[1..]);
    teodor.get("/").await.says("Two things on your desk.");
    teodor
        .post_and_follow(
            &put_off,
            &[("thing", "unanswered"), ("shown", &of_answer), ("until", "day"), ("day", "2026-04-22")],
        )
        .await;
    assert_eq!(rows(&app).await, kept + 1);
    assert_eq!(titles(&imogen.get(&desk).await), before[1..2]);

    // Each is back on its day, by itself.
    app.advance(Duration::days(2));
    assert_eq!(titles(&imogen.get(&desk).await), before[1..]);
    app.advance(Duration::days(5));
    assert_eq!(titles(&imogen.get(&desk).await), before);

    // Others have no business with it.
    for (who, status) in [(world.priya.person, 403), (world.olga, 404), (world.site_admin, 404)] {
        let other = app.browser_of(who).await;
        other.post(&put_off, &[("thing", &catalog), ("until", "2026-04-22")]).await.is(status);
        other.post(&format!("{desk}/bring-back"), &[("thing", &catalog)]).await.is(status);
    }
}

#[tokio::test]
async fn it_comes_back_when_it_gets_worse_or_is_asked_for() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (desk, put_off) = (world.program_path(), format!("{}/put-off", world.program_path()));
    let imogen = app.browser_of(world.imogen).await;
    let catalog = world.card_catalog.to_string();
    let seen = shown(&imogen.get(&desk).await, &catalog);
    imogen
        .post_and_follow(&put_off, &[("thing", &catalog), ("shown", &seen), ("until", "2026-05-04")])
        .await
        .says("Put off: 1");
    imogen.post_and_follow(&format!("{desk}/bring-back"), &[("thing", &catalog)]).await.says("It is back on the desk.");
    assert_eq!(rows(&app).await, 0);

    imogen.post_and_follow(&put_off, &[("thing", &catalog), ("shown", &seen), ("until", "2026-05-04")]).await;
    assert!(!titles(&imogen.get(&desk).await).iter().any(|title| title.starts_with("Card Catalog")));
    // Two dates came and went meanwhile: another kind about the same group.
    for day in ["2026-04-21", "2026-04-22"] {
        sqlx::query(
            "insert into meetings (program_id, id, group_id, starts_at, ends_at, starts_local, time_zone, mode, state, not_held_reason, created_by, created_at)
             values ($1, gen_random_uuid(), $2, ($3 || 'T17:00Z')::timestamptz, ($3 || 'T18:00Z')::timestamptz, ($3 || 'T12:00')::timestamp,
                'America/Chicago', 'in_person', 'not_held', 'other', $4, '2026-04-01T12:00Z')",
        )
        .bind(world.program)
        .bind(world.card_catalog)
        .bind(day)
        .bind(world.wren.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    }
    app.advance(Duration::days(4));
    assert!(
        !titles(&imogen.get(&desk).await).iter().any(|title| title.starts_with("Card Catalog")),
        "the group’s days"
    );
    app.advance(Duration::days(1));
    let page = imogen.get(&desk).await;
    assert!(titles(&page).contains(&"Card Catalog has not met yet".to_owned()), "{:?}", titles(&page));
    // The group has read of it in its own words, and the coordinator's page is not theirs.
    let wren = app.browser_of(world.wren.person).await;
    let group = format!("{}/groups/{}", world.program_path(), world.card_catalog);
    wren.get(&group).await.is(200).says("Your last two dates came and went.").says("Your coordinator sees it too.");
    // What is not there any more is not put off.
    let gone = uuid::Uuid::now_v7().to_string();
    imogen
        .post_and_follow(&put_off, &[("thing", &gone), ("until", "2026-04-22")])
        .await
        .says("not on the desk any more");
}

#[tokio::test]
async fn each_of_the_five_counts_opens_the_rows_that_it_counts() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    happened::half_a_spring(&app, &world).await;
    let (_, elements) = goal_with_elements(&app.app.db, &world, world.hana, &["Speaking pace"]).await;
    happened::feedback(&app.app.db, &world, world.priya, world.hana, elements[0], "shared").await;
    happened::mark_titles(&app.app.db).await;
    let imogen = app.browser_of(world.imogen).await;
    let desk = imogen.get(&world.program_path()).await;
    for (label, figure, first) in [
        ("Supervisors have said yes", "5 of 6", "Nadia Brightwater"),
        ("Groups with an agreed goal", "1 of 2", "Card Catalog"),
        ("Meetings with an agenda", "4 of 4", "Reading Room, "),
        ("Field trips taken or booked", "0 of 2", "Card Catalog"),
        ("Feedback exchanged", "1 of 2", "Card Catalog"),
    ] {
        desk.says(&format!("{label} {figure}"));
        let page = imogen.get(&desk.link(label)).await;
        page.is(200).says(figure).does_not_say(MARKER);
        let html = scraper::Html::parse_document(&page.html);
        let count = |list: &str| {
            let items = scraper::Selector::parse(&format!("section[aria-labelledby={list}] li")).unwrap();
            html.select(&items).count()
        };
        assert_eq!(format!("{} of {}", count("h-there"), count("h-there") + count("h-missing")), figure, "{label}");
        page.says(first);
        if label != "Supervisors have said yes" {
            page.does_not_say("Priya").does_not_say("Hana");
        }
        app.browser_of(world.priya.person).await.get(&desk.link(label)).await.is(403);
        app.browser_of(world.olga).await.get(&desk.link(label)).await.is(404);
    }
    imogen.get(&format!("{}/parts/anything", world.program_path())).await.is(404);
}
