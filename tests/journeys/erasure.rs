//! Priya has herself erased: what goes is nowhere any more, what stays is without her name.
use crate::support::{
    TestApp, email_to,
    world::{World, goal_with_elements},
};
use sqlx::{AssertSqlSafe, PgPool, Row};
use uuid::Uuid;

/// Stands in everything that is Priya's own.
pub const OWN: &str = "ownmarker";

/// What Priya has behind her, in the program of the world.
pub struct Things {
    /// From her to Marcus, opened by him.
    pub given: Uuid,
    /// From Marcus to her, opened by her.
    pub received: Uuid,
    /// From Hana to her, not opened.
    pub unopened: Uuid,
}

async fn run(db: &PgPool, world: &World, sql: &'static str) {
    sqlx::query(sql)
        .bind(world.program)
        .bind(world.reading_room)
        .bind(world.priya.participation)
        .bind(world.marcus.participation)
        .execute(db)
        .await
        .unwrap_or_else(|error| panic!("{error}: {sql}"));
}

/// From giver to receiver on the receiver's element.
async fn feedback(
    db: &PgPool,
    world: &World,
    (giver, receiver, element): (Uuid, Uuid, Uuid),
    state: &str,
    words: &str,
) -> Uuid {
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into feedback (program_id, id, group_id, giver_id, receiver_id, mode, format, happened_on, not_agreed, state,
            created_at, shared_at, opened_at)
         values ($1, $2, $3, $4, $5, 'written', 'free', '2026-04-13', $7, case when $6 = 'draft' then 'draft' else 'shared' end,
            '2026-04-13T12:00Z', case when $6 <> 'draft' then timestamptz '2026-04-14T12:00Z' end,
            case when $6 = 'opened' then timestamptz '2026-04-15T12:00Z' end)",
    )
    .bind(world.program)
    .bind(id)
    .bind(world.reading_room)
    .bind(giver)
    .bind(receiver)
    .bind(state)
    .bind(words)
    .execute(db)
    .await
    .unwrap();
    sqlx::query(
        "insert into feedback_texts (program_id, feedback_id, receiver_id, element_id, words, self_view, answer_words)
         values ($1, $2, $3, $4, jsonb_build_object('text', $5::text), $5, $5)",
    )
    .bind(world.program)
    .bind(id)
    .bind(receiver)
    .bind(element)
    .bind(words)
    .execute(db)
    .await
    .unwrap();
    id
}

/// Gives Priya one of everything, with the marker wherever the words are hers.
pub async fn fill(db: &PgPool, world: &World) -> Things {
    let (_, hers) = goal_with_elements(db, world, world.priya, &["ownmarker pace"]).await;
    let (_, his) = goal_with_elements(db, world, world.marcus, &["Opening question"]).await;
    let (priya, marcus, hana) = (world.priya.participation.0, world.marcus.participation.0, world.hana.participation.0);
    let given = feedback(db, world, (priya, marcus, his[0]), "opened", "You asked openly").await;
    let received = feedback(db, world, (marcus, priya, hers[0]), "opened", "ownmarker received").await;
    let unopened = feedback(db, world, (hana, priya, hers[0]), "shared", "ownmarker not yet").await;
    feedback(db, world, (priya, marcus, his[0]), "draft", "ownmarker draft").await;
    feedback(db, world, (marcus, priya, hers[0]), "draft", "ownmarker of Marcus alone").await;
    for sql in [
        "update goals set title = 'ownmarker goal', statement = 'ownmarker', measure = 'ownmarker', reflection = 'ownmarker'
         where program_id = $1 and group_id = $2 and owner_id = $3 and owner_id <> $4",
        "insert into products (program_id, id, group_id, goal_id, owner_id, title, link, state, created_at)
         select program_id, gen_random_uuid(), $2, id, $3, 'ownmarker plan', 'https://ownmarker.example', 'shared', '2026-03-01T12:00Z'
         from goals where program_id = $1 and owner_id = $3 and owner_id <> $4",
        "update participations set title = 'ownmarker', wants = 'ownmarker', offers = 'ownmarker', site = 'ownmarker', department = 'ownmarker'
         where program_id = $1 and id = $3 and $2::uuid <> $4",
        "update approval_requests set own_words = 'ownmarker', conditions = 'ownmarker', note = 'ownmarker'
         where program_id = $1 and participation_id = $3 and $2::uuid <> $4",
        "insert into pledges (program_id, id, request_id, kind, words, pledged_at)
         select program_id, gen_random_uuid(), id, 'own_words', 'ownmarker promise', '2026-01-05T12:00Z' from approval_requests
         where program_id = $1 and participation_id = $3 and $2::uuid <> $4",
        "insert into availability (program_id, id, participation_id, weekday, starts_at, ends_at)
         select $1, gen_random_uuid(), $3, 2, '09:00', '10:00' where $2::uuid <> $4",
        "insert into not_with (program_id, participation_id, other_id) select $1, a, b
         from (values ($3::uuid, $4::uuid), ($4, $3)) as pairs (a, b) where $2::uuid <> a",
        "insert into meetings (program_id, id, group_id, starts_at, ends_at, starts_local, time_zone, mode, state, facilitator_id,
            created_by, created_at, logged_by, logged_at, actual_minutes)
         values ($1, gen_random_uuid(), $2, '2026-03-02T17:00Z', '2026-03-02T18:00Z', '2026-03-02T11:00', 'America/Chicago', 'online',
            'held', $3, $4, '2026-02-01T12:00Z', $3, '2026-03-02T18:00Z', 60)",
        "insert into attendances (program_id, meeting_id, participation_id) select program_id, id, who
         from meetings, (values ($3::uuid), ($4::uuid)) as present (who) where program_id = $1 and group_id = $2",
        "insert into field_trips (program_id, id, group_id, kind, by_video, away, purpose, on_date, observer_id, observed_id,
            consented_at, state, created_by, created_at, worded_at, questions)
         values ($1, gen_random_uuid(), $2, 'observation', false, false, 'ownmarker purpose', '2026-05-04', $4, $3, '2026-04-01T12:00Z',
            'confirmed', $3, '2026-04-01T12:00Z', '2026-04-01T12:00Z', 'ownmarker questions')",
        "insert into access_needs (program_id, trip_id, participation_id, words, written_at)
         select program_id, id, $3, 'ownmarker needs', '2026-04-13T12:00Z' from field_trips
         where program_id = $1 and group_id = $2 and $3::uuid <> $4",
        "insert into moves (program_id, id, participation_id, from_group_id, to_group_id, line, offered_by, offered_at, state)
         select $1, gen_random_uuid(), $3, $2, g.id, 'ownmarker line', c.person_id, '2026-04-13T12:00Z', 'offered'
         from groups g join coordinators c on c.program_id = $1 where g.program_id = $1 and g.id <> $2 and $3::uuid <> $4 limit 1",
    ] {
        run(db, world, sql).await;
    }
    Things { given, received, unopened }
}

/// Every `table.column` in which one of these words stands.
async fn where_it_stands(db: &PgPool, words: &[&str]) -> Vec<String> {
    let columns = sqlx::query(
        "select table_name::text, column_name::text from information_schema.columns
         where table_schema = 'public' and data_type in ('text', 'jsonb', 'json', 'character varying') and table_name <> '_sqlx_migrations'
         order by 1, 2",
    )
    .fetch_all(db)
    .await
    .unwrap();
    assert!(columns.len() > 80, "only {} columns", columns.len());
    let mut found = Vec::new();
    for column in columns {
        let (table, name): (String, String) = (column.get(0), column.get(1));
        for word in words {
            let sql = format!("select count(*) from {table} where {name}::text ilike '%{word}%'");
            let n: i64 = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(db).await.unwrap();
            if n > 0 {
                found.push(format!("{table}.{name}: {word}"));
            }
        }
    }
    found
}

#[tokio::test]
async fn a_person_erases_herself_and_is_found_nowhere() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let db = &app.app.db;
    let things = fill(db, &world).await;
    let words = [OWN, "Priya", "Whitlock", "priya@"];
    assert!(where_it_stands(db, &words).await.len() > 15, "the marker was not set");
    let priya = app.browser_of(world.priya.person).await;
    let page = priya.get("/account/erase").await;
    page.is(200).says("One goal of yours").says("One piece of feedback you gave").says("One meeting you came to");
    // Typed wrongly: nothing happens.
    priya
        .post("/account/erase", &[("email", "marcus@larkspur.example")])
        .await
        .is(422)
        .says("Type priya@larkspur.example");
    assert!(!where_it_stands(db, &["Priya"]).await.is_empty());
    let after = priya.post("/account/erase", &[("email", " Priya@Larkspur.example ")]).await;
    assert_eq!(after.location.as_deref(), Some("/sign-in"));
    // The sign-in is gone, on this device and on any other.
    let again = priya.get("/account").await;
    assert!(again.location.unwrap().starts_with("/sign-in"));
    let sessions: i64 = sqlx::query_scalar("select count(*) from sign_in_sessions where person_id = $1")
        .bind(world.priya.person)
        .fetch_one(db)
        .await
        .unwrap();
    assert_eq!(sessions, 0);
    let emails = app.deliver_mail().await;
    assert_eq!(email_to(&emails, "priya@larkspur.example").subject, "Your See also account is erased");
    assert_eq!(emails.len(), 1);
    // The clock's next turn forgets the address that the email went to.
    assert!(app.deliver_mail().await.is_empty());
    assert_eq!(where_it_stands(db, &words).await, Vec::<String>::new());
    // Marcus goes on reading what she gave him; what he gave her has lost its words.
    let marcus = app.browser_of(world.marcus.person).await;
    let list = format!("{}/feedback", world.group_path());
    marcus.get(&format!("{list}/{}", things.given)).await.is(200).says("You asked openly").says("A former peer");
    marcus.get(&format!("{list}/{}", things.received)).await.is(200).does_not_say(OWN);
    marcus.get(&list).await.is(200).says("A former peer");
    // What she leaves behind opens for the others.
    let coordinator = app.browser_of(world.imogen).await;
    for path in ["", "/people", "/groups"] {
        coordinator.get(&format!("{}{path}", world.program_path())).await.is(200).does_not_say("Priya");
    }
    for list in ["people", "people.csv", "approvals", "approvals.csv"] {
        let list = coordinator.get(&format!("{}/{list}", world.program_path())).await;
        list.is(200).does_not_say("@invalid");
    }
    for path in ["", "/goals", "/trips", "/meetings"] {
        let answer = marcus.get(&format!("{}{path}", world.group_path())).await;
        assert!(!answer.status.is_server_error(), "{path}: {}", answer.text());
        answer.does_not_say("Priya");
    }
    marcus.get(&world.group_path()).await.is(200);
    let facts: (String, i64, i64, i64) = sqlx::query_as(
        "select state, (select count(*) from attendances), (select count(*) from availability) + (select count(*) from not_with),
                (select count(*) from memberships m where m.participation_id = t.id and m.left_on is null)
         from participations t where person_id = $1",
    )
    .bind(world.priya.person)
    .fetch_one(db)
    .await
    .unwrap();
    assert_eq!(facts, ("withdrawn".to_owned(), 2, 0, 0));
}

#[tokio::test]
async fn who_would_leave_nobody_behind_hands_over_first() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let db = &app.app.db;
    // Imogen coordinates with Teodor, and is the second contact.
    let imogen = app.browser_of(world.imogen).await;
    imogen.get("/account/erase").await.is(200).does_not_say("handed over first");
    imogen.post("/account/erase", &[("email", "imogen@larkspur.example")]).await.is(303);
    let teodor = app.browser_of(world.teodor).await;
    teodor.get("/account/erase").await.is(200).says("has no other coordinator").says("has no other contact person");
    teodor.post("/account/erase", &[("email", "teodor@larkspur.example")]).await.is(409).says("Nothing is erased yet");
    let ada = app.browser_of(world.site_admin).await;
    ada.post("/account/erase", &[("email", "ada@larkspur.example")]).await.is(409).says("no other site admin");
    let path = format!("/admin/people/{}/erase", world.teodor);
    ada.post(&path, &[("email", "teodor@larkspur.example")]).await.is(409).says("no other coordinator");
    let names: Vec<String> = sqlx::query_scalar("select name from people where id = any($1) order by name")
        .bind([world.imogen.0, world.teodor.0, world.site_admin.0])
        .fetch_all(db)
        .await
        .unwrap();
    assert_eq!(names, ["A former peer", "Ada Site", "Teodor Vance"]);
}

#[tokio::test]
async fn a_site_admin_carries_out_what_somebody_asked_for() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let ada = app.browser_of(world.site_admin).await;
    let path = format!("/admin/people/{}/erase", world.olga);
    ada.get(&path).await.is(200).says("Erase Olga Stranger?");
    ada.post(&path, &[("email", "")]).await.is(422);
    let list = ada.post_and_follow(&path, &[("email", "olga@larkspur.example")]).await;
    list.says("Olga Stranger is erased.").does_not_say("olga@larkspur.example");
    email_to(&app.deliver_mail().await, "olga@larkspur.example");
    // Twice is once.
    ada.get(&path).await.is(404);
    ada.post(&path, &[("email", "olga@larkspur.example")]).await.is(404);
    // The address is free for somebody new.
    ada.post("/admin/people", &[("name", "Olga Anew"), ("email", "olga@larkspur.example")]).await.is(303);
    ada.get("/admin/people").await.says("Olga Anew");
}
