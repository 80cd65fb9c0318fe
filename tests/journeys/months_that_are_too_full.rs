//! Planning that takes somebody over the hours their supervisor approved for a month warns that person, and nobody else.
use crate::support::{TestApp, world::World};
use uuid::Uuid;

async fn meeting(app: &TestApp, world: &World, on: &str, minutes: i32, state: &str) -> Uuid {
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into meetings (program_id, id, group_id, starts_at, ends_at, starts_local, time_zone, mode, state, created_by, created_at)
         values ($1, $2, $3, ($4::date + time '10:00') at time zone 'America/Chicago',
                 ($4::date + time '10:00') at time zone 'America/Chicago' + make_interval(mins => $5), $4::date + time '10:00',
                 'America/Chicago', 'online', $6, $7, '2026-04-01T12:00Z')",
    )
    .bind(world.program)
    .bind(id)
    .bind(world.reading_room)
    .bind(time::Date::parse(on, time::macros::format_description!("[year]-[month]-[day]")).unwrap())
    .bind(minutes)
    .bind(state)
    .bind(world.priya.participation)
    .execute(&app.app.db)
    .await
    .unwrap();
    id
}

#[tokio::test]
async fn each_reads_about_their_own_month_alone() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    sqlx::query("update approval_requests set agreed_hours_month = 8 where participation_id = $1")
        .bind(world.marcus.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    let first = meeting(&app, &world, "2026-05-05", 120, "scheduled").await;
    meeting(&app, &world, "2026-05-31", 120, "scheduled").await;
    // What does not count: the month before and after, and what was called off.
    let april = meeting(&app, &world, "2026-04-30", 240, "scheduled").await;
    meeting(&app, &world, "2026-06-01", 240, "scheduled").await;
    meeting(&app, &world, "2026-05-12", 240, "cancelled").await;
    let (hana, marcus) = (app.browser_of(world.hana.person).await, app.browser_of(world.marcus.person).await);
    let path = |id: Uuid| format!("{}/meetings/{id}", world.group_path());
    hana.get(&path(first)).await.is(200).does_not_say("your supervisor approved");
    hana.get(&path(april)).await.does_not_say("your supervisor approved");

    // One more, and May is over what Hana was given; Marcus was given more.
    let one_more = meeting(&app, &world, "2026-05-19", 30, "scheduled").await;
    for id in [first, one_more] {
        hana.get(&path(id))
            .await
            .says("Your meetings in May come to 4 hours 30 minutes")
            .says("approved 4 hours a month");
        marcus.get(&path(id)).await.is(200).does_not_say("your supervisor approved");
    }
    hana.get(&path(april)).await.does_not_say("your supervisor approved");
}
