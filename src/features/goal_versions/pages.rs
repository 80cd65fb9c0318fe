//! The words of a goal, ready to show: as typed, as proposed beside those in force, and as they were before.
use super::model::{Consent, Wording, asked_until, consent};
use super::queries::{Earlier, Proposal};
use crate::access::GroupMember;
use crate::base::{ids::ParticipationId, local_time::day_in, text::first_name, words};
use crate::features::groups::OpenMember;
use crate::web::form::Errors;
use time::Date;

/// The words of a goal, as typed.
#[derive(Debug, Clone, Default)]
pub(crate) struct TypedWording {
    pub(crate) title: String,
    pub(crate) statement: String,
    pub(crate) measure: String,
    pub(crate) target_on: String,
}

impl TypedWording {
    pub(crate) fn of(wording: &Wording) -> Self {
        Self {
            title: wording.title.clone(),
            statement: wording.statement.clone(),
            measure: wording.measure.clone(),
            target_on: wording.target_on.map(words::iso_day).unwrap_or_default(),
        }
    }

    /// What was typed, with every mistake noted.
    pub(crate) fn read(&self, by: &GroupMember, today: Date, errors: &mut Errors) -> Wording {
        let target_on = if self.target_on.trim().is_empty() {
            None
        } else {
            errors.date("target_on", &self.target_on, "the day by which you want to reach it")
        };
        let title = errors.required_line("title", &self.title, 160, "a few words for it");
        let statement = errors.required_paragraphs("statement", &self.statement, 2000, "what you want to reach");
        let measure = errors.required_paragraphs("measure", &self.measure, 1000, "how you will know");
        if let Some(day) = target_on {
            check_target(day, today, by, errors);
        }
        Wording { title, statement, measure, target_on }
    }
}

/// A goal's day is to come, and within the program.
pub(crate) fn check_target(day: Date, today: Date, by: &GroupMember, errors: &mut Errors) {
    let ends_on = by.program().ends_on;
    if day < today {
        errors.add("target_on", "This day has passed: choose a day to come");
    } else if day > ends_on {
        errors
            .add("target_on", format!("The program ends on {}: choose a day until then", words::day_and_year(ends_on)));
    }
}

/// Words that are proposed, and where that stands.
pub(crate) struct OtherWords {
    pub(crate) heading: String,
    /// What happens next.
    pub(crate) text: String,
    /// The button that says yes, or takes the words as agreed; nothing while there is only to wait.
    pub(crate) button: Option<&'static str>,
    pub(crate) mark: String,
    /// "Priya, 4 May".
    pub(crate) about: String,
    pub(crate) title: String,
    pub(crate) statement: Vec<String>,
    pub(crate) measure: Vec<String>,
    pub(crate) until: String,
    pub(crate) said_yes: Vec<String>,
    pub(crate) not_yet: Vec<String>,
    /// The viewer asked for them, or whoever did has left.
    pub(crate) can_take_back: bool,
    pub(crate) readers: String,
}

/// The lines of a text, without the empty ones.
pub(crate) fn lines(text: &str) -> Vec<String> {
    text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

impl OtherWords {
    /// `asked` are the open members who belonged when this was proposed.
    pub(crate) fn of(by: &GroupMember, proposal: &Proposal, asked: &[OpenMember], today: Date) -> Self {
        let me = by.participation_id();
        let worded_on = day_in(&by.program().time_zone, proposal.worded_at);
        let said = |member: &&OpenMember| proposal.said_yes.contains(&member.participation_id);
        let (yes, no): (Vec<&OpenMember>, Vec<&OpenMember>) = asked.iter().partition(said);
        let name = |member: &&OpenMember| name(member, me);
        let mine = proposal.proposed_by == me;
        let who = if mine { "You" } else { first_name(&proposal.proposer_name) };
        let missing: Vec<String> = no.iter().map(|member| member.first_name().to_owned()).collect();
        let (text, button) = match consent(yes.len(), asked.len(), worded_on, today) {
            _ if !proposal.said_yes.contains(&me) => (
                "They hold once everyone said yes. Until then the words in force stay. You can propose others, too; \
                 then everyone is asked again."
                    .to_owned(),
                Some("Agree to the new words"),
            ),
            Consent::Waits => (
                format!(
                    "They wait for {}. From {} on, whoever has not answered no longer keeps you from taking them.",
                    words::list(&missing),
                    words::day(asked_until(worded_on))
                ),
                None,
            ),
            Consent::Enough => (
                format!(
                    "{} had two weeks to answer. The new words can hold now, agreed by {} of {}.",
                    words::list(&missing),
                    words::number(yes.len()),
                    words::number(asked.len())
                ),
                Some("Take the new words"),
            ),
            Consent::All => (
                "Everyone has agreed. Those who had not answered are no longer in the group.".to_owned(),
                Some("Take the new words"),
            ),
        };
        let left = !asked.iter().any(|member| member.participation_id == proposal.proposed_by);
        Self {
            heading: format!("{who} {} other words", if mine { "propose" } else { "proposes" }),
            text,
            button,
            mark: proposal.wording.mark(),
            about: format!("{who}, {}", words::day(worded_on)),
            title: proposal.wording.title.clone(),
            statement: lines(&proposal.wording.statement),
            measure: lines(&proposal.wording.measure),
            until: proposal.wording.target_on.map(words::day_and_year).unwrap_or_default(),
            said_yes: yes.iter().map(name).collect(),
            not_yet: no.iter().map(name).collect(),
            can_take_back: mine || left,
            readers: readers(asked, me),
        }
    }
}

fn name(member: &OpenMember, me: ParticipationId) -> String {
    if member.participation_id == me { "You".to_owned() } else { member.name.clone() }
}

/// "Priya, Marcus and you": who can read what is typed here.
pub(crate) fn readers(asked: &[OpenMember], me: ParticipationId) -> String {
    let others = asked.iter().filter(|member| member.participation_id != me);
    let mut names: Vec<String> = others.map(|member| member.first_name().to_owned()).collect();
    names.push("you".to_owned());
    if names.len() == 1 { "Only you".to_owned() } else { words::list(&names) }
}

/// What a goal said before.
pub(crate) struct EarlierLine {
    pub(crate) title: String,
    pub(crate) statement: Vec<String>,
    pub(crate) measure: Vec<String>,
    /// "From 4 May until 3 June. To be reached by 1 July. Agreed by Priya and Marcus."
    pub(crate) about: String,
}

impl EarlierLine {
    /// The versions as they are read, the newest first; `since` is the day the goal was first agreed.
    pub(crate) fn all(by: &GroupMember, earlier: &[Earlier], since: Option<Date>) -> Vec<Self> {
        let line = |(at, one): (usize, &Earlier)| {
            // The words before these gave way on the day these came into force.
            let zone = &by.program().time_zone;
            let from = earlier.get(at + 1).map(|before| before.replaced_on).or(since);
            let from = from.unwrap_or_else(|| day_in(zone, one.worded_at));
            let mut about = format!("From {} until {}.", words::day(from), words::day(one.replaced_on));
            if let Some(day) = one.target_on {
                about.push_str(&format!(" To be reached by {}.", words::day_and_year(day)));
            }
            if !one.agreed_by.is_empty() {
                let names: Vec<String> = one.agreed_by.iter().map(|name| first_name(name).to_owned()).collect();
                about.push_str(&format!(" Agreed by {}.", words::list(&names)));
            }
            Self { title: one.title.clone(), statement: lines(&one.statement), measure: lines(&one.measure), about }
        };
        earlier.iter().enumerate().filter(|(_, one)| !one.title.is_empty()).map(line).collect()
    }
}
