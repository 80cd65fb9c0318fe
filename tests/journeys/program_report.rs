//! The report of a program: what whoever runs the server prints, what coordinators read on a page and save as files,
//! and that all of it is what the rows say.
use super::support::{Answer, TestApp, cells, world, world::World};
use calamine::Data;
use see_also::{
    base::ids::ProgramId,
    features::{
        archive,
        program_reports::{self, Printed},
    },
};
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;
use time::{Date, macros::date};

/// What `see-also report` prints.
async fn printed(app: &TestApp, as_of: Option<Date>) -> Value {
    let id: ProgramId = sqlx::query_scalar("select id from programs").fetch_one(&app.app.db).await.unwrap();
    match program_reports::print(&app.app, id, as_of).await.unwrap() {
        Printed::Done(report) => report,
        Printed::Ahead(today) => panic!("it is {today}"),
    }
}

/// Every expected figure is there, to the decimals in which it is expected.
#[track_caller]
fn agrees(under: &str, expected: &Value, found: &Value) {
    match expected {
        Value::Object(all) => {
            for (name, one) in all {
                agrees(&format!("{under}.{name}"), one, &found[name]);
            }
        }
        Value::Number(number) => {
            let text = number.to_string();
            let decimals = text.split_once('.').map_or(0, |(_, after)| after.len());
            let found = found.as_f64().unwrap_or_else(|| panic!("{under} is {found}, not {text}"));
            let unit = 10_f64.powi(i32::try_from(decimals).unwrap());
            let rounded = (found * unit).round() / unit;
            assert!((rounded - number.as_f64().unwrap()).abs() < 1e-9, "{under} is {found}, not {text}");
        }
        other => assert_eq!(other, found, "{under}"),
    }
}

/// The figures that the worked example must give on its day 98.
fn expected() -> Value {
    json!({
        "approval": {"median_h": 72.0, "p90_h": 170.0, "decided": 11, "requests": 13, "response_rate": 0.846, "approval_rate": 0.909},
        "groups": {
            "Reading Room": {
                "held": 5, "minutes": 296, "on_goal": 0.551, "on_purpose": 0.598, "informal": 0.139, "informal_planned": 0.133,
                "drift": 0.045, "attendance": 0.933, "first_meeting_day": 8, "coverage": {"num": 4, "den": 6},
                "ack_rate": {"num": 6, "den": 7}, "trip_completion": {"num": 2, "den": 2}, "obs_cycle": {"num": 2, "den": 2},
                "actions": {"num": 4, "den": 5}, "cadence": 1.25, "momentum": 94.0, "reciprocity": 0.857, "feedback": 7
            },
            "Card Catalog": {
                "held": 4, "minutes": 359, "on_goal": 0.309, "on_purpose": 0.409, "informal": 0.29, "informal_planned": 0.208,
                "drift": 0.126, "attendance": 0.938, "first_meeting_day": 14, "coverage": {"num": 3, "den": 4},
                "ack_rate": {"num": 3, "den": 3}, "trip_completion": {"num": 1, "den": 1}, "obs_cycle": {"num": 0, "den": 0},
                "actions": {"num": 3, "den": 6}, "cadence": 1.0, "momentum": 68.3, "reciprocity": 0.667, "feedback": 3
            },
            "Night Desk": {
                "held": 2, "minutes": 90, "on_goal": 0.244, "on_purpose": 0.244, "informal": 0.256, "informal_planned": 0.167,
                "drift": 0.167, "attendance": 0.833, "first_meeting_day": 10, "coverage": {"num": 1, "den": 2},
                "ack_rate": {"num": 1, "den": 1}, "trip_completion": {"num": 0, "den": 1}, "obs_cycle": {"num": 0, "den": 0},
                "actions": {"num": 0, "den": 2}, "cadence": 0.5, "momentum": 0.0, "reciprocity": 0.0, "feedback": 1
            }
        },
        "program": {
            "held": 11, "minutes": 745, "on_goal": 0.397, "on_purpose": 0.464, "informal": 0.226, "informal_planned": 0.173,
            "drift": 0.094, "attendance": 0.919, "first_meeting_day": 8, "coverage": {"num": 8, "den": 12},
            "ack_rate": {"num": 10, "den": 11}, "trip_completion": {"num": 3, "den": 4}, "obs_cycle": {"num": 2, "den": 2},
            "actions": {"num": 7, "den": 13}, "cadence": 0.917, "reciprocity": 0.727, "feedback": 11
        },
        "pulse": {"n": 7, "response": 0.778, "worth": 4.0, "safe": 4.57, "recommend": 42.9},
        "retention": {"num": 9, "den": 10},
        "goal_attainment": 0.75,
        "goals_with_product": {"num": 5, "den": 12}
    })
}

#[tokio::test]
async fn the_worked_example_gives_every_figure_and_warning_it_was_made_for() {
    let app = TestApp::start().await;
    archive::load_demo(&app.app).await.unwrap();
    let report = printed(&app, None).await;
    assert_eq!(report["as_of"], "2026-04-20");
    agrees("", &expected(), &report);

    let warnings = |report: &Value, group: &str| -> Vec<Value> {
        let all = report["warnings"].as_array().unwrap();
        all.iter().filter(|one| one["group"] == group).map(|one| json!([one["kind"], one["numbers"]])).collect()
    };
    assert_eq!(warnings(&report, "Reading Room"), Vec::<Value>::new());
    assert_eq!(warnings(&report, "Card Catalog"), [json!(["informal_over", {"points": 10}])]);
    let mut of_night_desk = warnings(&report, "Night Desk");
    of_night_desk.sort_by_key(ToString::to_string);
    assert_eq!(
        of_night_desk,
        [
            json!(["informal_over", {"points": 9}]),
            json!(["lost_member", {"left_day": 45, "last_met_day": 31}]),
            json!(["off_goal", {"on_goal": 24}]),
            json!(["two_misses", {"first_day": 52, "second_day": 73, "momentum": 0}]),
        ]
    );

    // As it was on day 40: nothing that came later counts, and Simone had not left.
    let earlier = printed(&app, Some(date!(2026 - 02 - 21))).await;
    let expected = json!({
        "approval": {"decided": 11, "requests": 13},
        "groups": {
            "Reading Room": {"held": 2, "feedback": 2, "trip_completion": {"num": 0, "den": 0}, "coverage": {"num": 2, "den": 6}},
            "Night Desk": {"held": 2, "feedback": 1, "ack_rate": {"num": 1, "den": 1}, "attendance": 0.833},
        },
        "program": {"held": 6},
        "pulse": {"n": null, "worth": null},
        "retention": {"num": 10, "den": 10},
        "goal_attainment": null,
    });
    agrees("", &expected, &earlier);
    let mut of_night_desk = warnings(&earlier, "Night Desk");
    of_night_desk.sort_by_key(ToString::to_string);
    assert_eq!(of_night_desk, [json!(["informal_over", {"points": 9}]), json!(["off_goal", {"on_goal": 24}])]);
    // Eight days later Simone has left.
    let later = printed(&app, Some(date!(2026 - 03 - 01))).await;
    assert_eq!(later["retention"], json!({"num": 9, "den": 10}));

    // Read as of today through the rows' dates, the desk says what it says of today itself.
    let id = sqlx::query_scalar("select id from programs").fetch_one(&app.app.db).await.unwrap();
    let mut db = app.app.db.acquire().await.unwrap();
    let records = program_reports::records(&mut db, id, app.app.clock.now()).await.unwrap();
    let now = see_also::features::progress::programs(&mut db, &[id]).await.unwrap().pop().unwrap();
    let then = program_reports::model::rewind(now.clone(), &records, records.today);
    let said = |facts| see_also::features::warnings::warnings(facts, records.today);
    assert_eq!(said(&then), said(&now));
    for (here, there) in then.groups.iter().zip(&now.groups) {
        let figures = |group: &see_also::features::progress::GroupFacts| {
            let shown =
                group.meetings.iter().map(|one| (one.id, one.state, one.minutes, one.present, one.members_then));
            shown.collect::<Vec<_>>()
        };
        assert_eq!(figures(here), figures(there), "the group's page and the report count alike");
    }
    assert!(matches!(
        program_reports::print(&app.app, id, Some(date!(2026 - 04 - 21))).await.unwrap(),
        Printed::Ahead(today) if today == date!(2026 - 04 - 20)
    ));
}

/// The figures of a JSON file by their paths, the strings too.
fn leaves(under: &str, value: &Value, out: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(all) if all.contains_key("den") => {
            out.insert(under.to_owned(), format!("{} of {}", all["num"], all["den"]));
        }
        Value::Object(all) => {
            for (name, one) in all {
                leaves(&if under.is_empty() { name.clone() } else { format!("{under}.{name}") }, one, out);
            }
        }
        Value::Null => drop(out.insert(under.to_owned(), String::new())),
        Value::String(text) => drop(out.insert(under.to_owned(), text.clone())),
        Value::Number(number) => drop(out.insert(under.to_owned(), number.as_f64().unwrap().to_string())),
        Value::Array(_) | Value::Bool(_) => {}
    }
}

fn csv_cells(answer: &Answer) -> Vec<Vec<String>> {
    let text = answer.html.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[tokio::test]
async fn a_coordinator_reads_the_report_and_takes_it_along() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let path = format!("{}/report", world.program_path());
    imogen.get(&world.program_path()).await.says("the report");
    // Nothing has happened yet: nothing is divided by nothing.
    let empty = imogen.get(&path).await;
    empty.is(200).says("No meeting was held yet").says("Two groups, with five people in all, have not met yet.");
    assert!(!empty.text().contains("NaN"));

    stage(&app, &world).await;
    sqlx::query("update programs set name = '=Peer & \"Mentoring\"'").execute(&app.app.db).await.unwrap();
    let page = imogen.get(&path).await;
    page.is(200)
        .says("1 of 2")
        .says("50 %")
        .says("2 of 8")
        .says("1 hour and 30 minutes together, the first 8 days after the program began");
    page.says("One item of feedback was given from one peer to another");
    for name in ["Priya", "Marcus", "Hana", "Tobias", "Beatrix", "Reading Room", "Card Catalog"] {
        assert!(!page.text().contains(name), "{name} is named");
    }

    let json: Value = serde_json::from_str(&imogen.get(&format!("{path}.json")).await.is(200).html).unwrap();
    assert_eq!(json["program"]["held"], 2);
    assert_eq!(json["program"]["attendance"], 0.8);
    assert_eq!(json["program"]["reciprocity"], Value::Null, "too little for a word");
    for hidden in ["groups", "warnings"] {
        assert!(json.get(hidden).is_none());
    }
    for hidden in ["coverage", "ack_rate", "obs_cycle", "actions", "momentum"] {
        assert!(json["program"].get(hidden).is_none(), "{hidden} is the group's");
    }
    let mut figures = BTreeMap::new();
    leaves("", &json, &mut figures);
    for only in ["format", "id"] {
        figures.remove(only);
    }

    let csv = csv_cells(imogen.get(&format!("{path}.csv")).await.is(200));
    let workbook = imogen.get(&format!("{path}.xlsx")).await;
    let sheet = cells(&workbook.is(200).body);
    assert_eq!(csv.len(), sheet.len());
    assert_eq!(csv.len() - 1, figures.len(), "one row a figure");
    for (row, cells) in csv.iter().zip(&sheet).skip(1) {
        let [_, name, value, of] = row.as_slice() else { panic!("{row:?}") };
        let figure = if of.is_empty() { value.clone() } else { format!("{value} of {of}") };
        assert_eq!(cells[1], Data::String(name.clone()));
        if name == "name" {
            assert!(value.starts_with("'="), "a spreadsheet takes it for text: {value}");
            assert_eq!(cells[2], Data::String("=Peer & \"Mentoring\"".to_owned()));
            continue;
        }
        assert_eq!(figures[name], figure, "{name}");
        for (cell, csv) in [(&cells[2], value), (&cells[3], of)] {
            let same = match csv.parse::<f64>() {
                Ok(number) => Data::Float(number),
                Err(_) if csv.is_empty() => Data::Empty,
                Err(_) => Data::String(csv.clone()),
            };
            assert_eq!(*cell, same, "{name}");
        }
    }
    assert!(figures["pulse.recommend"].starts_with('-'), "a number below zero stays one");

    // Only coordinators; a stranger learns nothing.
    let priya = app.browser_of(world.priya.person).await;
    let olga = app.browser_of(world.olga).await;
    for ending in ["", ".json", ".csv", ".xlsx"] {
        priya.get(&format!("{path}{ending}")).await.is(403);
        olga.get(&format!("{path}{ending}")).await.is(404);
    }
}

/// Two meetings, four of five came; one trip of two took place; one item of feedback; a pulse that went badly.
async fn stage(app: &TestApp, world: &World) {
    let db = &app.app.db;
    let (goal, elements) = world::goal_with_elements(db, world, world.priya, &["Pace"]).await;
    for (group, facilitator, day, minutes, came) in [
        (world.reading_room, world.priya, "2026-01-20", 60, vec![world.priya, world.marcus]),
        (world.card_catalog, world.tobias, "2026-02-03", 30, vec![world.tobias, world.wren]),
    ] {
        let meeting = uuid::Uuid::now_v7();
        sqlx::query(
            "insert into meetings (program_id, id, group_id, starts_at, ends_at, starts_local, time_zone, mode, state, created_by,
                created_at, logged_by, logged_at, actual_minutes)
             values ($1, $2, $3, ($4 || 'T18:00Z')::timestamptz, ($4 || 'T19:00Z')::timestamptz, ($4 || 'T12:00')::timestamp,
                'America/Chicago', 'online', 'held', $5, '2026-01-15T12:00Z', $5, ($4 || 'T20:00Z')::timestamptz, $6)",
        )
        .bind(world.program)
        .bind(meeting)
        .bind(group)
        .bind(day)
        .bind(facilitator.participation)
        .bind(minutes)
        .execute(db)
        .await
        .unwrap();
        for one in came {
            sqlx::query("insert into attendances values ($1, $2, $3)")
                .bind(world.program)
                .bind(meeting)
                .bind(one.participation)
                .execute(db)
                .await
                .unwrap();
        }
        let with_goal = (group == world.reading_room).then_some(goal);
        let kind = if with_goal.is_some() { "goal_work" } else { "informal" };
        sqlx::query(
            "insert into agenda_items (program_id, id, group_id, meeting_id, position, kind, title, planned_minutes, goal_id, state,
                actual_minutes, worded_at)
             values ($1, gen_random_uuid(), $2, $3, 1, $4, 'x', 30, $5, 'done', 30, '2026-01-15T12:00Z')",
        )
        .bind(world.program)
        .bind(group)
        .bind(meeting)
        .bind(kind)
        .bind(with_goal)
        .execute(db)
        .await
        .unwrap();
    }
    for (state, day) in [("completed", Some("2026-03-10")), ("confirmed", None)] {
        sqlx::query(
            "insert into field_trips (program_id, id, group_id, kind, by_video, away, purpose, on_date, state, created_by, created_at,
                worded_at, confirmed_on, completed_on)
             values ($1, gen_random_uuid(), $2, 'event', true, false, 'A talk', '2026-03-10', $3, $4, '2026-02-01T12:00Z',
                '2026-02-01T12:00Z', '2026-02-10', $5::date)",
        )
        .bind(world.program)
        .bind(world.reading_room)
        .bind(state)
        .bind(world.priya.participation)
        .bind(day)
        .execute(db)
        .await
        .unwrap();
    }
    let feedback = uuid::Uuid::now_v7();
    sqlx::query(
        "insert into feedback (program_id, id, group_id, giver_id, receiver_id, mode, format, happened_on, state, created_at, shared_at)
         values ($1, $2, $3, $4, $5, 'written', 'free', '2026-03-01', 'shared', '2026-03-01T12:00Z', '2026-03-01T12:00Z')",
    )
    .bind(world.program)
    .bind(feedback)
    .bind(world.reading_room)
    .bind(world.marcus.participation)
    .bind(world.priya.participation)
    .execute(db)
    .await
    .unwrap();
    sqlx::query("insert into feedback_texts (program_id, feedback_id, receiver_id, element_id, words) values ($1, $2, $3, $4, '{}')")
        .bind(world.program)
        .bind(feedback)
        .bind(world.priya.participation)
        .bind(elements[0])
        .execute(db)
        .await
        .unwrap();
    sqlx::query(
        "with one as (insert into pulses (program_id, id, kind, opened_at, last_day, fewest, invited, closed_at)
             values ($1, gen_random_uuid(), 'mid', '2026-03-01T12:00Z', '2026-03-08', 3, 5, '2026-03-09T12:00Z') returning program_id, id)
         insert into pulse_answers (program_id, pulse_id, id, worth, safe, recommend)
         select program_id, id, gen_random_uuid(), 2, 3, n from one, unnest(array[9, 3, 2]) n",
    )
    .bind(world.program)
    .execute(db)
    .await
    .unwrap();
}

/// Chance changes what the demo's rows say: always the same chance for the same seed.
const SHAKE: &[&str] = &[
    "update meetings set logged_at = logged_at + random() * interval '9 days' where logged_at is not null",
    "update agenda_items set planned_minutes = 1 + floor(random() * 40)::int, actual_minutes = 1 + floor(random() * 50)::int
     where state = 'done'",
    "update agenda_items set state = 'skipped', actual_minutes = null where state = 'done' and random() < 0.2",
    "update feedback set shared_at = shared_at + random() * interval '20 days', answered_at = answered_at + random() * interval '40 days',
        opened_at = opened_at + random() * interval '30 days' where state <> 'draft'",
    "update feedback set reported_at = shared_at + random() * interval '20 days' where state <> 'draft' and random() < 0.2",
    "update field_trips set confirmed_on = confirmed_on + floor(random() * 30)::int, pre_met_on = case when random() < 0.7 then pre_met_on end,
        debriefed_on = case kind when 'observation' then on_date + floor(random() * 25)::int end where on_date < '2026-04-01'",
    "update actions set due_on = due_on - floor(random() * 40)::int, closed_on = closed_on + floor(random() * 30)::int",
    "update elements set agreed_on = agreed_on + floor(random() * 50)::int where agreed_on is not null",
    "update elements set state = 'retired', retired_on = agreed_on + floor(random() * 50)::int where state = 'agreed' and random() < 0.2",
    "update goals set state = case when random() < 0.4 then 'achieved' when random() < 0.5 then 'not_achieved' else 'dropped' end,
        closed_on = agreed_on + floor(random() * 90)::int where state = 'agreed' and random() < 0.5",
    "update products set created_at = created_at - random() * interval '60 days'",
    "update approval_requests set first_answered_at = first_answered_at + random() * interval '20 days' where first_answered_at is not null",
    "update approval_requests set decided_at = greatest(decided_at, first_answered_at), accepted_at = accepted_at + interval '20 days'
     where first_answered_at is not null",
];

/// Figures by SQL over the rows, as of $1: the name of a group, or nothing for the program, and the figure as text.
const BY_SQL: &[(&str, &str)] = &[
    ("held", "select name, count(*)::text from held group by grouping sets ((name), ())"),
    ("minutes", "select name, coalesce(sum(actual_minutes), 0)::text from held group by grouping sets ((name), ())"),
    (
        "attendance",
        "select name, (sum((select count(*) from attendances a where a.meeting_id = held.id))
            / sum((select count(*) from memberships m where m.group_id = held.group_id and m.joined_on <= day
                   and (m.left_on is null or day < m.left_on))))::float8::text
         from held group by grouping sets ((name), ())",
    ),
    ("on_goal", "select name, (coalesce(sum(i.actual_minutes) filter (where i.goal_id is not null), 0) / sum(i.actual_minutes)::float8)::text
         from held join agenda_items i on i.meeting_id = held.id group by grouping sets ((name), ())"),
    (
        "on_purpose",
        "select name, (coalesce(sum(i.actual_minutes) filter (where i.kind in ('goal_work', 'feedback_round', 'trip', 'theme')), 0)
            / sum(i.actual_minutes)::float8)::text
         from held join agenda_items i on i.meeting_id = held.id group by grouping sets ((name), ())",
    ),
    ("informal", "select name, (coalesce(sum(i.actual_minutes) filter (where i.kind = 'informal'), 0) / sum(i.actual_minutes)::float8)::text
         from held join agenda_items i on i.meeting_id = held.id group by grouping sets ((name), ())"),
    ("informal_planned", "select name, (coalesce(sum(i.planned_minutes) filter (where i.kind = 'informal'), 0) / sum(i.planned_minutes)::float8)::text
         from held join agenda_items i on i.meeting_id = held.id group by grouping sets ((name), ())"),
    ("feedback", "select name, count(*)::text from live group by grouping sets ((name), ())"),
    ("ack_rate", "select name, count(*) filter (where mode = 'spoken' or (answered_at at time zone 'America/Chicago')::date <= $1)
            || ' of ' || count(*) from live group by grouping sets ((name), ())"),
    (
        "coverage",
        "select g.name, count(*) filter (where exists (select from live join feedback_texts t on t.feedback_id = live.id
                where t.element_id = e.id and live.happened_on >= e.agreed_on)) || ' of ' || count(*)
         from elements e join groups g on g.id = e.group_id
         join memberships m on m.group_id = g.id and m.participation_id = e.about_id and m.joined_on <= $1 and coalesce(m.left_on > $1, true)
         where e.agreed_on <= $1 and (e.retired_on is null or e.retired_on > $1) group by grouping sets ((g.name), ())",
    ),
    (
        "trip_completion",
        "select g.name, count(*) filter (where f.completed_on <= $1) || ' of ' || count(*)
         from field_trips f join groups g on g.id = f.group_id
         where f.confirmed_on <= $1 and (f.on_date < $1 or f.state = 'cancelled' or f.completed_on <= $1) and f.created_at::date <= $1
         group by grouping sets ((g.name), ())",
    ),
    (
        "obs_cycle",
        "select g.name, count(*) filter (where f.pre_met_on <= $1 and f.debriefed_on <= least($1, f.on_date + 14)) || ' of ' || count(*)
         from field_trips f join groups g on g.id = f.group_id
         where f.kind = 'observation' and f.state <> 'cancelled' and (f.on_date < $1 or f.completed_on <= $1)
         group by grouping sets ((g.name), ())",
    ),
    (
        "actions",
        "select g.name, count(*) filter (where a.state = 'done' and a.closed_on <= $1) || ' of ' || count(*)
         from actions a join groups g on g.id = a.group_id
         where a.due_on between $1 - 41 and $1 and (a.written_at at time zone 'America/Chicago')::date <= $1
           and not (a.state = 'dropped' and a.closed_on <= $1) group by grouping sets ((g.name), ())",
    ),
];

/// The same of the whole program alone, by its path.
const OF_THE_PROGRAM: &[(&str, &str)] = &[
    ("approval.median_h", "select percentile_cont(0.5) within group (order by extract(epoch from first_answered_at - first_sent_at)::float8 / 3600)::text
         from approval_requests where (first_answered_at at time zone 'America/Chicago')::date <= $1"),
    ("approval.p90_h", "select percentile_cont(0.9) within group (order by extract(epoch from first_answered_at - first_sent_at)::float8 / 3600)::text
         from approval_requests where (first_answered_at at time zone 'America/Chicago')::date <= $1"),
    ("approval.decided", "select count(*)::text from approval_requests where (first_answered_at at time zone 'America/Chicago')::date <= $1"),
    ("goal_attainment", "select avg(case state when 'achieved' then 1 when 'partly' then 0.5 else 0 end)::float8::text from goals
         where closed_on <= $1 and agreed_on <= $1 and state <> 'dropped'"),
    ("goals_with_product", "select count(*) filter (where exists (select from products p where p.goal_id = w.id
                and (p.created_at at time zone 'America/Chicago')::date <= $1)) || ' of ' || count(*)
         from goals w where agreed_on <= $1 and not (state = 'dropped' and closed_on <= $1)"),
];

const TABLES: &str = "with held as (
        select g.name, m.id, m.group_id, m.actual_minutes, (m.starts_at at time zone 'America/Chicago')::date as day
        from meetings m join groups g on g.id = m.group_id
        where m.state = 'held' and (m.starts_at at time zone 'America/Chicago')::date <= $1
          and (m.logged_at at time zone 'America/Chicago')::date <= $1),
    live as (
        select g.name, f.id, f.mode, f.answered_at, f.happened_on from feedback f join groups g on g.id = f.group_id
        where f.state in ('shared', 'answered', 'confirmed') and f.happened_on <= $1
          and (case f.mode when 'spoken' then f.opened_at else f.shared_at end at time zone 'America/Chicago')::date <= $1
          and not coalesce((f.reported_at at time zone 'America/Chicago')::date <= $1, false)) ";

#[track_caller]
fn same(found: &str, expected: &str, what: &str) {
    let near = match (found.parse::<f64>(), expected.parse::<f64>()) {
        (Ok(found), Ok(expected)) => (found - expected).abs() < 1e-9,
        _ => found == expected,
    };
    assert!(near, "{what} is {found}, by the rows {expected}");
}

#[tokio::test]
async fn figures_are_what_the_rows_say_whatever_they_say() {
    let app = TestApp::start().await;
    archive::load_demo(&app.app).await.unwrap();
    let mut db = app.app.db.acquire().await.unwrap();
    sqlx::query("select setseed(0.42)").execute(&mut *db).await.unwrap();
    let mut compared = 0;
    for round in 0..3 {
        for sql in SHAKE {
            sqlx::query(*sql).execute(&mut *db).await.unwrap_or_else(|error| panic!("{error}: {sql}"));
        }
        for t in [date!(2026 - 02 - 20), date!(2026 - 03 - 30), date!(2026 - 04 - 20)] {
            let report = printed(&app, Some(t)).await;
            let mut figures = BTreeMap::new();
            leaves("", &report, &mut figures);
            for (name, sql) in BY_SQL {
                let rows: Vec<(Option<String>, Option<String>)> =
                    sqlx::query_as(AssertSqlSafe(format!("{TABLES} {sql}"))).bind(t).fetch_all(&mut *db).await.unwrap();
                for (group, expected) in rows {
                    let path =
                        group.map_or_else(|| format!("program.{name}"), |group| format!("groups.{group}.{name}"));
                    let found = figures.get(&path).unwrap_or_else(|| panic!("no {path}"));
                    same(found, &expected.unwrap_or_default(), &format!("round {round}, {t}: {path}"));
                    compared += 1;
                }
            }
            for (name, sql) in OF_THE_PROGRAM {
                let expected: Option<String> =
                    sqlx::query_scalar(AssertSqlSafe((*sql).to_owned())).bind(t).fetch_one(&mut *db).await.unwrap();
                same(&figures[*name], &expected.unwrap_or_default(), &format!("round {round}, {t}: {name}"));
                compared += 1;
            }
        }
    }
    assert!(compared > 400, "{compared}");
}
