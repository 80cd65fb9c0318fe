//! The last look before the program is launched, and the launch.
use super::super::{
    pages::{self, GroupLine, LaunchPage, WaitingRow},
    service::{self, Launched},
};
use crate::access::ProgramCoordinator;
use crate::base::{error::Result, words};
use crate::web::{flash, form::Errors, page, state::App};
use axum::{extract::State, response::Response};

pub(in super::super) async fn page(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    show(&app, &by, &[]).await
}

async fn show(app: &App, by: &ProgramCoordinator, refused: &[String]) -> Result<Response> {
    let seen = service::overview(app, by).await?;
    let path = by.program().path();
    let mut errors = Errors::default();
    for problem in refused {
        errors.add("problems", problem.as_str());
    }
    let groups: Vec<GroupLine> = seen
        .groups
        .iter()
        .map(|group| GroupLine::of(group, &seen.members_of(group.id), seen.settings.sizes, &path))
        .collect();
    let placed = seen.people.iter().filter(|person| person.place.is_some()).count();
    let below = groups.iter().filter(|group| group.below);
    let page = LaunchPage {
        shell: by.shell(app).with(&errors),
        program: by.program().name.clone(),
        summary: pages::summary(
            (seen.to_place().len(), false),
            seen.groups.iter().filter(|group| group.closed_on.is_none()).count(),
            placed,
        ),
        left_out: seen.to_place().into_iter().map(|person| person.name.clone()).collect(),
        waiting: seen.waiting().into_iter().map(WaitingRow::of).collect(),
        problems: service::launch_problems(&seen, by),
        lessons: service::lessons_problem(app, by).await?,
        warnings: below.map(|group| format!("{}: {}", group.name, group.size)).collect(),
        state: seen.settings.state,
        emails: words::count(placed, "email", "emails"),
        groups,
        path,
        errors,
    };
    page::show_form(&page, &page.errors)
}

pub(in super::super) async fn launch(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    let path = by.program().path();
    match service::launch(&app, &by).await? {
        Launched::Done { groups, people } => {
            let words = format!(
                "The program is launched: {} in {}. Each is told by email.",
                words::count(people, "person", "people"),
                words::count(groups, "group", "groups")
            );
            Ok(flash::go_and_say(&path, &words))
        }
        Launched::Before => Ok(flash::go_and_say(&path, "The program was launched before. Nothing was sent again.")),
        Launched::NotOpen => show(&app, &by, &["Open the program before you launch it".to_owned()]).await,
        Launched::Refused(problems) => show(&app, &by, &problems).await,
    }
}
