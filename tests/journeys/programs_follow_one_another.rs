//! The next program begins with what was set and what was learned, and not before each lesson has its answer.
use crate::support::{TestApp, world::World};
use time::macros::datetime;

async fn closing() -> (TestApp, World) {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    for statement in [
        "insert into themes (program_id, id, starts_on, ends_on, title, question)
         values ($1, gen_random_uuid(), '2026-01-12', '2026-02-08', 'Beginnings', 'How do you begin?'),
                ($1, gen_random_uuid(), '2026-05-25', '2026-06-12', 'Endings', 'What stays?')",
        "insert into library_entries (program_id, id, kind, work, title, added_at)
         values ($1, gen_random_uuid(), 'element', 'Teaching', 'Naming the aim', '2026-01-12T12:00Z')",
        "insert into library_off (program_id, name, set_at) values ($1, 'element, Teaching: Speaking pace', '2026-01-12T12:00Z')",
        "insert into lessons (program_id, id, kind, words, position, chosen_by, chosen_at)
         select $1, gen_random_uuid(), l.kind, l.words, l.place, c.person_id, '2026-05-24T12:00Z'
         from (values ('did_not', 'Tuesdays shut out evening staff', 1), ('worked', 'Watch first', 2)) l (kind, words, place),
              (select person_id from coordinators where program_id = $1 order by person_id limit 1) c",
    ] {
        sqlx::query(statement).bind(world.program).execute(&app.app.db).await.unwrap();
    }
    app.advance(datetime!(2026-05-25 14:00 UTC) - app.app.clock.now());
    app.deliver_mail().await;
    (app, world)
}

#[tokio::test]
async fn the_next_program_begins_with_the_lessons_of_this_one() {
    let (app, world) = closing().await;
    let db = &app.app.db;
    let (path, imogen) = (format!("{}/next", world.program_path()), app.browser_of(world.imogen).await);
    // Teodor coordinates too, and has no right to create programs.
    let teodor = app.browser_of(world.teodor).await;
    teodor.get(&path).await.says("Whoever has the right to create programs can start it");
    teodor.post(&path, &[]).await.is(403);
    assert_eq!(imogen.get(&world.program_path()).await.link("Start the next program"), path);
    let page = imogen.get(&path).await;
    page.says("Two lessons. Each wants an answer");
    let (id, first, last) = (page.field("id"), page.field("starts_on"), page.field("ends_on"));
    assert_eq!((first.as_str(), last.as_str()), ("2026-07-13", "2026-12-11"), "on the same days of the week");
    let wrong = imogen.post(&path, &[("id", &id), ("starts_on", "2026-09-07"), ("ends_on", "2026-09-01")]).await;
    wrong.is(422).says("Enter a name for the program").says("The last day must come after the first");
    assert_eq!((wrong.field("starts_on"), wrong.field("id")), ("2026-09-07".to_owned(), id.clone()));
    let new = [("id", id.as_str()), ("name", "Autumn 2026"), ("starts_on", "2026-09-07"), ("ends_on", "2027-01-15")];
    let (one, other) = tokio::join!(imogen.post(&path, &new), imogen.post(&path, &new));
    one.is(303);
    other.is(303);
    let next = format!("/programs/{id}");
    // What is set comes along, themes moved by as many days as the first; people do not.
    let themes: Vec<(String, String)> = sqlx::query_as(
        "select title, starts_on::text || ' ' || ends_on::text from themes where program_id::text = $1 order by starts_on",
    )
    .bind(&id)
    .fetch_all(db)
    .await
    .unwrap();
    assert_eq!(
        themes,
        [("Beginnings".to_owned(), "2026-09-07 2026-10-04".to_owned())],
        "Endings would lie after the end"
    );
    let (programs, entries, off, people): (i64, i64, i64, i64) = sqlx::query_as(
        "select (select count(*) from programs where name = 'Autumn 2026' and state = 'draft' and hours_month = 4 and rhythm_days = 21),
                (select count(*) from library_entries where program_id::text = $1 and title = 'Naming the aim'),
                (select count(*) from library_off where program_id::text = $1),
                (select count(*) from participations where program_id::text = $1)",
    )
    .bind(&id)
    .fetch_one(db)
    .await
    .unwrap();
    assert_eq!((programs, entries, off, people), (1, 1, 1, 0));
    // Who starts it coordinates it, alone; another sees that it was started, and makes no second one.
    teodor.get(&next).await.is(404);
    teodor.get(&path).await.says("Autumn 2026 was started from this one (Imogen Castellane, 25 May)");
    let again = imogen.get(&path).await;
    assert_eq!(again.link("Open Autumn 2026"), next);
    let second = uuid::Uuid::now_v7().to_string();
    let twice = [("id", second.as_str()), new[1], new[2], new[3]];
    imogen.post_and_follow(&path, &twice).await.says("had been started before");

    // The lessons stand on top of it.
    let desk = imogen.get(&next).await;
    desk.says("Lessons of Peer Mentoring, Spring 2026").says("Two of two wait for an answer");
    let lessons = imogen.get(&desk.link("Answer the lessons")).await;
    lessons.says("Tuesdays shut out evening staff").says("What did not, Peer Mentoring, Spring 2026");
    assert_eq!(lessons.link("the program before"), world.program_path());
    let mail = app.deliver_mail().await;
    let told = |who: &str| mail.iter().any(|email| email.to.email == who && email.subject.contains("contact person"));
    assert!(told("teodor@larkspur.example"));
}

#[tokio::test]
async fn it_is_not_launched_before_each_lesson_is_answered() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (program, db) = (world.program_path(), &app.app.db);
    // As if it had not begun.
    sqlx::query("update memberships set joined_on = null").execute(db).await.unwrap();
    sqlx::query("update programs set state = 'open', launched_on = null").execute(db).await.unwrap();
    let (path, launch) = (format!("{program}/earlier-lessons"), format!("{program}/launch"));
    let imogen = app.browser_of(world.imogen).await;
    // Of a program that ran elsewhere, typed in.
    let page = imogen.get(&path).await;
    page.says("Did you run such a program before?");
    let id = page.field("id");
    imogen.post(&path, &[("id", &id), ("words", "Kept"), ("origin", "The pilot")]).await.is(422).says("Choose what");
    let lesson = [("id", id.as_str()), ("kind", "did_not"), ("words", "The email thread"), ("origin", "The pilot")];
    imogen.post_and_follow(&path, &lesson).await.says("The email thread").says("What did not, The pilot");
    imogen.post(&path, &lesson).await.is(303);
    let other = imogen.get(&path).await.field("id");
    imogen.post(&path, &[("id", &other), ("kind", "worked"), ("words", "A mistake")]).await.is(303);
    imogen.post_and_follow(&format!("{path}/{other}/remove"), &[]).await.says("Deleted").does_not_say("A mistake");

    let page = imogen.get(&launch).await;
    page.says("One lesson of last time has no answer yet").does_not_say("Launch the program");
    assert_eq!(page.link("Answer the lessons"), path);
    let refused = imogen.post(&launch, &[]).await;
    refused.is(422).says("One lesson of last time has no answer yet");
    let state: String = sqlx::query_scalar("select state from programs").fetch_one(db).await.unwrap();
    assert_eq!(state, "open");

    let answer = format!("{path}/{id}");
    let empty = imogen.post(&answer, &[("answer", "We poll for dates")]).await;
    empty.is(422).says("Choose whether you take it up");
    assert!(empty.html.contains("We poll for dates"));
    imogen.post(&answer, &[("taken_up", "yes")]).await.is(422).says("Enter what you do about it, or why not");
    let said = [("taken_up", "yes"), ("answer", "We poll for dates")];
    imogen.post_and_follow(&answer, &said).await.says("Taken up We poll for dates Imogen Castellane");
    // Teodor's page showed no answer; his does not write over hers unless he means it.
    let teodor = app.browser_of(world.teodor).await;
    let told = teodor.post(&answer, &[("taken_up", "no"), ("answer", "No time"), ("seen", "")]).await;
    told.is(422).says("Imogen Castellane answered this while you typed: “We poll for dates”");
    teodor.post(&answer, &[("taken_up", "no"), ("answer", "No time"), ("seen", &told.field("seen"))]).await.is(303);
    let stands: (bool, String) =
        sqlx::query_as("select taken_up, answer from earlier_lessons").fetch_one(db).await.unwrap();
    assert_eq!(stands, (false, "No time".to_owned()));

    imogen.post_and_follow(&launch, &[]).await.says("The program is launched");
    app.deliver_mail().await;
    // From now on answers change, and lessons stay.
    imogen.get(&path).await.does_not_say("Add this lesson").says("Change the answer");
    imogen.post_and_follow(&format!("{path}/{id}/remove"), &[]).await.says("Nothing changed");
    app.browser_of(world.priya.person).await.get(&path).await.is(403);
}
