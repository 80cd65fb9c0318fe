//! Logging a meeting.
use super::super::{
    model::{Eligible, Log},
    pages::{Acted, LogPage, MinuteRow, Moved, Person, Suggestion, Typed},
    service::{self, LogOutcome, LogView, Logged},
};
use super::not_now;
use crate::base::{
    error::Result,
    ids::{ActionId, GoalNoteId, MeetingId, ParticipationId},
    local_time, text, words,
};
use crate::features::{
    actions::OpenLine,
    calendar::{NewDetails, When},
    choices::GoalChoice,
    goal_notes::{LONGEST_NOTE, NewNote, NoteKind},
    meetings::{AtMeeting, Item, ItemState, MeetingState, Outcome, hours},
    timekeeping::ItemTime,
};
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{extract::State, http::StatusCode, response::Response};
use time::PrimitiveDateTime;

/// The longest one line to remember, in characters.
const LONGEST_LINE: usize = 280;

/// A form whose fields carry the ids of items.
struct Fields(Vec<(String, String)>);

impl Fields {
    fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str())
    }
    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }
    /// What the form holds of an item: its minutes, and its fate.
    fn of_item(&self, item: &Item) -> (&str, &str) {
        (self.get(&format!("m-{}", item.id)), self.get(&format!("f-{}", item.id)))
    }

    /// The form as it is first shown: nothing preselected but the minutes, or the log as it stands.
    fn of(view: &LogView) -> Self {
        let mut fields = Vec::new();
        let mut set = |name: &str, value: &str| fields.push((name.to_owned(), value.to_owned()));
        let logged = view.meeting.state == MeetingState::Held;
        for item in &view.items {
            let timed = view.times.iter().find(|time| time.item_id == item.id);
            let (minutes, fate) = match timed {
                _ if logged => (item.actual_minutes, item.state),
                Some(time) if time.skipped => (None, ItemState::Skipped),
                timed => (timed.and_then(ItemTime::minutes).or(Some(item.planned_minutes)), ItemState::Planned),
            };
            set(&format!("m-{}", item.id), &minutes.map(|minutes| minutes.to_string()).unwrap_or_default());
            if !matches!(fate, ItemState::Done | ItemState::Planned) {
                set(&format!("f-{}", item.id), fate.as_str());
            }
        }
        if logged {
            let all = view.eligible.iter().all(|person| person.came);
            set("came", if all { "all" } else { "some" });
            view.eligible.iter().filter(|person| person.came).for_each(|person| set("p", &person.id.to_string()));
            set("note", if view.meeting.note.is_empty() { "none" } else { "line" });
            set("line", &view.meeting.note);
        }
        for goal in &view.goals {
            set(&format!("moved-id-{}", goal.id), &GoalNoteId::generate().to_string());
        }
        set("next_id", &MeetingId::generate().to_string());
        set("was", &view.fingerprint());
        Self(fields)
    }
}

pub(in super::super) async fn log_page(State(app): State<App>, at: AtMeeting) -> Result<Response> {
    let view = service::log_view(&app, &at.by, at.id).await?;
    if let Err(why) = view.loggable(at.by.participation_id(), app.clock.now()) {
        return not_now(&app, &at, &view.meeting, (StatusCode::OK, why));
    }
    let fields = Fields::of(&view);
    page::show(&page_of(&app, &at, &view, &fields, Errors::default()))
}

pub(in super::super) async fn save_log(
    State(app): State<App>,
    at: AtMeeting,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let view = service::log_view(&app, &at.by, at.id).await?;
    let now = app.clock.now();
    if let Err(why) = view.loggable(at.by.participation_id(), now) {
        return not_now(&app, &at, &view.meeting, (StatusCode::UNPROCESSABLE_ENTITY, why));
    }
    let fields = Fields(fields);
    let mut errors = Errors::default();
    let log = read(&fields, &view, &mut errors);
    let next = read_next(&fields, &view, at.by.group().meeting_minutes, &mut errors);
    if next.as_ref().is_some_and(|next| next.when.starts_at <= now) {
        errors.add(if fields.get("next") == "other" { "date" } else { "next" }, "Choose a date that is still to come");
    }
    if errors.is_empty() {
        match service::hold(&app, &at.by, at.id, &log, next.as_ref()).await? {
            LogOutcome::Done { next_set } => {
                let said = if next_set { "Logged, and the next meeting is set." } else { "Logged. Thank you." };
                return Ok(flash::go_and_say(&at.path(), said));
            }
            LogOutcome::Refused(Logged::NotNow(why)) => {
                return not_now(&app, &at, &view.meeting, (StatusCode::UNPROCESSABLE_ENTITY, why));
            }
            LogOutcome::Refused(Logged::Stale) => return overtaken(&app, &at, fields).await,
            LogOutcome::Refused(refused) => {
                let (field, message) = refused.message().unwrap_or_default();
                errors.add(field, message);
            }
            LogOutcome::NextOverlaps => {
                let field = if fields.get("next") == "other" { "date" } else { "next" };
                errors.add(field, "Your group already has a meeting at this time. Choose another");
            }
        }
    }
    let page = page_of(&app, &at, &view, &fields, errors);
    page::show_form(&page, &page.errors)
}

/// What was typed, beside what one of them logged meanwhile: saving again puts it in its place.
async fn overtaken(app: &App, at: &AtMeeting, mut fields: Fields) -> Result<Response> {
    let view = service::log_view(app, &at.by, at.id).await?;
    fields.0.retain(|(name, _)| name != "was");
    fields.0.push(("was".to_owned(), view.fingerprint()));
    let mut errors = Errors::default();
    let stands = view.stands();
    errors.add(
        "came",
        format!("One of you logged this meeting while you wrote: {stands}. Save again to put yours instead"),
    );
    let page = page_of(app, at, &view, &fields, errors);
    page::show_form(&page, &page.errors)
}

/// Who came, the minutes and the line, with every mistake noted.
fn read(fields: &Fields, view: &LogView, errors: &mut Errors) -> Log {
    let present: Vec<ParticipationId> = match fields.get("came") {
        "all" => view.eligible.iter().map(|person| person.id).collect(),
        "some" => {
            let mut ticked: Vec<_> = fields.all("p").filter_map(ParticipationId::parse).collect();
            ticked.sort_unstable();
            ticked.dedup();
            ticked
        }
        _ => {
            errors.add("came", "Say who came");
            Vec::new()
        }
    };
    let items = view.items.iter().filter_map(|item| Some((item.id, read_item(fields, item, errors)?))).collect();
    let note = match fields.get("note") {
        "none" => String::new(),
        "line" => errors.required_line("line", fields.get("line"), LONGEST_LINE, "one line, or choose “No notes”"),
        _ => {
            errors.add("note", "Choose “No notes”, or write one line");
            String::new()
        }
    };
    let moved = view.goals.iter().filter_map(|goal| read_moved(fields, goal, errors)).collect();
    let acted = fields.all("acted").filter_map(ActionId::parse).collect();
    let note_taker = ParticipationId::parse(fields.get("note_taker"));
    let was = Some(fields.get("was").to_owned()).filter(|was| !was.is_empty());
    Log { present, items, note, note_taker, moved, acted, is_another: fields.get("again") == "yes", was }
}

/// The line on one goal, if there is one.
fn read_moved(fields: &Fields, goal: &GoalChoice, errors: &mut Errors) -> Option<NewNote> {
    let field = format!("moved-{}", goal.id);
    let words = errors.line(&field, fields.get(&field), LONGEST_NOTE);
    let id = GoalNoteId::parse(fields.get(&format!("moved-id-{}", goal.id)));
    (!words.is_empty()).then(|| NewNote {
        id: id.unwrap_or_else(GoalNoteId::generate),
        goal_id: goal.id,
        kind: NoteKind::Note,
        words,
    })
}

fn read_item(fields: &Fields, item: &Item, errors: &mut Errors) -> Option<Outcome> {
    let (minutes, fate) = fields.of_item(item);
    let field = format!("m-{}", item.id);
    // An empty box and a zero say the same: it was not done.
    match minutes.trim() {
        "" | "0" => {
            let outcome = Outcome::fate(fate);
            if outcome.is_none() {
                errors.add(&field, format!("Say what happens to “{}”, or enter its minutes", item.title));
            }
            outcome
        }
        typed => match typed.parse::<i32>() {
            Ok(minutes) if (1..=720).contains(&minutes) => Some(Outcome::Done(minutes)),
            _ => {
                errors.add(&field, format!("Enter whole minutes for “{}”, or empty the box", item.title));
                None
            }
        },
    }
}

/// The next meeting, as long and in the same place as usual; `None` when none is to be set, or the date is no good.
fn read_next(fields: &Fields, view: &LogView, minutes: i32, errors: &mut Errors) -> Option<NewDetails> {
    let (field, local) = match fields.get("next") {
        "" => return None,
        "other" => {
            let date = errors.date("date", fields.get("date"), "a date");
            let time = errors.time("time", fields.get("time"), "the time it starts");
            ("time", PrimitiveDateTime::new(date?, time?))
        }
        suggested => {
            let parts = suggested.split_once('T');
            let parts = parts.and_then(|(date, time)| local_time::parse_date(date).zip(local_time::parse_time(time)));
            let Some((date, time)) = parts else {
                errors.add("next", "Choose a date, or leave it for later");
                return None;
            };
            ("next", PrimitiveDateTime::new(date, time))
        }
    };
    match local_time::to_instant(&view.meeting.time_zone, local) {
        Ok(starts_at) => Some(NewDetails {
            id: MeetingId::parse(fields.get("next_id")).unwrap_or_else(MeetingId::generate),
            when: When { local, starts_at, minutes },
            mode: view.meeting.mode,
            place: view.meeting.place.clone(),
        }),
        Err(problem) => {
            errors.add(field, problem.message());
            None
        }
    }
}

fn page_of(app: &App, at: &AtMeeting, view: &LogView, fields: &Fields, errors: Errors) -> LogPage {
    let me = at.by.participation_id();
    let others = view.eligible.iter().filter(|person| person.id != me);
    let mut readers: Vec<String> = others.map(|person| text::first_name(&person.name).to_owned()).collect();
    readers.push("you".to_owned());
    let all = words::number(view.eligible.len());
    let (all_label, for_all) = match view.eligible.len() {
        2 => ("Both of us".to_owned(), "both of you".to_owned()),
        _ => (format!("All {all} of us"), format!("all {all}")),
    };
    let coordinators: Vec<String> = view.coordinators.iter().map(|name| text::first_name(name).to_owned()).collect();
    let zone = at.by.viewer().time_zone();
    LogPage {
        shell: at.by.shell(app).with(&errors),
        group_path: at.by.group().path(),
        group_name: at.by.group().name.clone(),
        path: at.path(),
        day: words::long_day(view.meeting.day()),
        lede: format!("About a minute. One of you answers for {for_all}."),
        all_label,
        people: people(view, me, |id| fields.all("p").any(|ticked| ticked == id)),
        rows: view.items.iter().map(|item| row(item, fields)).collect(),
        moved: view.goals.iter().map(|goal| moved(goal, fields)).collect(),
        actions: view.actions.iter().map(|line| acted(line, fields)).collect(),
        planned: view.items.iter().map(|item| item.planned_minutes).sum(),
        length: view.meeting.minutes(),
        note_takers: if view.meeting.roles().doubles() {
            people(view, me, |id| fields.get("note_taker") == id)
        } else {
            Vec::new()
        },
        readers: words::capital(&words::list(&readers)),
        coordinators: words::list(&coordinators),
        next_set: view.next.as_ref().map(|next| format!("{}, {}", words::long_day(next.day()), hours(next, zone))),
        suggestion: view.suggested.map(|local| suggestion(local, at.by.program().rhythm_days)),
        typed: Typed {
            came: fields.get("came").to_owned(),
            note: fields.get("note").to_owned(),
            line: fields.get("line").to_owned(),
            next: fields.get("next").to_owned(),
            date: fields.get("date").to_owned(),
            time: fields.get("time").to_owned(),
            next_id: fields.get("next_id").to_owned(),
            was: fields.get("was").to_owned(),
            again: fields.get("again") == "yes",
        },
        timed: view.times.iter().any(|time| time.ended_at.is_some()),
        until: words::day(view.meeting.changeable_until()),
        errors,
    }
}

fn people(view: &LogView, me: ParticipationId, is_chosen: impl Fn(&str) -> bool) -> Vec<Person> {
    let person = |person: &Eligible| Person {
        chosen: is_chosen(&person.id.to_string()),
        id: person.id.to_string(),
        label: format!("{}{}", text::first_name(&person.name), if person.id == me { " (you)" } else { "" }),
    };
    view.eligible.iter().map(person).collect()
}

fn row(item: &Item, fields: &Fields) -> MinuteRow {
    let (minutes, fate) = fields.of_item(item);
    MinuteRow {
        id: item.id.to_string(),
        title: item.title.clone(),
        planned: item.planned_minutes,
        minutes: minutes.to_owned(),
        fate: fate.to_owned(),
    }
}

fn acted(line: &OpenLine, fields: &Fields) -> Acted {
    let id = line.id.to_string();
    Acted {
        words: line.words.clone(),
        about: line.about.clone(),
        done: fields.all("acted").any(|ticked| ticked == id),
        id,
    }
}

fn moved(goal: &GoalChoice, fields: &Fields) -> Moved {
    Moved {
        id: goal.id.to_string(),
        title: goal.title.clone(),
        note_id: fields.get(&format!("moved-id-{}", goal.id)).to_owned(),
        words: fields.get(&format!("moved-{}", goal.id)).to_owned(),
    }
}

fn suggestion(local: PrimitiveDateTime, rhythm_days: i32) -> Suggestion {
    let (day, time) = (local.date(), words::clock_time(local.time()));
    let hint = match rhythm_days {
        days if days % 7 == 0 => {
            let weeks = usize::try_from(days / 7).unwrap_or_default();
            format!("{} on, as your program goes", words::capital(&words::count(weeks, "week", "weeks")))
        }
        days => format!("{days} days on, as your program goes"),
    };
    Suggestion {
        value: format!("{}T{time}", words::iso_day(day)),
        label: format!("{}, {time}", words::long_day(day)),
        hint,
    }
}
