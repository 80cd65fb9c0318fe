//! Who is ready to be placed, and who may not share a group. No database, no HTML.
use crate::access::ParticipationState;
use crate::base::ids::{GroupId, MembershipId, ParticipationId, PersonId};
use crate::features::{approvals::RequestState, profiles};
use time::Date;

/// A request for a supervisor's backing, as far as placing needs it.
#[derive(Debug, Clone, sqlx::Type)]
#[sqlx(type_name = "record")]
pub struct Request {
    pub participation_id: ParticipationId,
    pub state: RequestState,
    /// The supervisor wants to talk first; the request is still pending.
    pub talk_first: bool,
    pub valid_from: Date,
    pub valid_until: Date,
    pub revoked_from: Option<Date>,
    /// The supervisor's address, folded for comparing.
    pub supervisor_email: String,
}

impl Request {
    /// Approved, inside its dates, and not revoked as of that day.
    pub fn is_in_effect(&self, on: Date) -> bool {
        let given = match self.state {
            RequestState::Approved => true,
            // A revocation names the day from which it counts; until then the yes stands.
            RequestState::Revoked => self.revoked_from.is_some_and(|from| on < from),
            _ => false,
        };
        given && self.valid_from <= on && on <= self.valid_until
    }

    /// Whether the person it names is this peer's supervisor for now, or would be.
    fn still_names_a_supervisor(&self) -> bool {
        matches!(
            self.state,
            RequestState::Pending | RequestState::Conditional | RequestState::Approved | RequestState::Revoked
        )
    }
}

/// The day for which a supervisor's yes is needed: today, or the first day of a program that
/// has not begun.
pub fn needed_on(today: Date, starts_on: Date) -> Date {
    today.max(starts_on)
}

/// Whether a person can be placed, and if not, for what they wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    Ready,
    /// Invited, and has not joined.
    NotJoined,
    OnHold,
    /// Withdrawn, removed or completed.
    Gone,
    /// Joined, but no supervisor was asked.
    NotAsked,
    /// The supervisor has not answered.
    Waiting,
    TalkFirst,
    /// The supervisor named conditions, which the peer has not accepted.
    Conditions,
    Declined,
    Expired,
    /// There was a yes; it is revoked, or does not cover the day.
    NotInEffect,
}

impl Readiness {
    /// After a name: "Nadia Brightwater: …".
    pub const fn words(self) -> &'static str {
        match self {
            Self::Ready => "ready to be placed",
            Self::NotJoined => "invited, has not joined yet",
            Self::OnHold => "on hold",
            Self::Gone => "no longer takes part",
            Self::NotAsked => "has not asked a supervisor yet",
            Self::Waiting => "waits for the supervisor’s answer",
            Self::TalkFirst => "the supervisor wants to talk first",
            Self::Conditions => "has to accept the supervisor’s conditions",
            Self::Declined => "the supervisor declined",
            Self::Expired => "the supervisor did not answer in time",
            Self::NotInEffect => "the supervisor’s yes is not in effect",
        }
    }
}

/// Whether a person is ready: joined, and with a yes in effect on `on` unless the program asks for none.
///
/// `requests` are the person's own, newest first.
pub fn readiness(state: ParticipationState, approval_required: bool, requests: &[Request], on: Date) -> Readiness {
    match state {
        ParticipationState::Invited => return Readiness::NotJoined,
        ParticipationState::OnHold => return Readiness::OnHold,
        ParticipationState::Completed | ParticipationState::Withdrawn | ParticipationState::Removed => {
            return Readiness::Gone;
        }
        ParticipationState::Joined => {}
    }
    if !approval_required || requests.iter().any(|request| request.is_in_effect(on)) {
        return Readiness::Ready;
    }
    let Some(latest) = requests.first() else {
        return Readiness::NotAsked;
    };
    match latest.state {
        RequestState::Pending if latest.talk_first => Readiness::TalkFirst,
        RequestState::Pending => Readiness::Waiting,
        RequestState::Conditional => Readiness::Conditions,
        RequestState::Declined => Readiness::Declined,
        RequestState::Expired => Readiness::Expired,
        RequestState::Cancelled => Readiness::NotAsked,
        RequestState::Approved | RequestState::Revoked | RequestState::Superseded => Readiness::NotInEffect,
    }
}

/// Everyone a supervisor's role falls to, of one peer: whom they named, whom the latest request
/// asks, and whom any standing request names. Folded addresses, each once.
pub fn supervisors(named: &str, requests: &[Request]) -> Vec<String> {
    let latest = requests.first().into_iter();
    let standing = requests.iter().filter(|request| request.still_names_a_supervisor());
    let mut emails: Vec<String> =
        latest.chain(standing).map(|request| request.supervisor_email.clone()).chain([named.to_owned()]).collect();
    emails.retain(|email| !email.is_empty());
    emails.sort();
    emails.dedup();
    emails
}

/// Someone in the program, as forming groups needs them.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub id: ParticipationId,
    pub person_id: PersonId,
    pub name: String,
    /// Folded for comparing.
    pub email: String,
    pub about: String,
    pub readiness: Readiness,
    /// Folded addresses of their supervisors.
    pub supervisors: Vec<String>,
    pub place: Option<Place>,
}

/// Where somebody is placed.
#[derive(Debug, Clone)]
pub struct Place {
    pub membership_id: MembershipId,
    pub group_id: GroupId,
    pub group_name: String,
    /// `None` while it is planned.
    pub joined_on: Option<Date>,
}

/// A peer and the supervisor they named, in one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    pub supervisor: String,
    pub peer: String,
}

impl Clash {
    pub fn words(&self) -> String {
        format!("{} is the supervisor of {}: they cannot be in one group", self.supervisor, self.peer)
    }
}

/// Every pair among these people in which one is the other's supervisor.
pub fn clashes(members: &[&Candidate]) -> Vec<Clash> {
    let mut found = Vec::new();
    for peer in members {
        for other in members {
            if other.id != peer.id && peer.supervisors.contains(&other.email) {
                found.push(Clash { supervisor: other.name.clone(), peer: peer.name.clone() });
            }
        }
    }
    found
}

/// Every pair among these people that is to be kept apart.
pub fn kept_apart(members: &[&Candidate], pairs: &[(ParticipationId, ParticipationId)]) -> Vec<profiles::Apart> {
    profiles::together(members.iter().map(|member| (member.id, member.name.as_str())), pairs)
}

/// How many people a group has room for.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    pub min: usize,
    pub target: usize,
    pub max: usize,
}

crate::text_enum! {
    /// How a group came to its end.
    pub enum Closing {
        Completed = "completed",
        Dissolved = "dissolved",
        Merged = "merged",
    }
}

/// That a group goes on though it is below the program's minimum, as somebody decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptSmall {
    pub on: Date,
    /// The open members on that day.
    pub with: usize,
}

impl KeptSmall {
    /// From what is stored: both or nothing.
    #[must_use]
    pub fn of(on: Option<Date>, with: Option<i32>) -> Option<Self> {
        let with = with.and_then(|with| usize::try_from(with).ok());
        on.zip(with).map(|(on, with)| Self { on, with })
    }

    /// Until the group loses another member.
    #[must_use]
    pub fn holds(self, open_members: usize, last_left_on: Option<Date>) -> bool {
        open_members >= self.with && last_left_on.is_none_or(|left| left <= self.on)
    }
}

/// What stands in the way of a group with these people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    Nobody,
    TooMany {
        max: usize,
    },
    /// Names somebody who is not in this program, or no longer.
    Stranger,
    NotReady {
        name: String,
        why: Readiness,
    },
    Placed {
        name: String,
        group: String,
    },
    Clash(Clash),
    Apart(profiles::Apart),
    NameTaken,
    /// People were to be taken out of a group that has begun.
    Begun,
    /// The program is not in a state in which this can be done.
    NotNow,
}

impl Candidate {
    /// Neither on hold nor gone: one of those who count for a group's size.
    #[must_use]
    pub const fn is_open_member(&self) -> bool {
        !matches!(self.readiness, Readiness::OnHold | Readiness::Gone)
    }
}

impl Refusal {
    /// The field it belongs to.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::NameTaken => "name",
            _ => "members",
        }
    }

    /// The message at that field.
    pub fn words(&self) -> String {
        match self {
            Self::Nobody => "Choose at least one person".to_owned(),
            Self::TooMany { max } => format!("A group has at most {max} people in this program: choose fewer"),
            Self::Stranger => "Choose people from the list; somebody you chose is not on it any more".to_owned(),
            Self::NotReady { name, why } => format!("{name} cannot be placed: {}", why.words()),
            Self::Placed { name, group } => format!("{name} is in {group} already"),
            Self::Clash(clash) => clash.words(),
            Self::Apart(apart) => apart.words(),
            Self::NameTaken => "Another group of this program has this name: choose another".to_owned(),
            Self::Begun => {
                "The program was launched in the meantime: nobody is taken out of a group here any more".to_owned()
            }
            Self::NotNow => "Groups can be formed while the program is open or running".to_owned(),
        }
    }
}

/// Everything against a group: `staying` are in it, `coming` are to be added. What is already
/// so among those who stay does not keep anybody from renaming their group.
pub fn objections(staying: &[&Candidate], coming: &[&Candidate], sizes: Sizes) -> Vec<Refusal> {
    let mut found = Vec::new();
    let all: Vec<&Candidate> = staying.iter().chain(coming).copied().collect();
    if all.is_empty() {
        found.push(Refusal::Nobody);
    }
    if !coming.is_empty() && all.len() > sizes.max {
        found.push(Refusal::TooMany { max: sizes.max });
    }
    for person in coming {
        if let Some(place) = &person.place {
            found.push(Refusal::Placed { name: person.name.clone(), group: place.group_name.clone() });
        } else if person.readiness != Readiness::Ready {
            found.push(Refusal::NotReady { name: person.name.clone(), why: person.readiness });
        }
    }
    let before = clashes(staying);
    found.extend(clashes(&all).into_iter().filter(|clash| !before.contains(clash)).map(Refusal::Clash));
    found
}

/// What stands in the way of launching, each a sentence. `groups` holds the members of each.
pub fn launch_problems(groups: &[(&str, Vec<&Candidate>)]) -> Vec<String> {
    let mut problems = Vec::new();
    if !groups.iter().any(|(_, members)| members.len() >= 2) {
        problems.push("Form at least one group of two people first".to_owned());
    }
    for (name, members) in groups {
        for member in members.iter().filter(|member| member.readiness != Readiness::Ready) {
            problems.push(format!(
                "{} in {name} is not ready: {}. Take them out of the group, or wait",
                member.name,
                member.readiness.words()
            ));
        }
        problems.extend(clashes(members).iter().map(Clash::words));
    }
    problems
}
