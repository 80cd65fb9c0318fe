//! The desk asks for one program, by index, however many others there are; and it is told the same of its groups
//! all at once as of each by itself.
use crate::support::TestApp;
use see_also::{
    base::ids::{GroupId, ProgramId},
    features::{
        archive,
        progress::{self, Which},
    },
};
use sqlx::{AssertSqlSafe, Executor, Row};

/// The statements that the desk is made of, as the application asks them, by words of theirs.
fn statements() -> Vec<String> {
    let asked: Vec<String> = std::fs::read_dir(".sqlx")
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .map(|text| serde_json::from_str::<serde_json::Value>(&text).unwrap()["query"].as_str().unwrap().to_owned())
        .collect();
    let with = |words: &[&str]| {
        let found: Vec<String> =
            asked.iter().filter(|sql| words.iter().all(|word| sql.contains(word))).cloned().collect();
        assert!(!found.is_empty(), "{words:?}");
        found
    };
    [
        with(&["with backed as", "kept_small_with"]),
        with(&["invited_at", "asked_state?"]),
        with(&["from put_off_warnings", "any($1)"]),
        with(&["title, question from themes", "program_id = $1"]),
    ]
    .concat()
}

#[tokio::test]
async fn its_statements_read_one_program_by_index() {
    let app = TestApp::start().await;
    archive::load_demo(&app.app).await.unwrap();
    let mut db = app.app.db.acquire().await.unwrap();
    // In a small database reading all of a table is cheapest; where an index can serve, it is taken now.
    db.execute("set enable_seqscan = off").await.unwrap();
    db.execute("set plan_cache_mode = force_generic_plan").await.unwrap();
    for (at, sql) in statements().iter().enumerate() {
        let (kind, argument) = if sql.contains("any($1)") { ("uuid[]", "'{}'") } else { ("uuid", "gen_random_uuid()") };
        db.execute(AssertSqlSafe(format!("prepare desk_{at}({kind}) as {sql}"))).await.unwrap();
        let plan: Vec<String> = db
            .fetch_all(AssertSqlSafe(format!("explain (costs off) execute desk_{at}({argument})")))
            .await
            .unwrap()
            .iter()
            .map(|row| row.get(0))
            .collect();
        let scans: Vec<&String> = plan.iter().filter(|line| line.contains("Seq Scan on ")).collect();
        assert!(scans.is_empty(), "{scans:?} in the plan of {sql}: {plan:#?}");
        let used = plan.iter().filter(|line| line.contains("Index")).count();
        assert!(used > 0, "no index in the plan of {sql}: {plan:#?}");
    }
    // The connection goes back as it was.
    db.execute("discard all").await.unwrap();
}

#[tokio::test]
async fn what_is_told_of_all_groups_is_told_of_each() {
    let app = TestApp::start().await;
    archive::load_demo(&app.app).await.unwrap();
    let mut db = app.app.db.acquire().await.unwrap();
    let program: ProgramId = sqlx::query_scalar("select id from programs").fetch_one(&mut *db).await.unwrap();
    let groups: Vec<GroupId> = sqlx::query_scalar("select id from groups").fetch_all(&mut *db).await.unwrap();
    let all = progress::groups(&mut db, Which { programs: &[program], groups: None }).await.unwrap();
    let each = progress::groups(&mut db, Which { programs: &[program], groups: Some(&groups) }).await.unwrap();
    assert!(all.len() >= 3 && all.iter().any(|group| !group.meetings.is_empty() && !group.feedback.is_empty()));
    assert_eq!(format!("{all:#?}"), format!("{each:#?}"));
}
