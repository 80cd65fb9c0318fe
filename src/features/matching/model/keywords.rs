//! What a text is about, as words that can be compared: what one person wants with what another offers.
use unicode_normalization::UnicodeNormalization;

/// A word of a text: as it was written, in lower case, and what it is compared by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyword {
    pub stem: String,
    pub word: String,
}

/// Words that say nothing of a subject, among them those with which people begin such a line.
const STOP: &str = "about advice all also and any anything are around been better but can could doing experience for from \
    get getting give good had happy has have having help her his how idea ideas into interested its just know knowing \
    knowledge learn learning like lots love make making many more most much need new not offer other our out own people \
    please really share sharing should skill skills some someone something support than that the their them then there \
    these they thing things this those tips using very want was ways well were what when where which who will with work \
    working would year years you your";

/// The words of a text that say what it is about, by stem, each once: in lower case and NFC, split at
/// everything that is no letter, of three letters or more, without words that say nothing of a subject.
/// Words are the same when only a plural's ending tells them apart.
#[must_use]
pub fn keywords(text: &str) -> Vec<Keyword> {
    let text: String = text.to_lowercase().nfc().collect();
    let mut found: Vec<Keyword> = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.chars().count() > 2 && !STOP.split_whitespace().any(|stop| stop == *word))
        .map(|word| Keyword { stem: singular(word), word: word.to_owned() })
        .collect();
    // Stable: of two forms of one word the first written stays.
    found.sort_by(|a, b| a.stem.cmp(&b.stem));
    found.dedup_by(|a, b| a.stem == b.stem);
    found
}

/// An English plural without its ending; anything else as it is.
fn singular(word: &str) -> String {
    if word.len() < 4 || ["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        return word.to_owned();
    }
    if let Some(start) = word.strip_suffix("ies")
        && start.len() > 1
    {
        return format!("{start}y");
    }
    let sibilant = ["sses", "shes", "ches", "xes", "zes"].iter().any(|end| word.ends_with(end));
    word.strip_suffix(if sibilant { "es" } else { "s" }).unwrap_or(word).to_owned()
}
