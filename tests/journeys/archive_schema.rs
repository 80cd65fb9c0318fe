//! `docs/archive-format.schema.json` describes the file of a whole program: it is made from what the database says of
//! its tables, and the committed one is that. `WRITE_SCHEMA=1 cargo test --test journeys archive_schema` writes it.
use crate::support::TestApp;
use see_also::features::archive;
use serde_json::{Map, Value, json};
use sqlx::Row;
use std::{collections::BTreeMap, env, fs};

const COMMITTED: &str = "docs/archive-format.schema.json";

/// Every column that a file may fill, with what a value of it has to be.
const COLUMNS: &str = "
    select c.relname::text as table_name, a.attname::text as column_name, format_type(a.atttypid, null) as holds,
           a.attnotnull as needed, pg_get_expr(d.adbin, d.adrelid) as usually, col_description(c.oid, a.attnum) as class,
           array(select pg_get_constraintdef(k.oid) from pg_constraint k
                 where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum] order by k.conname) as checks
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and (c.relname = 'programs' or exists (select from pg_attribute p where p.attrelid = c.oid and p.attname = 'program_id'))
    order by c.relname, a.attnum";

fn value_of(holds: &str) -> (&'static str, Value) {
    match holds {
        "uuid" => ("string", json!({"format": "uuid"})),
        "text" => ("string", json!({})),
        "smallint" | "integer" | "bigint" => ("integer", json!({})),
        "boolean" => ("boolean", json!({})),
        "date" => ("string", json!({"format": "date"})),
        "timestamp with time zone" => ("string", json!({"format": "date-time"})),
        "timestamp without time zone" => ("string", json!({"pattern": "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d$"})),
        "time without time zone" => ("string", json!({"pattern": "^\\d\\d:\\d\\d:\\d\\d$"})),
        "text[]" => ("array", json!({"items": {"type": "string"}})),
        "jsonb" => ("object", json!({})),
        other => panic!("say in this test what JSON a column of the type {other} becomes"),
    }
}

/// The words that a check allows, where it is a list of words: `CHECK ((state = ANY (ARRAY['open'::text, …])))`.
fn words(checks: &[String]) -> Option<Vec<String>> {
    let list = checks.iter().find_map(|check| check.split_once("= ANY (ARRAY[")?.1.split_once(']'))?.0;
    Some(list.split(", ").map(|word| word.trim_end_matches("::text").trim_matches('\'').to_owned()).collect())
}

fn column(row: &sqlx::postgres::PgRow) -> Value {
    let (kind, mut schema) = value_of(row.get("holds"));
    let fields = schema.as_object_mut().unwrap();
    let needed: bool = row.get("needed");
    fields.insert("type".to_owned(), if needed { json!(kind) } else { json!([kind, "null"]) });
    let checks: Vec<String> = row.get("checks");
    if let Some(words) = words(&checks).filter(|_| kind == "string") {
        let mut all: Vec<Value> = words.into_iter().map(Value::String).collect();
        if !needed {
            all.push(Value::Null);
        }
        fields.insert("enum".to_owned(), Value::Array(all));
    }
    if let Some(class) = row.get::<Option<String>, _>("class") {
        fields.insert("description".to_owned(), Value::String(class));
    }
    schema
}

/// One table's rows: their columns, and those that have to be there.
#[derive(Default)]
struct Table {
    columns: Map<String, Value>,
    needed: Vec<String>,
}

impl Table {
    fn row(self) -> Value {
        json!({"type": "object", "properties": self.columns, "required": self.needed, "additionalProperties": false})
    }
}

async fn made(app: &TestApp) -> Value {
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    for row in sqlx::query(COLUMNS).fetch_all(&app.app.db).await.unwrap() {
        let (table, name): (String, String) = (row.get("table_name"), row.get("column_name"));
        if archive::left_out(&table).is_some() || name == "program_id" {
            continue;
        }
        let into = tables.entry(table).or_default();
        if row.get("needed") && row.get::<Option<String>, _>("usually").is_none() {
            into.needed.push(name.clone());
        }
        into.columns.insert(name, column(&row));
    }
    let program = tables.remove("programs").unwrap().row();
    let rows = |table: Table| json!({"type": "array", "items": table.row()});
    let tables: Map<String, Value> = tables.into_iter().map(|(name, table)| (name, rows(table))).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A peer mentoring program of See Also, whole",
        "description": "What `see-also export` writes and `see-also import` reads. The description of a column says who may see what stands in it. What the columns have to keep together is in docs/archive-format.md.",
        "type": "object",
        "required": ["format", "version", "people", "program", "tables"],
        "additionalProperties": false,
        "properties": {
            "format": {"const": "see-also-program"},
            "version": {"const": 2},
            "people": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["id", "name", "email", "time_zone"],
                    "additionalProperties": false,
                    "properties": {
                        "id": {"type": "string", "format": "uuid"},
                        "name": {"type": "string"},
                        "email": {"type": "string"},
                        "time_zone": {"type": "string", "description": "IANA name"},
                    },
                },
            },
            "program": program,
            "tables": {"type": "object", "properties": tables, "additionalProperties": false},
        },
    })
}

#[tokio::test]
async fn the_committed_schema_is_that_of_the_tables() {
    let app = TestApp::start().await;
    let made = made(&app).await;
    if env::var_os("WRITE_SCHEMA").is_some() {
        fs::write(COMMITTED, format!("{}\n", serde_json::to_string_pretty(&made).unwrap())).unwrap();
    }
    let committed: Value = serde_json::from_str(&fs::read_to_string(COMMITTED).unwrap()).unwrap();
    assert!(committed == made, "the tables have changed: WRITE_SCHEMA=1 cargo test --test journeys archive_schema");
    // It says something: words where a column takes only some, and what may not be missing.
    let state = &made["properties"]["tables"]["properties"]["meetings"]["items"]["properties"]["state"];
    assert!(state["enum"].as_array().unwrap().contains(&json!("held")), "{state}");
    let needed = &made["properties"]["tables"]["properties"]["feedback"]["items"]["required"];
    assert!(needed.as_array().unwrap().contains(&json!("giver_id")), "{needed}");
}
