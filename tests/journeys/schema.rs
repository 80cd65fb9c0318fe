//! The schema keeps its promises: who may see each column, and keys that scale by program.
use crate::support::TestApp;
use sqlx::{AssertSqlSafe, Executor, PgPool, Row};
use std::{collections::BTreeSet, fmt::Write};

async fn texts(db: &PgPool, sql: &'static str) -> Vec<String> {
    sqlx::query(sql).fetch_all(db).await.unwrap().iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn every_column_says_who_may_see_it() {
    let app = TestApp::start().await;
    let unsaid = texts(
        &app.app.db,
        "select c.relname || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
         where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
           and c.relname <> '_sqlx_migrations'
           and coalesce(col_description(c.oid, a.attnum), '') not in ('PUBLIC', 'FACT', 'SHARED', 'CONTENT', 'PRIVATE')
         order by 1",
    )
    .await;
    assert!(unsaid.is_empty(), "no class in the comment on {unsaid:?}");
}

#[tokio::test]
async fn tables_of_a_program_are_keyed_by_it() {
    let app = TestApp::start().await;
    let db = &app.app.db;
    let loose = texts(
        db,
        "select c.relname::text from pg_class c join pg_index i on i.indrelid = c.oid and i.indisprimary
         join pg_attribute a on a.attrelid = c.oid and a.attname = 'program_id' and a.attnotnull
         where c.relnamespace = 'public'::regnamespace and i.indkey[0] <> a.attnum
           and c.relname <> 'person_programs' order by 1",
    )
    .await;
    assert!(loose.is_empty(), "primary keys that do not start with program_id: {loose:?}");
    let straying = texts(
        db,
        "select f.conname::text from pg_constraint f
         join pg_class c on c.oid = f.conrelid join pg_class t on t.oid = f.confrelid
         where f.contype = 'f' and t.relname not in ('programs', 'people')
           and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum = f.conkey[1] and a.attname = 'program_id')
         order by 1",
    )
    .await;
    assert!(straying.is_empty(), "foreign keys that could point into another program: {straying:?}");
    let unique = texts(
        db,
        "select x.relname::text from pg_index i join pg_class x on x.oid = i.indexrelid join pg_class c on c.oid = i.indrelid
         join pg_attribute a on a.attrelid = c.oid and a.attname = 'program_id' and a.attnotnull
         where c.relnamespace = 'public'::regnamespace and (i.indisunique or i.indisexclusion) and i.indkey[0] <> a.attnum
           and c.relname <> 'person_programs' order by 1",
    )
    .await;
    assert!(unique.is_empty(), "unique only across programs: {unique:?}");
    let more = texts(
        db,
        "select 'trigger ' || tgname from pg_trigger where not tgisinternal
         union all select 'sequence ' || relname from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace",
    )
    .await;
    assert!(more.is_empty(), "{more:?}");
}

/// The statements of the program with the types of their parameters, as sqlx keeps them.
fn statements() -> Vec<(String, Vec<serde_json::Value>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(".sqlx").expect("cargo writes .sqlx") {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let kept: serde_json::Value = serde_json::from_str(&text).unwrap();
        let types = kept["describe"]["parameters"]["Left"].as_array().cloned().unwrap_or_default();
        found.push((kept["query"].as_str().unwrap().to_owned(), types));
    }
    assert!(found.len() > 60, "only {} statements", found.len());
    found
}

fn dummy(kind: &serde_json::Value) -> &'static str {
    match kind.as_str() {
        Some("Uuid") => "'01900000-0000-7000-8000-000000000000'",
        Some("Timestamptz" | "Timestamp" | "Date") => "'2026-04-20'",
        Some("Int4" | "Int8" | "Int2") => "1",
        Some("Bool") => "true",
        Some("Text") => "'x'",
        Some("UuidArray") => "array['01900000-0000-7000-8000-000000000000'::uuid]",
        Some("TextArray") => "array['x']",
        _ => "null",
    }
}

#[tokio::test]
async fn one_schema_serves_sharding_every_statement_touches_one_partition() {
    let app = TestApp::start().await;
    let db = &app.app.db;
    let tables: BTreeSet<String> = texts(
        db,
        "select c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'program_id' and a.attnotnull
         where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'person_programs'",
    )
    .await
    .into_iter()
    .collect();
    let mut scratch = db.acquire().await.unwrap();
    scratch.execute("drop schema if exists scratch cascade; create schema scratch").await.unwrap();
    for (table, key) in tables.iter().map(|table| (table.as_str(), "program_id")).chain([("programs", "id")]) {
        let mut ddl = format!("create table scratch.{table} (like public.{table}) partition by hash ({key});");
        for part in 0..4 {
            let _written = write!(
                ddl,
                "create table scratch.{table}_p{part} partition of scratch.{table} for values with (modulus 4, remainder {part});"
            );
        }
        // The keys that `on conflict` names; exclusion constraints cannot be partitioned before PostgreSQL 17.
        let uniques: Vec<(String, String)> = sqlx::query_as(
            "select conname::text, pg_get_constraintdef(oid) from pg_constraint
             where conrelid = ('public.' || $1)::regclass and contype in ('p', 'u')",
        )
        .bind(table)
        .fetch_all(&mut *scratch)
        .await
        .unwrap();
        for (name, definition) in uniques {
            let _written = write!(
                ddl,
                "alter table scratch.{table} add constraint {name} {};",
                definition.replace(" DEFERRABLE INITIALLY DEFERRED", "")
            );
        }
        scratch.execute(AssertSqlSafe(ddl)).await.unwrap();
    }
    scratch.execute("set search_path to scratch, public; set plan_cache_mode to force_generic_plan").await.unwrap();
    let mut wide = Vec::new();
    let mut seen = 0;
    for (sql, types) in statements() {
        let words: BTreeSet<&str> = sql.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
        // Where a person arrives, several of their programs are asked for at once: as many partitions as programs.
        let of_several = sql.contains("program_id = any($") || words.contains("person_programs");
        let with_exclusion = sql.contains("a_person_is_in_one_group");
        if !tables.iter().any(|table| words.contains(table.as_str())) || of_several || with_exclusion {
            continue;
        }
        scratch.execute(AssertSqlSafe(format!("prepare q as {sql}"))).await.unwrap_or_else(|e| panic!("{e}: {sql}"));
        let arguments: Vec<&str> = types.iter().map(dummy).collect();
        let call = if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
        // Unnamed, because a prepared `explain` would be planned against tables that are gone by the next statement.
        let plan: Vec<String> = sqlx::query(AssertSqlSafe(format!("explain (costs off) execute q{call}")))
            .persistent(false)
            .fetch_all(&mut *scratch)
            .await
            .unwrap_or_else(|e| panic!("{e}: {sql}"))
            .iter()
            .map(|row| row.get(0))
            .collect();
        scratch.execute("deallocate q").await.unwrap();
        seen += 1;
        let scanned: BTreeSet<String> = plan
            .iter()
            .filter(|line| line.contains(" on ") && line.contains("Scan"))
            .filter_map(|line| {
                line.split_whitespace().find(|word| word.contains("_p") && word.ends_with(|c: char| c.is_ascii_digit()))
            })
            .map(|word| word[word.len() - 2..].to_owned())
            .collect();
        if scanned.len() > 1 {
            wide.push(format!("{sql}\n{}", plan.join("\n")));
        }
    }
    scratch.execute("reset search_path; reset plan_cache_mode; drop schema scratch cascade").await.unwrap();
    assert!(seen > 40, "only {seen} statements were tried");
    assert!(wide.is_empty(), "{} statements touch several partitions:\n{}", wide.len(), wide.join("\n\n"));
}
