//! Text that people type: one way to clean it and one way to refuse it.
use unicode_normalization::UnicodeNormalization;

/// What is wrong with a text, in words that can stand at its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextProblem {
    Missing,
    TooLong {
        max: usize,
    },
    /// A NUL or another character that cannot be seen.
    Unprintable,
}

impl TextProblem {
    /// The message, with `what` as the thing that is asked for ("a name").
    #[must_use]
    pub fn message(self, what: &str) -> String {
        match self {
            Self::Missing => format!("Enter {what}"),
            Self::TooLong { max } => format!("Use at most {max} characters"),
            Self::Unprintable => "Remove the characters that cannot be seen or printed".to_owned(),
        }
    }
}

/// One line: trimmed, NFC, inner white space as typed, no control characters; at most `max` characters.
///
/// Empty text is fine here; see [`required_line`].
///
/// # Errors
/// [`TextProblem`]
pub fn line(raw: &str, max: usize) -> Result<String, TextProblem> {
    clean(raw, max, |c| c == '\t')
}

/// Several lines: like [`line()`], with line breaks kept as `\n`.
///
/// # Errors
/// [`TextProblem`]
pub fn paragraphs(raw: &str, max: usize) -> Result<String, TextProblem> {
    let unix = raw.replace("\r\n", "\n").replace('\r', "\n");
    clean(&unix, max, |c| c == '\n' || c == '\t')
}

/// A [`line()`] that must not be empty.
///
/// # Errors
/// [`TextProblem`]
pub fn required_line(raw: &str, max: usize) -> Result<String, TextProblem> {
    line(raw, max).and_then(present)
}

/// [`paragraphs`] that must not be empty.
///
/// # Errors
/// [`TextProblem`]
pub fn required_paragraphs(raw: &str, max: usize) -> Result<String, TextProblem> {
    paragraphs(raw, max).and_then(present)
}

fn present(text: String) -> Result<String, TextProblem> {
    if text.is_empty() { Err(TextProblem::Missing) } else { Ok(text) }
}

fn clean(raw: &str, max: usize, allowed: impl Fn(char) -> bool) -> Result<String, TextProblem> {
    let text: String = raw.nfc().collect();
    let text = text.trim();
    if text.chars().any(|c| c.is_control() && !allowed(c)) {
        return Err(TextProblem::Unprintable);
    }
    if text.chars().count() > max {
        return Err(TextProblem::TooLong { max });
    }
    Ok(text.to_owned())
}

/// An email address that mail software will take: one `@`, a domain with a dot or `localhost`,
/// no spaces or brackets. `None` when it is none.
#[must_use]
pub fn email(raw: &str) -> Option<String> {
    let text = line(raw, 254).ok()?;
    let (local, domain) = text.rsplit_once('@')?;
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\\\"@".contains(c);
    let good = !local.is_empty()
        && local.chars().all(plain)
        && domain.chars().all(plain)
        && !domain.starts_with(['.', '-'])
        && !domain.ends_with(['.', '-'])
        && !domain.contains("..")
        && (domain.contains('.') || domain == "localhost");
    good.then(|| text.clone())
}

/// The form in which two addresses are compared: NFC and lower case.
#[must_use]
pub fn fold_email(email: &str) -> String {
    fold(email)
}

/// The form by which names are sorted and searched: NFC and lower case.
#[must_use]
pub fn fold_name(name: &str) -> String {
    fold(name)
}

fn fold(text: &str) -> String {
    text.trim().nfc().flat_map(char::to_lowercase).collect::<String>().nfc().collect()
}

/// An http or https link, or `None`.
#[must_use]
pub fn web_link(raw: &str) -> Option<String> {
    let text = line(raw, 500).ok()?;
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    (!rest.is_empty() && !text.contains(char::is_whitespace) && !rest.starts_with('/')).then(|| text.clone())
}

/// What somebody is called who was erased.
pub const FORMER_PEER: &str = "A former peer";

/// The part of a name that people call each other by.
#[must_use]
pub fn first_name(name: &str) -> &str {
    if name == FORMER_PEER {
        return name;
    }
    name.split_whitespace().next().unwrap_or(name)
}
