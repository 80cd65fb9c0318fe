//! The program as those see it who take part, and the contact person.
use crate::access::{InProgram, ParticipationState, Peer};
use crate::base::words;
use crate::features::desk::{
    queries::{Addressee, Public, Theme},
    service::About,
};
use crate::web::page::Shell;
use askama::Template;

#[derive(Template)]
#[template(path = "desk/about.html")]
pub(in crate::features::desk) struct AboutPage {
    shell: Shell,
    path: String,
    name: String,
    institution: String,
    theme: String,
    purpose: String,
    asks: Vec<Ask>,
    themes: Vec<ThemeLine>,
    people: Vec<Person>,
    /// What the program learned: its kind, and the lesson.
    lessons: Vec<(&'static str, String)>,
    part: Part,
}

struct Ask {
    what: &'static str,
    much: String,
    more: String,
}

struct ThemeLine {
    when: String,
    title: String,
    question: String,
}

struct Person {
    name: String,
    email: String,
    role: &'static str,
}

/// What the reader has to do with it.
enum Part {
    /// Nothing but being its contact person.
    Contact,
    /// Asked, and not yet answered.
    Invited,
    /// Joined, without a group.
    Waits,
    OnHold,
    Placed {
        group: String,
        href: String,
    },
}

impl Part {
    const fn is_contact(&self) -> bool {
        matches!(self, Self::Contact)
    }
}

impl AboutPage {
    pub(in crate::features::desk) fn of(shell: Shell, program: &InProgram, about: About) -> Self {
        let part = about.my_group.as_ref().map_or(Part::Contact, |group| Part::Placed {
            group: group.name.clone(),
            href: format!("{}/groups/{}", program.path(), group.id),
        });
        Self {
            shell,
            path: program.path(),
            name: program.name.clone(),
            institution: program.institution.clone(),
            asks: asks(program, &about.public),
            theme: about.public.theme,
            purpose: about.public.purpose,
            themes: about.themes.into_iter().map(ThemeLine::of).collect(),
            people: about.addressees.into_iter().map(Person::of).collect(),
            lessons: about.lessons.into_iter().map(|one| (one.kind.label(), one.words)).collect(),
            part,
        }
    }

    /// The same for someone who takes part, placed or not.
    pub(in crate::features::desk) fn joining(mut self, peer: &Peer) -> Self {
        if !matches!(self.part, Part::Placed { .. }) {
            self.part = match peer.state() {
                ParticipationState::Invited => Part::Invited,
                ParticipationState::OnHold => Part::OnHold,
                _ => Part::Waits,
            };
        }
        self
    }
}

fn asks(program: &InProgram, public: &Public) -> Vec<Ask> {
    let count = |n: i32, one: &str, many: &str| words::count(usize::try_from(n).unwrap_or(0), one, many);
    let mut asks = vec![
        Ask {
            what: "Dates",
            much: words::from_to(program.starts_on, program.ends_on),
            more: format!("A meeting about every {}", count(program.rhythm_days, "day", "days")),
        },
        Ask {
            what: "Time",
            much: format!("{} a month", words::capital(&count(public.hours_month, "hour", "hours"))),
            more: if public.work_time { "In working hours" } else { "Outside working hours" }.to_owned(),
        },
        Ask {
            what: "Groups",
            much: if public.group_min == public.group_max {
                format!("{} peers", words::capital(&count(public.group_min, "", "")).trim_end())
            } else {
                format!("{} to {} peers", public.group_min, public.group_max)
            },
            more: "Of equal standing: no mentor, no mentee".to_owned(),
        },
    ];
    if public.trip_days > 0 || public.budget_cents > 0 {
        asks.push(Ask {
            what: "Going to see",
            much: format!("{} away", words::capital(&count(public.trip_days, "day", "days"))),
            more: if public.budget_cents > 0 {
                format!("Up to {} each", words::money(public.budget_cents, &program.currency))
            } else {
                String::new()
            },
        });
    }
    asks.push(Ask {
        what: "Supervisor",
        much: if public.approval_required { "Asked for a yes" } else { "Not asked" }.to_owned(),
        more: if public.approval_required {
            format!("Within {}, by one email", count(public.answer_days, "day", "days"))
        } else {
            String::new()
        },
    });
    asks
}

impl ThemeLine {
    fn of(theme: Theme) -> Self {
        Self {
            when: if theme.starts_on == theme.ends_on {
                words::day(theme.starts_on)
            } else {
                format!("{} to {}", words::day(theme.starts_on), words::day(theme.ends_on))
            },
            title: theme.title,
            question: theme.question,
        }
    }
}

impl Person {
    fn of(person: Addressee) -> Self {
        let role = match (person.coordinates, person.is_contact) {
            (true, true) => "Coordinator and contact person",
            (true, false) => "Coordinator",
            _ => "Contact person",
        };
        Self { name: person.name, email: person.email, role }
    }
}
