//! What a download holds, what an erasure leaves, and the manifest of all columns.
use crate::base::words;
use serde_json::{Map, Value};

/// One line of the manifest: what becomes of a column in a download and in an erasure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Classed {
    /// `table.column`.
    pub column: &'static str,
    /// The section it is downloaded in, or "no" with the reason; "-" when it says nothing of a person.
    pub download: &'static str,
    /// "deleted", "replaced", "emptied", or "kept" with the reason; "-" when it says nothing of a person.
    pub erasure: &'static str,
}

/// Every column of every table. A test compares it with the database.
pub fn manifest() -> impl Iterator<Item = Classed> {
    include_str!("manifest.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let mut parts = line.splitn(3, '|').map(str::trim);
        let mut next = || parts.next().unwrap_or_default();
        Classed { column: next(), download: next(), erasure: next() }
    })
}

/// Rows of one kind in a download. Each row is an object whose keys are read as labels.
#[derive(Debug)]
pub(super) struct Section {
    /// Its name in the file.
    pub(super) key: &'static str,
    pub(super) title: &'static str,
    pub(super) rows: Vec<Value>,
}

/// The whole file, with its format's version.
pub(super) fn document(sections: Vec<Section>, made_at: &str) -> Value {
    let mut file = Map::new();
    file.insert("format".to_owned(), Value::from("see-also own data, version 1"));
    file.insert("made_at".to_owned(), Value::from(made_at));
    for section in sections {
        file.insert(section.key.to_owned(), Value::Array(section.rows));
    }
    Value::Object(file)
}

/// How many things of a kind an erasure meets.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) programs: i64,
    pub(super) requests: i64,
    pub(super) goals: i64,
    pub(super) elements: i64,
    pub(super) products: i64,
    pub(super) drafts: i64,
    pub(super) given: i64,
    pub(super) received: i64,
    pub(super) meetings: i64,
    pub(super) trips: i64,
}

impl Counts {
    /// What is taken away, in words.
    pub(super) fn goes(&self) -> Vec<String> {
        let mut lines =
            vec!["Your name, your address, your password, and every device you are signed in on".to_owned()];
        lines.extend(
            [
                said(self.programs, ["profile", "profiles"], ": what you look for and offer, when you can meet"),
                said(self.requests, ["request", "requests"], " to supervisors: the words, the names, the addresses"),
                said(self.goals, ["goal of yours", "goals of yours"], ": the words"),
                said(self.elements, ["thing", "things"], " you agreed to hear about: the words"),
                said(self.products, ["product", "products"], ": title and link"),
                said(self.drafts, ["draft of feedback", "drafts of feedback"], ""),
                said(
                    self.received,
                    ["piece of feedback you received", "pieces of feedback you received"],
                    ": the words, for the one who gave it too",
                ),
            ]
            .into_iter()
            .flatten(),
        );
        lines
    }

    /// What stays, in words.
    pub(super) fn stays(&self) -> Vec<String> {
        let mut lines: Vec<String> = [
            said(
                self.given,
                ["piece of feedback you gave", "pieces of feedback you gave"],
                ": the words, for the one who received it, from “A former peer”",
            ),
            said(self.meetings, ["meeting you came to", "meetings you came to"], ": that so many people met"),
            said(
                self.trips,
                ["trip you went on", "trips you went on"],
                ": that it took place, and what the group wrote",
            ),
            said(self.requests, ["request to supervisors", "requests to supervisors"], ": what was decided, and when"),
        ]
        .into_iter()
        .flatten()
        .collect();
        lines.push("What your groups wrote together: agendas, notes, group goals".to_owned());
        lines.push(
            "What you answered to the three questions of a program: nobody can tell which answer is yours".to_owned(),
        );
        lines.push("That somebody did something in a program and when, without a name".to_owned());
        lines
    }
}

/// "Two goals of yours: the words"; nothing when there is none.
fn said(n: i64, [one, many]: [&str; 2], rest: &str) -> Option<String> {
    let n = usize::try_from(n).ok().filter(|n| *n > 0)?;
    Some(words::capital(&format!("{}{rest}", words::count(n, one, many))))
}

/// What must be handed over before somebody can be erased.
#[derive(Debug)]
pub(super) struct Hindrance {
    pub(super) words: String,
    /// Where it can be handed over, for the person themselves.
    pub(super) href: Option<String>,
}
