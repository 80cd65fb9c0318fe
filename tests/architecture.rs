//! The rules of `src/lib.rs`, checked by reading the source.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

/// A module may use only modules before it.
const ORDER: &[&str] = &[
    "base", "database", "outbox", "links", "history", "mail", "config", "web", "access", "features", "routes",
    "worker", "server",
];
/// A feature may use only features before it.
const FEATURES: &[&str] = &[
    "accounts",
    "email_changes",
    "programs",
    "decisions",
    "earlier_lessons",
    "settings",
    "approvals",
    "answer_letters",
    "digests",
    "people",
    "inviting",
    "join_asks",
    "reminders",
    "answers",
    "joining",
    "profiles",
    "pledges",
    "standings",
    "imports",
    "groups",
    "meetings",
    "timekeeping",
    "meeting_letters",
    "move_offers",
    "forming",
    "leaving",
    "moves",
    "letters",
    "help",
    "library",
    "retrospectives",
    "lessons",
    "next_programs",
    "products",
    "matching",
    "suggestions",
    "off_limits",
    "choices",
    "trips",
    "elements",
    "actions",
    "goal_versions",
    "goal_notes",
    "goals",
    "agreements",
    "group_themes",
    "agenda_templates",
    "month_hours",
    "agendas",
    "fixed_times",
    "calendar",
    "coffee",
    "time_polls",
    "meeting_logs",
    "trip_hosts",
    "trip_approvals",
    "trip_needs",
    "interviews",
    "host_thanks",
    "return_visits",
    "shared_reports",
    "field_trips",
    "trip_reports",
    "observation_notes",
    "calendar_feeds",
    "closing_groups",
    "formats",
    "feedback_asks",
    "showing",
    "feedback",
    "drafts",
    "second_wordings",
    "revisions",
    "spoken_feedback",
    "reports",
    "feedback_list",
    "portfolios",
    "progress",
    "warnings",
    "putting_off",
    "pulse",
    "desk",
    "program_reports",
    "group_page",
    "nudges",
    "week_ahead",
    "did_you_meet",
    "trip_reminders",
    "mirror",
    "search",
    "home",
    "own_data",
    "archive",
];
/// Inside a feature: a layer, and the layers it may use.
const LAYERS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("queries", &["model"]),
    // What stays of the slice's things when somebody is erased.
    ("erase", &["model", "queries"]),
    ("link", &["model", "queries"]),
    ("email", &["model", "queries", "link"]),
    ("service", &["model", "queries", "link", "email"]),
    // What happens by the clock alone.
    ("schedule", &["model", "queries", "email", "service"]),
    // Pages turn what the service found into words; they never ask the database themselves.
    ("pages", &["model", "queries", "link", "service"]),
    ("handlers", &["model", "service", "pages", "link"]),
];
/// A slice over this is two nouns.
const LONGEST_SLICE: usize = 1_900;
/// Slices that hold two nouns and wait to be split. Their numbers may only go down.
const TO_SPLIT: &[(&str, usize)] = &[("field_trips", 2_740), ("goals", 2_103)];
/// Files aim for 300 lines; none goes beyond this.
const LONGEST_FILE: usize = 420;

struct Source {
    /// Below `src/`, in parts.
    parts: Vec<String>,
    text: String,
}

impl Source {
    fn name(&self) -> String {
        self.parts.join("/")
    }
    /// The top module it belongs to.
    fn module(&self) -> &str {
        self.parts[0].trim_end_matches(".rs")
    }
    fn feature(&self) -> Option<&str> {
        (self.module() == "features" && self.parts.len() > 2).then(|| self.parts[1].as_str())
    }
    /// The layer inside its feature: the name of the file, or of the folder that holds it.
    fn layer(&self) -> Option<&str> {
        self.feature().map(|_| self.parts[2].trim_end_matches(".rs"))
    }
    /// The code without comments, so that words about code are not taken for code.
    fn code(&self) -> String {
        self.text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
    }
}

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(path.to_str().unwrap(), ending));
        } else if path.extension().is_some_and(|end| end == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<Source> {
    files("src", "rs")
        .into_iter()
        .map(|path| Source {
            parts: path.strip_prefix("src").unwrap().iter().map(|part| part.to_str().unwrap().to_owned()).collect(),
            text: fs::read_to_string(&path).unwrap(),
        })
        .filter(|source| !source.text.is_empty())
        .collect()
}

/// Every path after `prefix` that a file mentions, with `{a, b::{c}}` opened up one level.
fn paths(code: &str, prefix: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices(prefix) {
        let rest = &code[at + prefix.len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let (mut depth, mut item) = (0, String::new());
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => {
                        found.push(std::mem::take(&mut item));
                        continue;
                    }
                    _ => {}
                }
                if !c.is_whitespace() {
                    item.push(c);
                }
            }
            found.push(item);
        } else {
            found
                .push(rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '{' | ',')).collect());
        }
    }
    found
}

/// The names that stand first in the braces after `features::`, or the one name.
fn features_named(path: &str) -> Vec<String> {
    let Some(rest) = path.strip_prefix("features::") else { return Vec::new() };
    let mut depth = 0;
    let mut names = vec![String::new()];
    for c in rest.trim_start_matches('{').chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(String::new()),
            c if depth == 0 => names.last_mut().unwrap().push(c),
            _ => {}
        }
    }
    names.iter().map(|name| name.split("::").next().unwrap().to_owned()).filter(|name| !name.is_empty()).collect()
}

fn place(order: &[&str], name: &str) -> Option<usize> {
    order.iter().position(|known| *known == name)
}

#[test]
fn modules_use_only_modules_above_them() {
    let mut wrong = Vec::new();
    for source in sources() {
        let Some(mine) = place(ORDER, source.module()) else { continue };
        for path in paths(&source.code(), "crate::") {
            let theirs = path.split("::").next().unwrap();
            if place(ORDER, theirs).is_some_and(|theirs| theirs > mine) {
                wrong.push(format!("{} uses {path}", source.name()));
            }
            for used in features_named(&path) {
                let (Some(me), Some(them)) =
                    (source.feature().and_then(|f| place(FEATURES, f)), place(FEATURES, &used))
                else {
                    continue;
                };
                if them > me {
                    wrong.push(format!("{} uses {used}", source.name()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_feature_stands_in_the_order() {
    let there: BTreeSet<String> = fs::read_dir("src/features")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(there, FEATURES.iter().map(|name| (*name).to_owned()).collect());
}

#[test]
fn layers_inside_a_feature_use_only_layers_below() {
    let mut wrong = Vec::new();
    for source in sources() {
        let Some((layer, may)) = source.layer().and_then(|layer| LAYERS.iter().find(|(name, _)| *name == layer)) else {
            continue;
        };
        for path in paths(&source.code(), "super::") {
            let used: String = path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if used != *layer && place(&LAYERS.map_names(), &used).is_some() && !may.contains(&used.as_str()) {
                wrong.push(format!("{}: {layer} uses {used}", source.name()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

trait MapNames {
    fn map_names(&self) -> Vec<&'static str>;
}
impl MapNames for [(&'static str, &'static [&'static str])] {
    fn map_names(&self) -> Vec<&'static str> {
        self.iter().map(|(name, _)| *name).collect()
    }
}

/// Every SQL text of a file: string literals that start like a statement.
fn statements(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find('"') {
        let raw = rest[..at].ends_with("r#");
        rest = &rest[at + 1..];
        let end = if raw {
            rest.find("\"#").unwrap_or(rest.len())
        } else {
            let mut end = 0;
            let bytes = rest.as_bytes();
            while end < bytes.len() && bytes[end] != b'"' {
                end += if bytes[end] == b'\\' { 2 } else { 1 };
            }
            end.min(rest.len())
        };
        let text = rest[..end].split_whitespace().collect::<Vec<_>>().join(" ");
        let starts = ["select ", "insert ", "update ", "delete ", "with ", "truncate ", "lock "];
        if starts.iter().any(|start| text.to_lowercase().starts_with(start)) {
            found.push(text);
        }
        rest = &rest[(end + 1).min(rest.len())..];
    }
    found
}

#[test]
fn each_table_is_written_from_one_folder() {
    let mut writers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources() {
        let folder =
            source.feature().map_or_else(|| source.module().to_owned(), |feature| format!("features/{feature}"));
        for statement in statements(&source.code()) {
            let words: Vec<&str> =
                statement.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|w| !w.is_empty()).collect();
            for three in words.windows(3) {
                let table = match three {
                    ["insert", "into", table] | ["delete", "from", table] => table,
                    ["update", table, "set" | "as"] if *table != "do" => table,
                    _ => continue,
                };
                writers.entry((*table).to_owned()).or_default().insert(folder.clone());
            }
        }
    }
    assert!(writers.len() > 15, "the statements were not found: {writers:?}");
    let shared: Vec<_> = writers.iter().filter(|(_, folders)| folders.len() > 1).collect();
    assert!(shared.is_empty(), "{shared:?}");
}

/// Tables that belong to a program: those whose migration gives them a `program_id` that must be there.
fn program_tables() -> BTreeSet<String> {
    let mut tables = BTreeSet::new();
    for path in files("migrations", "sql") {
        let text = fs::read_to_string(path).unwrap();
        for table in text.split("create table ").skip(1) {
            let body = &table[..table.find("\n);").unwrap()];
            if body.contains("primary key (program_id,") {
                tables.insert(table.split_whitespace().next().unwrap().to_owned());
            }
        }
    }
    assert!(tables.contains("meetings") && tables.contains("feedback"), "{tables:?}");
    tables
}

#[test]
fn sql_is_literal_bounded_and_names_its_program() {
    let tables = program_tables();
    let mut wrong = Vec::new();
    for source in sources() {
        for statement in statements(&source.code()) {
            let lower = statement.to_lowercase();
            let said = |what: &str| format!("{}: {what}: {statement}", source.name());
            // The archive file holds whole rows, whatever their columns are.
            let whole_rows = source.name() == "database/rows.rs";
            if !whole_rows && (lower.contains("select *") || lower.contains(".*")) {
                wrong.push(said("names no columns"));
            }
            if lower.contains("now()") || lower.contains("current_timestamp") || lower.contains("current_date") {
                wrong.push(said("asks the time; pass it in"));
            }
            if lower.contains(" offset $") {
                wrong.push(said("pages by offset; use the last row's key"));
            }
            if bounded_by_what_may_be_missing(&lower) {
                wrong.push(said("is planned once for all values; write the bound as `id > coalesce($1, …)`"));
            }
            let words: BTreeSet<&str> = lower.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
            if tables.iter().any(|table| words.contains(table.as_str())) && !words.contains("program_id") {
                wrong.push(said("reads a program's table without its program"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `$1 is null or id > $1`: the plan that serves every value of `$1` (see `database::pool`) reads all rows for it.
fn bounded_by_what_may_be_missing(sql: &str) -> bool {
    let mut rest = sql;
    while let Some((before, after)) = rest.split_once(" is null or ") {
        let parameter = before.rsplit(['(', ' ']).next().unwrap_or_default().split("::").next().unwrap_or_default();
        let bound = after.split(')').next().unwrap_or_default();
        let of_its_own = |column: &str| column.rsplit('.').next() == Some("id");
        let compared = [">", "<", "="]
            .iter()
            .any(|how| bound.trim().strip_suffix(&format!(" {how} {parameter}")).is_some_and(of_its_own));
        if parameter.starts_with('$') && compared {
            return true;
        }
        rest = after;
    }
    false
}

#[test]
fn a_bound_that_may_be_missing_is_found() {
    assert!(bounded_by_what_may_be_missing("where ($1::uuid is null or id > $1) order by id"));
    assert!(bounded_by_what_may_be_missing("where x = 1 and ($3::uuid is null or t.id = $3)"));
    assert!(!bounded_by_what_may_be_missing("where id > coalesce($1, 'x') and ($2::date is null or day >= $2)"));
    assert!(!bounded_by_what_may_be_missing("where ($2::uuid is null or id <> $2)"));
}

#[test]
fn handlers_hold_no_sql_and_queries_no_pages() {
    let mut wrong = Vec::new();
    for source in sources() {
        let code = source.code();
        if matches!(source.layer(), Some("handlers" | "pages" | "model" | "service"))
            && (code.contains("sqlx::query") || code.contains(".fetch_"))
        {
            wrong.push(format!("{}: SQL belongs in queries", source.name()));
        }
        if matches!(source.layer(), Some("queries" | "model" | "service")) && code.contains("askama") {
            wrong.push(format!("{}: templates belong in pages and email", source.name()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_and_slices_stay_small_and_well_named() {
    let mut wrong = Vec::new();
    let mut slices: BTreeMap<String, usize> = BTreeMap::new();
    for source in sources() {
        let lines = source.text.lines().count();
        if lines > LONGEST_FILE {
            wrong.push(format!("{}: {lines} lines", source.name()));
        }
        if let Some(feature) = source.feature() {
            *slices.entry(feature.to_owned()).or_default() += lines;
        }
        for part in &source.parts {
            if ["util", "utils", "helpers", "common", "core", "manager", "misc"].contains(&part.trim_end_matches(".rs"))
            {
                wrong.push(format!("{}: a name that says nothing", source.name()));
            }
        }
        if !source.text.starts_with("//!") {
            wrong.push(format!("{}: says nothing about itself", source.name()));
        }
    }
    let allowed =
        |slice: &str| TO_SPLIT.iter().find(|(name, _)| *name == slice).map_or(LONGEST_SLICE, |(_, lines)| *lines);
    wrong.extend(
        slices
            .iter()
            .filter(|(slice, lines)| **lines > allowed(slice))
            .map(|(slice, lines)| format!("{slice}: {lines} lines")),
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn templates_hold_no_inline_style_script_or_foreign_host() {
    let mut wrong = Vec::new();
    for path in files("templates", "html") {
        if path.starts_with("templates/emails") || path.ends_with("parts/email.html") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for mark in [
            "style=\"",
            "<style",
            "<script>",
            "onclick=",
            "onsubmit=",
            "src=\"http",
            "href=\"http",
            "|safe }}</",
            "@import",
        ] {
            if text.contains(mark) {
                wrong.push(format!("{}: {mark}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
