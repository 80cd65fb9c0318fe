//! A whole program is written as one file, and read where it is not: all of it, or nothing.
use crate::support::{TestApp, letters};
use see_also::{
    base::ids::ProgramId,
    features::archive::{self, LoadError, demo_file, load_demo},
};
use serde_json::{Value, json};
use std::{collections::BTreeSet, fs};

/// The demo with all that can happen in a program.
async fn busy() -> (TestApp, ProgramId) {
    let app = TestApp::start().await;
    letters::stage(&app).await;
    // What is staged for a letter looks at nothing; here it has to.
    sqlx::query(
        "insert into trip_elements (program_id, trip_id, element_id)
         select f.program_id, f.id, e.id from field_trips f
         cross join lateral (select x.id from elements x where x.program_id = f.program_id and x.about_id = f.observed_id
                             order by x.id limit 1) e
         where f.kind = 'observation'
           and not exists (select from trip_elements t where t.program_id = f.program_id and t.trip_id = f.id)",
    )
    .execute(&app.app.db)
    .await
    .unwrap();
    let id = demo_file().unwrap().program_id().unwrap();
    (app, id)
}

#[tokio::test]
async fn exported_imported_and_exported_again_it_is_the_same() {
    let (app, id) = busy().await;
    let file = archive::export(&app.app, id).await.unwrap();
    let text = file.text().unwrap();
    assert!(file.tables.len() > 35, "{}", file.tables.len());
    let names = |app: &TestApp, name: &'static str| {
        let app = app.app.clone();
        async move { archive::find_program(&app, name).await.unwrap() }
    };
    assert_eq!(names(&app, "Peer Mentoring, Spring 2026").await, Some(id));
    assert_eq!(names(&app, "Nothing of this name").await, None);

    let elsewhere = TestApp::start().await;
    assert_eq!(archive::import(&elsewhere.app, &text).await.unwrap(), id);
    let again = archive::export(&elsewhere.app, id).await.unwrap();
    assert_eq!(again, file);
    // Nothing is sent anew: what goes out there is what would have gone out here.
    let subjects = async |app: &TestApp| {
        let sent = app.deliver_mail().await;
        let mut sent: Vec<String> = sent.iter().map(|email| format!("{} {}", email.to.email, email.subject)).collect();
        sent.sort();
        sent
    };
    let here = subjects(&app).await;
    assert_eq!(subjects(&elsewhere).await, here);
    // And what was set is remembered the day before.
    let waits: i64 = sqlx::query_scalar("select count(*) from outbox where kind = 'meeting_reminder'")
        .fetch_one(&elsewhere.app.db)
        .await
        .unwrap();
    assert!(waits > 0);
    sqlx::query("delete from outbox").execute(&elsewhere.app.db).await.unwrap();
    let given: i64 = sqlx::query_scalar(
        "select count(*) from people where password_hash is not null or site_admin or may_create_programs",
    )
    .fetch_one(&elsewhere.app.db)
    .await
    .unwrap();
    assert_eq!(given, 0, "a file gives nobody a password or a right");
    // It is there once.
    assert!(matches!(archive::import(&elsewhere.app, &text).await, Err(LoadError::Here)));
    assert!(matches!(archive::import(&app.app, &text).await, Err(LoadError::Here)));
}

#[tokio::test]
async fn who_is_known_by_their_address_stays_as_they_are() {
    let (app, id) = busy().await;
    let text = archive::export(&app.app, id).await.unwrap().text().unwrap();
    let elsewhere = TestApp::start().await;
    // Priya has an account there, under another id and name; and somebody else has Marcus's id.
    sqlx::query(
        "insert into people (id, name, email, email_folded, time_zone, site_admin, may_create_programs, created_at, password_hash)
         values ('019bb324-0000-7000-8000-000000000001', 'P. Whitlock', 'PWhitlock@larkspur.example',
                 'pwhitlock@larkspur.example', 'Europe/Berlin', false, false, '2026-01-01T00:00Z', 'kept')",
    )
    .execute(&elsewhere.app.db)
    .await
    .unwrap();
    let marcus: uuid::Uuid =
        sqlx::query_scalar("select id from people where name like 'Marcus%'").fetch_one(&app.app.db).await.unwrap();
    sqlx::query(
        "insert into people (id, name, email, email_folded, time_zone, site_admin, may_create_programs, created_at)
         values ($1, 'Somebody Else', 'else@larkspur.example', 'else@larkspur.example', 'UTC', false, false, '2026-01-01T00:00Z')",
    )
    .bind(marcus)
    .execute(&elsewhere.app.db)
    .await
    .unwrap();
    archive::import(&elsewhere.app, &text).await.unwrap();
    let names: Vec<String> = sqlx::query_scalar(
        "select p.name || ' ' || p.time_zone || coalesce(' ' || p.password_hash, '') from participations t
         join people p on p.id = t.person_id where p.name like '%Whitlock' or p.name like 'Marcus%' or p.name like 'Somebody%'
         order by p.name",
    )
    .fetch_all(&elsewhere.app.db)
    .await
    .unwrap();
    assert_eq!(names, ["Marcus Delacroix-Boone America/Chicago", "P. Whitlock Europe/Berlin kept"]);
}

/// Reads the file with one value changed into an empty installation, and nothing comes of it.
async fn refused(text: &str, path: &str, to: Value) -> String {
    let elsewhere = TestApp::start().await;
    let mut file: Value = serde_json::from_str(text).unwrap();
    let (parent, last) = path.rsplit_once('/').unwrap();
    match file.pointer_mut(parent).unwrap_or_else(|| panic!("nothing at {path}")) {
        Value::Object(row) => drop(row.insert(last.to_owned(), to)),
        Value::Array(rows) => rows[last.parse::<usize>().unwrap()] = to,
        _ => panic!("nothing can be put at {path}"),
    }
    let why = archive::import(&elsewhere.app, &file.to_string()).await.unwrap_err().to_string();
    let rows: i64 = sqlx::query_scalar("select (select count(*) from people) + (select count(*) from programs)")
        .fetch_one(&elsewhere.app.db)
        .await
        .unwrap();
    assert_eq!(rows, 0, "{path}: something of it was written");
    why
}

#[tokio::test]
async fn a_file_that_breaks_a_rule_is_refused_as_a_whole_with_its_place() {
    let (app, id) = busy().await;
    let text = archive::export(&app.app, id).await.unwrap().text().unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let at = |table: &str, is: &dyn Fn(&Value) -> bool| {
        let rows = file["tables"][table].as_array().unwrap();
        format!("/tables/{table}/{}", rows.iter().position(is).unwrap_or_else(|| panic!("no such row of {table}")))
    };
    let named = |name: &str| {
        let people = file["people"].as_array().unwrap();
        people.iter().position(|person| person["name"].as_str().unwrap().starts_with(name)).unwrap()
    };
    let held = at("meetings", &|row| row["state"] == "held");
    let scheduled = at("meetings", &|row| row["state"] == "scheduled");
    let observation = at("field_trips", &|row| row["kind"] == "observation" && row["state"] == "reported");
    let shared = at("feedback", &|row| row["state"] == "answered");
    let priya = at("participations", &|row| row["person_id"] == file["people"][named("Priya")]["id"]);
    let priya = file.pointer(&format!("{priya}/id")).unwrap();
    let of_priya = at("approval_requests", &|row| row["participation_id"] == *priya);
    // Leo's supervisor said no: he is in no group.
    let leo = at("participations", &|row| row["person_id"] == file["people"][named("Leo")]["id"]);
    let outsider = file.pointer(&format!("{leo}/id")).unwrap().clone();
    let focus = file["tables"]["trip_elements"][0]["element_id"].clone();
    let in_focus = at("elements", &|row| row["id"] == focus);
    let goal_item = at("agenda_items", &|row| row["kind"] == "goal_work");
    let its_group = &file.pointer(&format!("{goal_item}/group_id")).unwrap().clone();
    let another = at("goals", &|row| row["group_id"] != *its_group);
    let another_goal = file.pointer(&format!("{another}/id")).unwrap().clone();
    for (path, to, because) in [
        ("/format".to_owned(), json!("mail"), "its format is “mail”"),
        ("/version".to_owned(), json!(99), "version 99"),
        ("/people/0/site_admin".to_owned(), json!(true), "site_admin"),
        ("/program/colour".to_owned(), json!("red"), "program: no column “colour” is known here"),
        ("/tables/spells".to_owned(), json!([]), "spells: no such table is known here"),
        ("/tables/people".to_owned(), json!([]), "people: no such table is known here"),
        ("/tables/history".to_owned(), json!([]), "history: no such table is known here"),
        ("/tables/actions".to_owned(), json!(7), "actions: its rows are no list"),
        (format!("{held}/moon"), json!(1), "no column “moon” is known here"),
        (format!("{held}/program_id"), json!(id.to_string()), "no column “program_id” is known here"),
        (format!("{held}/state"), json!("dreamt"), "a meeting is in a known state"),
        (format!("{held}/starts_at"), json!("noon"), "the database refuses it"),
        (format!("{held}/time_zone"), json!("Europe/Berln"), "there is no time zone “Europe/Berln”"),
        (format!("{held}/actual_minutes"), Value::Null, "a held meeting was logged"),
        (format!("{held}/group_id"), json!("019bb324-9c00-7000-8000-000000000000"), "meetings, row"),
        (
            format!("{scheduled}/ends_at"),
            file.pointer(&format!("{scheduled}/starts_at")).unwrap().clone(),
            "twelve hours",
        ),
        (format!("{observation}/reported_on"), json!("2020-01-01"), "a report comes after the trip took place"),
        (format!("{observation}/pre_met_on"), json!("2036-01-01"), "the meeting before it came after it"),
        ("/tables/trip_goers".to_owned(), json!([]), "nobody went"),
        ("/tables/trip_goers/0/participation_id".to_owned(), outsider.clone(), "never in the group"),
        ("/tables/trip_elements".to_owned(), json!([]), "an observation looks at 1 to 4 elements"),
        (format!("{in_focus}/agreed_on"), json!("2026-04-19"), "was not agreed by then"),
        (format!("{goal_item}/goal_id"), another_goal, "agenda_items, row"),
        (
            format!("{shared}/receiver_id"),
            file.pointer(&format!("{shared}/giver_id")).unwrap().clone(),
            "feedback, row",
        ),
        (format!("{shared}/happened_on"), json!("2020-01-01"), "did not both belong to the group that day"),
        ("/tables/feedback_texts".to_owned(), json!([]), "it has no words"),
        ("/tables/attendances".to_owned(), json!([]), "fewer than two people were present"),
        ("/tables/elements/0/about_id".to_owned(), json!("019bb324-9c00-7000-8000-000000000000"), "elements, row 1"),
        (
            "/tables/participations/0/person_id".to_owned(),
            json!("019bb324-9c00-7000-8000-000000000000"),
            "there is no person",
        ),
        (format!("{of_priya}/supervisor_email_folded"), json!("pwhitlock@larkspur.example"), "supervisor"),
    ] {
        let why = refused(&text, &path, to).await;
        assert!(why.contains(because), "{path}: {why}");
    }
}

#[tokio::test]
async fn a_file_from_before_a_column_was_added_gets_what_the_column_says() {
    let app = TestApp::start().await;
    load_demo(&app.app).await.unwrap();
    let id = demo_file().unwrap().program_id().unwrap();
    let file = archive::export(&app.app, id).await.unwrap();
    let mut older = serde_json::to_value(&file).unwrap();
    for row in older["tables"]["meetings"].as_array_mut().unwrap() {
        row.as_object_mut().unwrap().shift_remove("sequence");
    }
    older["program"].as_object_mut().unwrap().shift_remove("second_contact_id");
    let elsewhere = TestApp::start().await;
    archive::import(&elsewhere.app, &older.to_string()).await.unwrap();
    let again = archive::export(&elsewhere.app, id).await.unwrap();
    assert_eq!(again.tables["meetings"], file.tables["meetings"]);
    assert_eq!(again.program["second_contact_id"], Value::Null);
}

#[tokio::test]
async fn every_table_of_a_program_is_in_the_file_or_said_to_be_left_out() {
    let app = TestApp::start().await;
    let tables: BTreeSet<String> = sqlx::query_scalar::<_, String>(
        "select c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'program_id'
         where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'",
    )
    .fetch_all(&app.app.db)
    .await
    .unwrap()
    .into_iter()
    .collect();
    let mut said = BTreeSet::new();
    for slice in fs::read_dir("src/features").unwrap().map(|entry| entry.unwrap().path().join("rows.rs")) {
        let Ok(text) = fs::read_to_string(&slice) else { continue };
        if !text.contains("rows_of!") {
            continue;
        }
        let named = text.split("\" by \"").filter_map(|before| before.rsplit('"').next().map(str::to_owned));
        said.extend(named.filter(|name| tables.contains(name)));
        let module = slice.parent().unwrap().file_name().unwrap().to_str().unwrap().to_owned();
        let asked = fs::read_to_string("src/features/archive/queries.rs").unwrap();
        assert!(asked.contains(&format!(" {module}")), "archive/queries.rs does not ask {module}");
    }
    let missing: Vec<_> =
        tables.iter().filter(|table| !said.contains(*table) && archive::left_out(table).is_none()).collect();
    assert!(missing.is_empty(), "no rows.rs holds, and no reason leaves out: {missing:?}");
    let both: Vec<_> = said.iter().filter(|table| archive::left_out(table).is_some()).collect();
    assert!(both.is_empty(), "{both:?}");
}
