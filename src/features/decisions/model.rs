//! The five things, what can be decided about them, and reading what was typed. No database, no HTML.
use crate::base::{
    secret::{hex, sha256},
    words,
};
use crate::web::form::Errors;
use std::collections::BTreeMap;
use time::OffsetDateTime;

crate::text_enum! {
    /// One of the five things that make such a program work.
    pub enum Component {
        Backing = "backing",
        Goals = "goals",
        Trips = "trips",
        Feedback = "feedback",
        Products = "products",
    }
}

impl Component {
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Backing => "Supervisors’ backing",
            Self::Goals => "Goals, agendas and themes",
            Self::Trips => "Field trips",
            Self::Feedback => "Feedback",
            Self::Products => "What people made",
        }
    }

    /// What there is to think of.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Backing => "Asking supervisors for their yes, and what they do to keep the time free.",
            Self::Goals => "Meeting on purpose: what groups aim for, how they plan their time, your themes.",
            Self::Trips => "Watching one another at work, and visits to other places.",
            Self::Feedback => "On what was agreed beforehand, written or spoken.",
            Self::Products => "A plan, a guide, a talk: something that stays when the meetings end.",
        }
    }
}

crate::text_enum! {
    /// What becomes of it.
    pub enum Verdict {
        Keep = "keep",
        Change = "change",
        Stop = "stop",
    }
}

impl Verdict {
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Keep => "Keep it",
            Self::Change => "Change it",
            Self::Stop => "Stop it",
        }
    }
}

/// What was decided about one of the five.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub component: Component,
    pub verdict: Verdict,
    pub why: String,
    /// Who decided it last.
    pub by_name: String,
    pub decided_at: OffsetDateTime,
}

impl Decision {
    /// What a page that shows it has seen: the form sends it back, so that nobody writes over another's decision.
    #[must_use]
    pub fn seen(&self) -> String {
        (self.decided_at.unix_timestamp_nanos() / 1_000).to_string()
    }
}

/// In characters.
pub(super) const LONGEST_WHY: usize = 1_000;

/// The form as it was sent: "decision-trips", "why-trips", "seen-trips".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed(pub BTreeMap<String, String>);

impl Typed {
    /// What stands in a field of one of the five.
    #[must_use]
    pub fn of(&self, field: &str, component: Component) -> &str {
        self.0.get(&format!("{field}-{}", component.as_str())).map_or("", String::as_str)
    }
}

impl Typed {
    /// What the page drew of one of the five, sent back with it: without a decision, nothing.
    #[must_use]
    pub fn drawn(verdict: &str, why: &str) -> String {
        if verdict.is_empty() && why.is_empty() {
            String::new()
        } else {
            hex(&sha256(format!("{verdict} {}", plain(why)).as_bytes()))
        }
    }

    /// Whether the form did not change what the page drew of one of the five.
    fn is_untouched(&self, component: Component) -> bool {
        let drawn = self.of("drawn", component);
        !drawn.is_empty() && drawn == Self::drawn(self.of("decision", component), self.of("why", component))
    }

    /// Whoever is told of another's decision has seen it: pressing again puts theirs in its place. Of what they were not
    /// told, they have seen what they saw before.
    #[must_use]
    pub fn told(mut self, errors: &Errors, standing: &[Decision]) -> Self {
        for one in standing {
            let name = one.component.as_str();
            if errors.of(&format!("why-{name}")).is_some_and(|said| said.contains(MEANWHILE)) {
                self.0.insert(format!("seen-{name}"), one.seen());
            }
        }
        self
    }
}

/// A browser sends other ends of lines than it was given.
fn plain(why: &str) -> String {
    why.replace("\r\n", "\n").trim().to_owned()
}

/// What a conflict says.
const MEANWHILE: &str = "decided this while you typed";

/// What was decided on the page, as far as it differs from what stands. What is left empty is decided another time.
///
/// # Errors
/// A verdict without its reason, a reason without its verdict, and what somebody else decided since the page was drawn.
pub fn read(typed: &Typed, standing: &[Decision]) -> Result<Vec<(Component, Verdict, String)>, Errors> {
    let (mut errors, mut decided) = (Errors::default(), Vec::new());
    for component in Component::ALL.iter().copied() {
        let stands = standing.iter().find(|one| one.component == component);
        let (verdict, why) = (Verdict::parse(typed.of("decision", component)), typed.of("why", component));
        if typed.is_untouched(component) {
            continue;
        }
        if verdict.is_none() && why.trim().is_empty() {
            continue;
        }
        let why_field = format!("why-{}", component.as_str());
        let why = errors.required_paragraphs(&why_field, why, LONGEST_WHY, "why, in a sentence");
        let Some(verdict) = verdict else {
            errors.add(&format!("decision-{}", component.as_str()), "Choose what becomes of it");
            continue;
        };
        if why.is_empty() || stands.is_some_and(|one| one.verdict == verdict && one.why == why) {
            continue;
        }
        if let Some(other) = stands.filter(|one| one.seen() != typed.of("seen", component)) {
            let said = format!(
                "{} {MEANWHILE}: “{}. {}” Save again to put yours in its place",
                other.by_name,
                other.verdict.label(),
                other.why
            );
            errors.add(&why_field, said);
        }
        decided.push((component, verdict, why));
    }
    if errors.is_empty() { Ok(decided) } else { Err(errors) }
}

/// "Three of five are decided."
#[must_use]
pub fn how_many(decided: usize) -> String {
    match decided {
        0 => "Nothing is decided yet.".to_owned(),
        1 => "One of five is decided.".to_owned(),
        5 => "All five are decided.".to_owned(),
        n => format!("{} of five are decided.", words::capital(&words::number(n))),
    }
}
