//! Reads the request, calls one service function, picks the page.
use super::{
    model::{LONGEST_QUESTION, LONGEST_REPLY, Question, Typed, homeless, seen},
    pages::{Again, InterviewsPage, VISIT},
    service::{self, Outcome, Whole, Written},
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{FieldTripId, InterviewQuestionId, IntervieweeId},
    text::first_name,
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
use std::collections::HashMap;

#[derive(Deserialize)]
pub(super) struct OfTrip {
    trip_id: FieldTripId,
}
#[derive(Deserialize)]
pub(super) struct OfInterviewee {
    trip_id: FieldTripId,
    interviewee_id: IntervieweeId,
}
#[derive(Deserialize)]
pub(super) struct OfQuestion {
    trip_id: FieldTripId,
    question_id: InterviewQuestionId,
}

fn trip_path(by: &GroupMember, id: FieldTripId) -> String {
    format!("{}/trips/{id}", by.group().path())
}

fn back(by: &GroupMember, id: FieldTripId, rest: &str, said: &str) -> Response {
    flash::go_and_say(&format!("{}/interviews{rest}", trip_path(by, id)), said)
}

/// Back to a card, or to the trip where nothing is asked any more.
fn settled(by: &GroupMember, id: FieldTripId, outcome: &Outcome, (rest, done): (&str, &str)) -> Response {
    match outcome {
        Outcome::Done => back(by, id, rest, done),
        Outcome::Full => back(by, id, rest, "That is as many as there is room for here. Take one away first."),
        Outcome::Answered => back(by, id, rest, "It is answered, so it stays."),
        Outcome::Late => {
            let said = "This had changed before you pressed the button. Here is how it stands.";
            flash::go_and_say(&trip_path(by, id), said)
        }
    }
}

fn no_interview(by: &GroupMember, id: FieldTripId) -> Response {
    flash::go_and_say(&trip_path(by, id), "Nobody is interviewed at an observation.")
}

/// Which questions to borrow stand open.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Open {
    borrow: String,
}

pub(super) async fn show(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfTrip>,
    Query(open): Query<Open>,
) -> Result<Response> {
    let Some(whole) = service::read(&app, &by, of.trip_id).await? else { return Ok(no_interview(&by, of.trip_id)) };
    let again = Again { borrow: open.borrow, ..Again::default() };
    page::show(&InterviewsPage::of(&app, &by, &whole, again, Errors::default()))
}

async fn again(app: &App, by: &GroupMember, id: FieldTripId, (again, errors): (Again, Errors)) -> Result<Response> {
    let Some(whole) = service::read(app, by, id).await? else { return Ok(no_interview(by, id)) };
    page::show_form(&InterviewsPage::of(app, by, &whole, again, errors.clone()), &errors)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PersonForm {
    id: String,
    name: String,
    role: String,
}

impl PersonForm {
    /// Name and role as typed, with mistakes at fields that end in `end`.
    fn read(&self, end: &str, errors: &mut Errors) -> (String, String) {
        let name = errors.required_line(&format!("name{end}"), &self.name, 120, "a name");
        let role = errors.line(&format!("role{end}"), &self.role, 160);
        (name, role)
    }
}

pub(super) async fn add(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfTrip>,
    Form(form): Form<PersonForm>,
) -> Result<Response> {
    let id = IntervieweeId::parse(&form.id).unwrap_or_else(IntervieweeId::generate);
    let mut errors = Errors::default();
    let (name, role) = form.read("", &mut errors);
    if !errors.is_empty() {
        let typed = Again { id: form.id, name: form.name, role: form.role, ..Again::default() };
        return again(&app, &by, of.trip_id, (typed, errors)).await;
    }
    let outcome = service::add(&app, &by, of.trip_id, (id, &name, &role)).await?;
    let rest = format!("?borrow={id}#card-{id}");
    Ok(settled(&by, of.trip_id, &outcome, (&rest, "Added. Now say what you want to ask.")))
}

pub(super) async fn change(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfInterviewee>,
    Form(form): Form<PersonForm>,
) -> Result<Response> {
    let (id, mut errors) = (of.interviewee_id, Errors::default());
    let (name, role) = form.read(&format!("-{id}"), &mut errors);
    if !errors.is_empty() {
        let typed = Again { changed: Some((id, form.name, form.role)), ..Again::default() };
        return again(&app, &by, of.trip_id, (typed, errors)).await;
    }
    let outcome = service::change(&app, &by, of.trip_id, (id, &name, &role)).await?;
    Ok(settled(&by, of.trip_id, &outcome, (&format!("#card-{id}"), "Changed.")))
}

pub(super) async fn remove(State(app): State<App>, by: GroupMember, Path(of): Path<OfInterviewee>) -> Result<Response> {
    let outcome = service::remove(&app, &by, of.trip_id, of.interviewee_id).await?;
    Ok(settled(&by, of.trip_id, &outcome, ("", "Taken away.")))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AskForm {
    /// Somebody's id, or nothing: anybody they meet.
    to: String,
    /// One a line: in their own words, or as a button of the library sends it.
    words: String,
    /// Whether the library's buttons are to stand open again.
    borrowed: String,
}

pub(super) async fn ask(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfTrip>,
    Form(form): Form<AskForm>,
) -> Result<Response> {
    let whom = if form.to.is_empty() { None } else { Some(IntervieweeId::parse(&form.to).ok_or(AppError::NotFound)?) };
    let key = whom.map_or_else(|| VISIT.to_owned(), |id| id.to_string());
    let mut errors = Errors::default();
    let field = format!("words-{key}");
    let typed: Vec<&str> = form.words.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut questions = Vec::new();
    for line in &typed {
        // One mistake at the box is enough.
        if errors.is_empty() {
            questions.push(errors.line(&field, line, LONGEST_QUESTION));
        }
    }
    if typed.is_empty() {
        errors.add(&field, "Enter a question");
    }
    if !errors.is_empty() {
        let typed = Again { asked: Some((key, form.words)), ..Again::default() };
        return again(&app, &by, of.trip_id, (typed, errors)).await;
    }
    let outcome = service::ask(&app, &by, of.trip_id, whom, &questions).await?;
    let open = if form.borrowed.is_empty() { String::new() } else { format!("?borrow={key}") };
    Ok(settled(&by, of.trip_id, &outcome, (&format!("{open}#card-{key}"), "Added.")))
}

pub(super) async fn drop_question(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfQuestion>,
) -> Result<Response> {
    let outcome = service::drop_question(&app, &by, of.trip_id, of.question_id).await?;
    Ok(settled(&by, of.trip_id, &outcome, ("", "Taken away.")))
}

pub(super) async fn answer(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfTrip>,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Response> {
    let Some(whole) = service::read(&app, &by, of.trip_id).await? else { return Ok(no_interview(&by, of.trip_id)) };
    let mut errors = Errors::default();
    let typed = read(&whole, &form, &mut errors);
    let card = form.get("card").cloned().unwrap_or_default();
    if whole.may_answer && !errors.is_empty() {
        return again(&app, &by, of.trip_id, (Again { answers: form, ..Again::default() }, errors)).await;
    }
    if whole.may_answer && !homeless(&form, &whole.all.questions).is_empty() {
        return gone(&app, &by, of.trip_id, form).await;
    }
    match service::answer(&app, &by, of.trip_id, &typed).await? {
        Written::Done => Ok(back(&by, of.trip_id, &format!("#card-{card}"), "Kept.")),
        Written::Gone => gone(&app, &by, of.trip_id, form).await,
        Written::Late => {
            Ok(back(&by, of.trip_id, "", "Answers belong to the day itself and after it. Nothing was changed."))
        }
        Written::Conflicts(questions) => {
            let mut form = form;
            for question in &questions {
                errors.add(&format!("answer-{}", question.id), stands(question));
                // They have read it now: sent again, theirs holds.
                form.insert(format!("seen-{}", question.id), seen(&question.reply));
            }
            again(&app, &by, of.trip_id, (Again { answers: form, ..Again::default() }, errors)).await
        }
    }
}

/// The page as it stands, with what was typed for a question that somebody took away meanwhile.
async fn gone(app: &App, by: &GroupMember, id: FieldTripId, form: HashMap<String, String>) -> Result<Response> {
    let Some(whole) = service::read(app, by, id).await? else { return Ok(no_interview(by, id)) };
    let again = Again { kept: homeless(&form, &whole.all.questions), answers: form, ..Again::default() };
    page::show_with(StatusCode::UNPROCESSABLE_ENTITY, &InterviewsPage::of(app, by, &whole, again, Errors::default()))
}

/// What somebody else wrote meanwhile, for who writes over it.
fn stands(question: &Question) -> String {
    let who = question.replied_by.as_deref().map_or("Somebody", first_name);
    if question.reply.is_empty() {
        "Somebody took the answer away meanwhile. Save again to keep yours".to_owned()
    } else {
        format!("{who} wrote here meanwhile: “{}”. Put both together and save again", question.reply)
    }
}

/// The boxes that were sent, of questions the reader reads.
fn read(whole: &Whole, form: &HashMap<String, String>, errors: &mut Errors) -> Vec<Typed> {
    let mut typed = Vec::new();
    for question in &whole.all.questions {
        let field = format!("answer-{}", question.id);
        let Some(raw) = form.get(&field) else { continue };
        let reply = errors.paragraphs(&field, raw, LONGEST_REPLY);
        let seen = form.get(&format!("seen-{}", question.id)).cloned().unwrap_or_default();
        typed.push(Typed { id: question.id, reply, seen });
    }
    typed
}
