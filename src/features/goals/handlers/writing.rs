//! Writing a goal, and changing its words.
use super::super::{
    model::GoalState,
    pages::{self, EditPage, NewPage},
    service::{self, Blank, Edited, Whole, Written, Wrote},
};
use super::{OfGoal, goal_path};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{GoalId, ParticipationId},
    words,
};
use crate::features::{
    elements::{self, MOST_ELEMENTS},
    goal_versions::{TypedWording, readers},
    library::Example,
};
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct GoalForm {
    id: String,
    whose: String,
    title: String,
    statement: String,
    measure: String,
    target_on: String,
    /// Up to six about oneself, for a personal goal.
    own_element: Vec<String>,
    /// Up to six under a group's goal, each with whom it is about.
    element: Vec<String>,
    about: Vec<String>,
    mark: String,
}

impl GoalForm {
    fn typed(&self) -> TypedWording {
        TypedWording {
            title: self.title.clone(),
            statement: self.statement.clone(),
            measure: self.measure.clone(),
            target_on: self.target_on.clone(),
        }
    }

    /// The elements that were named, with mistakes noted at their lines.
    fn elements(&self, by: &GroupMember, errors: &mut Errors) -> Vec<(ParticipationId, String)> {
        let me = by.participation_id();
        let for_group = self.whose == "group";
        let (titles, field) = if for_group { (&self.element, "element") } else { (&self.own_element, "own") };
        let mut named: Vec<(ParticipationId, String)> = Vec::new();
        for (at, raw) in titles.iter().enumerate().take(MOST_ELEMENTS) {
            let title = errors.line(&format!("{field}-{}", at + 1), raw, 120);
            if title.is_empty() {
                continue;
            }
            let about = match self.about.get(at) {
                Some(id) if for_group => ParticipationId::parse(id),
                _ => Some(me),
            };
            let Some(about) = about else {
                errors.add(&format!("about-{}", at + 1), "Choose whom it is about");
                continue;
            };
            if named.iter().any(|(whom, there)| *whom == about && elements::same_title(there, &title)) {
                errors.add(&format!("{field}-{}", at + 1), "This stands there already");
                continue;
            }
            named.push((about, title));
        }
        named
    }
}

/// The goal to adapt that was chosen.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct Chosen {
    example: String,
}

impl GoalForm {
    fn adapted(self, example: &Example) -> Self {
        Self {
            whose: if example.of_group { "group" } else { "own" }.to_owned(),
            title: example.title.clone(),
            statement: example.statement.clone(),
            measure: example.measure.clone(),
            own_element: example.elements.clone(),
            ..self
        }
    }
}

pub(in super::super) async fn new_page(
    State(app): State<App>,
    by: GroupMember,
    Query(chosen): Query<Chosen>,
) -> Result<Response> {
    let blank = service::blank(&app, &by).await?;
    // A group's first goal comes first; then it is likely one's own.
    let whose = match (blank.has.group, blank.has.own) {
        (false, _) => "group",
        (true, false) => "own",
        (true, true) => "",
    };
    let form = GoalForm { id: GoalId::generate().to_string(), whose: whose.to_owned(), ..GoalForm::default() };
    let form = match blank.library.example(&chosen.example) {
        Some(example) => form.adapted(example),
        None => form,
    };
    show_new(&app, &by, &blank, &form, Errors::default())
}

fn last_day(by: &GroupMember) -> String {
    format!("The program ends on {}.", words::day_and_year(by.program().ends_on))
}

fn show_new(app: &App, by: &GroupMember, blank: &Blank, form: &GoalForm, errors: Errors) -> Result<Response> {
    let me = by.participation_id().to_string();
    let folded = |titles: &[String]| titles.iter().skip(3).any(|title| !title.trim().is_empty());
    let page = NewPage {
        shell: by.shell(app).with(&errors),
        group: by.group().path(),
        group_name: by.group().name.clone(),
        id: form.id.clone(),
        first: !blank.has.group,
        examples: blank.library.goals.clone(),
        typed: form.typed(),
        whose: form.whose.clone(),
        own: pages::element_lines(&form.own_element, &[], &me),
        of_group: pages::element_lines(&form.element, &form.about, &me),
        own_unfolded: folded(&form.own_element),
        group_unfolded: folded(&form.element),
        members: pages::choices(&blank.members, by.participation_id()),
        readers: readers(&blank.members, by.participation_id()),
        last_day: last_day(by),
        errors,
    };
    page::show_form(&page, &page.errors)
}

pub(in super::super) async fn write(
    State(app): State<App>,
    by: GroupMember,
    Form(form): Form<GoalForm>,
) -> Result<Response> {
    let blank = service::blank(&app, &by).await?;
    let mut errors = Errors::default();
    let id = GoalId::parse(&form.id).ok_or(AppError::Unreadable("a form without its id"))?;
    let wording = form.typed().read(&by, blank.today, &mut errors);
    if form.whose != "group" && form.whose != "own" {
        errors.add("whose", "Choose whose goal it is");
    }
    let elements = form.elements(&by, &mut errors);
    if errors.is_empty() {
        let new = Written { id, for_group: form.whose == "group", wording, elements };
        match service::write(&app, &by, &new).await? {
            Wrote::Done if new.for_group => {
                return Ok(flash::go_and_say(&goal_path(&by, id), "The goal is written. It has your yes."));
            }
            Wrote::Done => return Ok(flash::go_and_say(&goal_path(&by, id), "Your goal is written.")),
            Wrote::Stranger => errors.add("about-1", "Choose people of your group"),
        }
    }
    show_new(&app, &by, &blank, &form, errors)
}

pub(in super::super) async fn edit_page(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfGoal>,
) -> Result<Response> {
    let whole = service::read(&app, &by, of.goal_id).await?;
    only_its_owner(&whole, &by)?;
    let goal = &whole.seen.goal;
    if !goal.state.is_open() {
        return Ok(flash::go_and_say(&goal_path(&by, of.goal_id), CLOSED));
    }
    let page = edit_view(&app, &by, &whole, TypedWording::of(&whole.seen.newest()), Errors::default());
    page::show(&page)
}

fn only_its_owner(whole: &Whole, by: &GroupMember) -> Result<()> {
    match whole.seen.goal.owner_id {
        Some(owner) if owner != by.participation_id() => {
            Err(AppError::NotAllowed("a personal goal is its owner's to write"))
        }
        _ => Ok(()),
    }
}

const CLOSED: &str = "This goal is closed, and its words stay as they are.";

fn edit_view(app: &App, by: &GroupMember, whole: &Whole, typed: TypedWording, errors: Errors) -> EditPage {
    let seen = &whole.seen;
    EditPage {
        shell: by.shell(app).with(&errors),
        errors,
        goal: goal_path(by, seen.goal.id),
        title: seen.newest().title,
        typed,
        mark: seen.newest().mark(),
        is_agreed: seen.goal.state == GoalState::Agreed,
        of_group: seen.goal.owner_id.is_none(),
        stands: None,
        readers: readers(&whole.members, by.participation_id()),
        last_day: last_day(by),
    }
}

pub(in super::super) async fn edit(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfGoal>,
    Form(form): Form<GoalForm>,
) -> Result<Response> {
    let whole = service::read(&app, &by, of.goal_id).await?;
    only_its_owner(&whole, &by)?;
    let path = goal_path(&by, of.goal_id);
    let mut errors = Errors::default();
    let wording = form.typed().read(&by, whole.seen.today, &mut errors);
    if !errors.is_empty() {
        // The mark stays that of the words the form was drawn with.
        let page = EditPage { mark: form.mark.clone(), ..edit_view(&app, &by, &whole, form.typed(), errors) };
        return page::show_form(&page, &page.errors);
    }
    match service::edit(&app, &by, of.goal_id, &form.mark, &wording).await? {
        Edited::Done if whole.seen.goal.state == GoalState::Agreed => {
            Ok(flash::go_and_say(&path, "The new words hold now. What the goal said before stays to be read."))
        }
        Edited::Done if whole.seen.goal.owner_id.is_none() => {
            Ok(flash::go_and_say(&path, "Saved. The others are asked again; your yes is noted."))
        }
        Edited::Done => Ok(flash::go_and_say(&path, "Saved.")),
        Edited::Proposed => {
            Ok(flash::go_and_say(&path, "Proposed, with your yes. The others are asked; until then the goal stays."))
        }
        Edited::InForce => Ok(flash::go_and_say(&path, "Nothing was changed: it says this already.")),
        Edited::Closed => Ok(flash::go_and_say(&path, CLOSED)),
        Edited::Stale(present) => {
            let view = edit_view(&app, &by, &whole, form.typed(), Errors::default());
            let page = EditPage { mark: present.mark(), stands: Some(TypedWording::of(&present)), ..view };
            page::show_with(StatusCode::CONFLICT, &page)
        }
    }
}

pub(in super::super) async fn take_back(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfGoal>,
) -> Result<Response> {
    let taken = service::take_back(&app, &by, of.goal_id).await?;
    let said = if taken { "Taken back. The goal stays as it is." } else { "Nothing is proposed now." };
    Ok(flash::go_and_say(&goal_path(&by, of.goal_id), said))
}
