//! The database itself refuses to change the history, even to its owner.
use crate::support::{TestApp, world::World};
use sqlx::Connection;

const CHANGES: [&str; 3] = ["update history set action = 'nothing'", "delete from history", "truncate history"];

#[tokio::test]
async fn the_database_refuses_its_owner_to_change_the_history() {
    let app = TestApp::start().await;
    World::build(&app).await;
    let program: String =
        sqlx::query_scalar("select id::text from programs limit 1").fetch_one(&app.app.db).await.unwrap();
    let mut db = app.app.db.acquire().await.unwrap();
    let mut trial = db.begin().await.unwrap();
    // Our own server's user is a superuser, whom no grant binds; a plain owner is what the grants are for.
    let above: bool = sqlx::query_scalar("select rolsuper from pg_roles where rolname = current_user")
        .fetch_one(&mut *trial)
        .await
        .unwrap();
    if above {
        let plain = "create role owner_of_the_history; alter table history owner to owner_of_the_history;
                     set local role owner_of_the_history";
        sqlx::raw_sql(plain).execute(&mut *trial).await.unwrap();
    }
    // Adding is what is left to it.
    sqlx::query(
        "insert into history (program_id, id, actor_kind, action, object_id, at)
         values ($1::uuid, gen_random_uuid(), 'system', 'program_opened', $1::uuid, now())",
    )
    .bind(program)
    .execute(&mut *trial)
    .await
    .unwrap();

    for change in CHANGES {
        let mut once = trial.begin().await.unwrap();
        let refused = sqlx::raw_sql(change).execute(&mut *once).await.expect_err(change);
        let code =
            refused.as_database_error().and_then(sqlx::error::DatabaseError::code).map(std::borrow::Cow::into_owned);
        assert_eq!(code.as_deref(), Some("42501"), "{change}: {refused}");
        once.rollback().await.unwrap();
    }
    trial.rollback().await.unwrap();
}
