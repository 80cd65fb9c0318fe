//! The demo program is a file as `docs/archive-format.schema.json` describes it, by a library that others wrote:
//! `jsonschema` of the Python Package Index.
use crate::python;
use serde_json::{Value, json};
use std::{
    fs,
    io::Write,
    process::{Command, Stdio},
};

/// Says what is wrong with each file, by the schema.
const READ: &str = "
import json, sys
from jsonschema import Draft202012Validator, FormatChecker
asked = json.load(sys.stdin)
Draft202012Validator.check_schema(asked['schema'])
reader = Draft202012Validator(asked['schema'], format_checker=FormatChecker())
found = [[error.json_path + ': ' + error.message for error in reader.iter_errors(file)] for file in asked['files']]
json.dump(found, sys.stdout)
";

fn changed(file: &Value, path: &str, to: Value) -> Value {
    let mut file = file.clone();
    *file.pointer_mut(path).unwrap_or_else(|| panic!("nothing at {path}")) = to;
    file
}

#[test]
fn the_demo_program_is_as_the_schema_says() {
    let Some(python) = python() else { return };
    let read = |path: &str| serde_json::from_str::<Value>(&fs::read_to_string(path).unwrap()).unwrap();
    let schema = read("docs/archive-format.schema.json");
    let demo = read("demo/larkspur-spring.json");
    let mut strange = demo.clone();
    strange["tables"]["spells"] = json!([]);
    let files = [
        demo.clone(),
        strange,
        changed(&demo, "/version", json!(1)),
        changed(&demo, "/tables/meetings/0/state", json!("dreamt")),
        changed(&demo, "/tables/meetings/0/group_id", Value::Null),
        changed(&demo, "/program/starts_on", json!("in spring")),
    ];
    let mut child =
        Command::new(python).args(["-c", READ]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let asked = json!({"schema": schema, "files": files});
    child.stdin.take().unwrap().write_all(asked.to_string().as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success());
    let found: Vec<Vec<String>> = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(found[0], [""; 0], "the demo program");
    for (found, what) in found[1..].iter().zip(["spells", "version", "dreamt", "None", "in spring"]) {
        assert!(found.len() == 1 && found[0].contains(what), "{what}: {found:?}");
    }
}
