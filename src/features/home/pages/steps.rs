//! The way into a group, step by step.
use crate::access::ParticipationState;
use crate::base::{local_time::day_in, words};
use crate::features::approvals::RequestState;
use crate::features::home::{
    model::{Backing, Mine, Part},
    service::Home,
};
use time::OffsetDateTime;

/// The steps of one program.
pub(super) struct Steps {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) each: Vec<Step>,
}

pub(super) struct Step {
    /// "done", "now", or empty for what is still to come.
    pub(super) class: &'static str,
    pub(super) title: String,
    pub(super) text: String,
    /// Where it is done; empty when the reader can only wait.
    pub(super) href: String,
    pub(super) label: &'static str,
}

impl Step {
    fn new(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self { class: "", title: title.into(), text: text.into(), href: String::new(), label: "" }
    }
    fn by(mut self, href: &str, label: &'static str) -> Self {
        href.clone_into(&mut self.href);
        self.label = label;
        self
    }
    fn done(mut self) -> Self {
        self.class = "done";
        self
    }
}

/// For each program in which the reader has no group yet.
pub(super) fn steps(home: &Home, now: OffsetDateTime) -> Vec<Steps> {
    let waits: Vec<&Mine> = home.mine.iter().filter(|program| program.waits_for_a_group()).collect();
    let several = home.mine.len() > 1;
    waits
        .into_iter()
        .filter_map(|program| {
            let part = program.part.as_ref()?;
            let backing = home.backing.iter().find(|one| one.participation_id == part.id);
            Some(Steps {
                id: program.id.to_string(),
                title: if several {
                    format!("Before you have a group in {}", program.name)
                } else {
                    "Before you have a group".to_owned()
                },
                each: of_program(program, part, backing, now),
            })
        })
        .collect()
}

fn of_program(program: &Mine, part: &Part, backing: Option<&Backing>, now: OffsetDateTime) -> Vec<Step> {
    let join = format!("{}/join", program.path());
    let joined = part.state == ParticipationState::Joined;
    let mut steps = vec![if joined {
        let on =
            part.joined_at.map_or_else(String::new, |at| format!("On {}.", words::day(day_in(&program.time_zone, at))));
        Step::new("You said you want to take part", on).done()
    } else {
        Step::new("Read what is asked, and join", "It takes a few minutes. Nobody is told before you say so.")
            .by(&join, "Read and join")
    }];
    let wishes = Step::new(
        "Say what you want and what you can offer",
        "This is how you get peers who fit. Two short texts, in your own words.",
    );
    steps.push(if part.has_said_wishes {
        wishes.done()
    } else if joined {
        wishes.by(&join, "Write the two texts")
    } else {
        wishes
    });
    if program.approval_required {
        steps.push(supervisor_step(program, backing, &join));
    }
    let starts = day_in(&program.time_zone, now) < program.starts_on;
    steps.push(Step::new(
        "Meet your group",
        if starts {
            format!(
                "The program starts on {}. A coordinator places you once the steps above are done.",
                words::day(program.starts_on)
            )
        } else {
            "A coordinator places you once the steps above are done.".to_owned()
        },
    ));
    // The first thing that is not done is the one to look at; a supervisor who is slow holds up nothing else.
    let can_act = steps.iter().position(|step| step.class != "done" && !step.href.is_empty());
    let first = can_act.or_else(|| steps.iter().position(|step| step.class != "done"));
    if let Some(step) = first.and_then(|at| steps.get_mut(at)) {
        step.class = "now";
    }
    steps
}

fn supervisor_step(program: &Mine, backing: Option<&Backing>, join: &str) -> Step {
    let title = "Your supervisor says yes";
    let Some(backing) = backing else {
        return Step::new(title, "They are asked by one email, once you have written a sentence to them.");
    };
    let name = &backing.supervisor_name;
    let on = words::day(day_in(&program.time_zone, backing.asked_at));
    match backing.state {
        RequestState::Approved => Step::new("Your supervisor said yes", format!("{name} backs you.")).done(),
        RequestState::Pending => {
            Step::new(title, format!("{name} was asked on {on}. You hear from us as soon as there is an answer."))
        }
        RequestState::Conditional => {
            Step::new(title, format!("{name} says yes on a condition.")).by(join, "Read the condition")
        }
        RequestState::Declined => {
            Step::new(title, format!("{name} said no for now. Nothing is lost.")).by(join, "See what you can do")
        }
        RequestState::Expired => {
            Step::new(title, format!("{name} was asked on {on} and did not answer in time.")).by(join, "Ask again")
        }
        RequestState::Revoked => Step::new(title, format!("{name} took the yes back.")).by(join, "See what you can do"),
        RequestState::Cancelled | RequestState::Superseded => {
            Step::new(title, "The question was withdrawn.").by(join, "Ask again")
        }
    }
}
