//! The database itself refuses to change the history: to its owner by grants, to a superuser by a trigger.
use crate::support::{TestApp, world::World};

const CHANGES: [&str; 3] = ["update history set action = 'nothing'", "delete from history", "truncate history"];

#[tokio::test]
async fn the_database_refuses_to_change_the_history() {
    let app = TestApp::start().await;
    World::build(&app).await;
    let rows = "select count(*) from history";
    let before: i64 = sqlx::query_scalar(rows).fetch_one(&app.app.db).await.unwrap();
    assert!(before > 0, "the world leaves a history");

    for change in CHANGES {
        let refused = sqlx::raw_sql(change).execute(&app.app.db).await.expect_err(change);
        let code = refused.as_database_error().and_then(|error| error.code()).map(|code| code.into_owned());
        assert_eq!(code.as_deref(), Some("42501"), "{change}: {refused}");
    }
    let after: i64 = sqlx::query_scalar(rows).fetch_one(&app.app.db).await.unwrap();
    assert_eq!(before, after);
}

#[tokio::test]
async fn the_owner_has_no_right_to_change_the_history() {
    let app = TestApp::start().await;
    // The list of rights itself: asking for the rights of a superuser would answer yes to everything.
    let mut rights: Vec<String> = sqlx::query_scalar(
        "select distinct acl.privilege_type from pg_class c, aclexplode(c.relacl) acl
         where c.oid = 'history'::regclass",
    )
    .fetch_all(&app.app.db)
    .await
    .unwrap();
    rights.sort();
    assert_eq!(rights, ["INSERT", "REFERENCES", "SELECT", "TRIGGER"]);
}
