//! Reads the request, calls the service, chooses the page.
use super::{
    pages::{CancelPage, MeetingForm, MeetingPage, Person},
    service::{self, Change, Detailed, NewDetails, Planned, When},
};
use crate::access::GroupMember;
use crate::base::{
    error::Result,
    ids::{MeetingId, ParticipationId},
    local_time, words,
};
use crate::features::{
    agenda_templates::Template,
    groups::OpenMember,
    meetings::{AtMeeting, Meeting, Mode, Roles, hours, readers, zone_words},
};
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use std::collections::HashMap;
use time::{Date, OffsetDateTime, PrimitiveDateTime};

const OVERLAPS: &str = "Your group already has a meeting at this time. Choose another";
/// Nothing but catching up is short, so that it stays beside the time for goals.
const COFFEE_MINUTES: i32 = 30;
const FROZEN: &str = "The meeting has begun or is off: nothing of it can be changed any more.";

pub(super) async fn new_page(
    State(app): State<App>,
    by: GroupMember,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response> {
    let agenda = query.get("agenda").and_then(|agenda| Template::parse(agenda));
    let is_coffee = agenda == Some(Template::CatchUp);
    let minutes = by.group().meeting_minutes;
    let minutes = if is_coffee { minutes.min(COFFEE_MINUTES) } else { minutes };
    let took_place = query.get("took_place").cloned().unwrap_or_default();
    // Where the group meets at fixed times, the one whose turn it is; a coffee is beside those.
    let next = if took_place.is_empty() && !is_coffee { service::next_fixed(&app, &by).await? } else { None };
    let form = MeetingForm {
        id: MeetingId::generate().to_string(),
        date: next.map(|next| words::iso_day(next.date())).unwrap_or_default(),
        time: next.map(|next| words::clock_time(next.time())).unwrap_or_default(),
        minutes: minutes.to_string(),
        agenda: agenda.map_or_else(String::new, |agenda| agenda.as_str().to_owned()),
        mode: Mode::InPerson.as_str().to_owned(),
        took_place,
        ..MeetingForm::default()
    };
    show_new(&app, &by, form, Errors::default()).await
}

pub(super) async fn create(State(app): State<App>, by: GroupMember, Form(form): Form<MeetingForm>) -> Result<Response> {
    let mut errors = Errors::default();
    let id = MeetingId::parse(&form.id).unwrap_or_else(MeetingId::generate);
    let took_place = form.took_place == "yes";
    let new = read(&form, id, &by.group().time_zone, &mut errors);
    if let Some(new) = new {
        let joined_on = service::joined_on(&app, &by).await?;
        check_date(&new, (app.clock.now(), joined_on), took_place, &mut errors);
        if errors.is_empty() {
            match service::plan(&app, &by, &new, Template::parse(&form.agenda)).await? {
                Planned::Done | Planned::Already => return Ok(planned(&by, id, took_place)),
                Planned::Overlap => errors.add("time", OVERLAPS),
            }
        }
    }
    show_new(&app, &by, form, errors).await
}

fn planned(by: &GroupMember, id: MeetingId, took_place: bool) -> Response {
    let path = format!("{}/meetings/{id}", by.group().path());
    if took_place {
        page::go(&format!("{path}/log"))
    } else {
        flash::go_and_say(&path, "The meeting is set, with a first agenda. Everyone in your group gets an email.")
    }
}

fn check_date(new: &NewDetails, (now, joined_on): (OffsetDateTime, Date), took_place: bool, errors: &mut Errors) {
    let past = new.when.starts_at <= now;
    if past && !took_place {
        errors.add("date", "This time has passed. To log a meeting that already took place, follow the link below");
    } else if !past && took_place {
        errors.add("date", "This is still to come. A meeting can be logged once it has begun");
    } else if new.when.local.date() < joined_on {
        errors.add(
            "date",
            format!("You joined your group on {}. Choose a date since then", words::day_and_year(joined_on)),
        );
    }
}

/// When and where, with every mistake noted.
fn read(form: &MeetingForm, id: MeetingId, zone: &str, errors: &mut Errors) -> Option<NewDetails> {
    let date = errors.date("date", &form.date, "a date");
    let time = errors.time("time", &form.time, "the time it starts");
    let minutes = form.minutes.trim().parse::<i32>().ok().filter(|minutes| (5..=720).contains(minutes));
    if minutes.is_none() {
        errors.add("minutes", "Enter whole minutes: at least 5, and at most 720, which is 12 hours");
    }
    let mode = Mode::parse(&form.mode);
    if mode.is_none() {
        errors.add("mode", "Say how you meet");
    }
    let place = errors.line("place", &form.place, 300);
    let local = PrimitiveDateTime::new(date?, time?);
    match local_time::to_instant(zone, local) {
        Ok(starts_at) => {
            Some(NewDetails { id, when: When { local, starts_at, minutes: minutes? }, mode: mode?, place })
        }
        Err(problem) => {
            errors.add("time", problem.message());
            None
        }
    }
}

/// Whose clock counts, and what one's own shows.
fn zone_note(app: &App, by: &GroupMember) -> String {
    let (zone, own) = (by.group().time_zone.as_str(), by.viewer().time_zone());
    let now = app.clock.now();
    let (here, there) = (local_time::to_local(zone, now), local_time::to_local(own, now));
    if here == there {
        return format!("By {}, which your group goes by.", zone_words(zone));
    }
    let clock = |local: PrimitiveDateTime| words::clock_time(local.time());
    let (ours, yours) = (zone_words(zone), zone_words(own));
    format!(
        "{ours}, which your group goes by. You live by {yours}: now it is {} there and {} by {ours}.",
        clock(there),
        clock(here)
    )
}

async fn show_new(app: &App, by: &GroupMember, form: MeetingForm, errors: Errors) -> Result<Response> {
    let members = service::members(app, by).await?;
    let took_place = form.took_place == "yes";
    let is_coffee = Template::parse(&form.agenda) == Some(Template::CatchUp);
    let page = MeetingPage {
        shell: by.shell(app).with(&errors),
        group_path: by.group().path(),
        group_name: by.group().name.clone(),
        action: format!("{}/meetings/new", by.group().path()),
        title: match (took_place, is_coffee) {
            (true, _) => "Log a meeting that took place",
            (false, true) => "Plan a coffee meeting",
            (false, false) => "Set a meeting",
        },
        lede: if took_place {
            "Say when it was. Who came and how it went comes next."
        } else if is_coffee {
            "Time for one another, and nothing else on the agenda. Half an hour is a good start."
        } else {
            "It starts with a first agenda and roles that take turns. All of you can change both."
        },
        zone_note: zone_note(app, by),
        readers: readers(&members, by.participation_id()),
        people: Vec::new(),
        over: None,
        button: if took_place { "Go on to the log" } else { "Set the meeting" },
        hint: if took_place { "Nobody gets an email about it." } else { "Everyone in your group gets an email." },
        form,
        errors,
    };
    page::show_form(&page, &page.errors)
}

pub(super) async fn details_page(State(app): State<App>, at: AtMeeting) -> Result<Response> {
    let (meeting, members) = service::view(&app, &at.by, at.id).await?;
    if !meeting.can_change(app.clock.now()) {
        return Ok(flash::go_and_say(&at.path(), FROZEN));
    }
    let form = form_of(&meeting);
    show_details(&app, &at, &members, (form, None), (StatusCode::OK, Errors::default()))
}

fn form_of(meeting: &Meeting) -> MeetingForm {
    let local = meeting.starts_local();
    let named = |id: Option<ParticipationId>| id.map(|id| id.to_string()).unwrap_or_default();
    MeetingForm {
        id: meeting.id.to_string(),
        date: words::iso_day(local.date()),
        time: words::clock_time(local.time()),
        minutes: meeting.minutes().to_string(),
        mode: meeting.mode.as_str().to_owned(),
        place: meeting.place.clone(),
        facilitator: named(meeting.facilitator_id),
        timekeeper: named(meeting.timekeeper_id),
        note_taker: named(meeting.note_taker_id),
        was: service::fingerprint(meeting),
        ..MeetingForm::default()
    }
}

/// The page again, with the form, the excess to be confirmed, its status and what is wrong.
fn show_details(
    app: &App,
    at: &AtMeeting,
    members: &[OpenMember],
    (form, over): (MeetingForm, Option<i32>),
    (status, errors): (StatusCode, Errors),
) -> Result<Response> {
    let me = at.by.participation_id();
    let person = |member: &OpenMember| Person {
        id: member.participation_id.to_string(),
        label: if member.participation_id == me { format!("{} (you)", member.name) } else { member.name.clone() },
    };
    let page = MeetingPage {
        shell: at.by.shell(app).with(&errors),
        group_path: at.by.group().path(),
        group_name: at.by.group().name.clone(),
        action: format!("{}/details", at.path()),
        title: "Change when, where and who",
        lede: "Until it starts. If the time or place changes, everyone in your group gets an email.",
        zone_note: zone_note(app, &at.by),
        readers: readers(members, me),
        people: members.iter().map(person).collect(),
        over,
        button: "Save the changes",
        hint: "Minutes of the agenda stay as they are.",
        form,
        errors,
    };
    page::show_with(status, &page)
}

pub(super) async fn save_details(
    State(app): State<App>,
    at: AtMeeting,
    Form(mut form): Form<MeetingForm>,
) -> Result<Response> {
    let (mut meeting, members) = service::view(&app, &at.by, at.id).await?;
    let mut errors = Errors::default();
    let details = read(&form, at.id, &meeting.time_zone, &mut errors);
    let (mut status, mut over) = (StatusCode::UNPROCESSABLE_ENTITY, None);
    if let Some(details) = details {
        if details.when.starts_at <= app.clock.now() && meeting.can_change(app.clock.now()) {
            errors.add("date", "Choose a time that is still to come");
        }
        if errors.is_empty() {
            let roles = read_roles(&form);
            let (confirmed, was) = (form.over.trim().parse().ok(), form.was.clone());
            let outcome = service::change_details(&app, &at.by, &Change { details, roles, confirmed, was }).await?;
            match outcome {
                Detailed::Done => return Ok(flash::go_and_say(&at.path(), "Saved.")),
                Detailed::RunsOver(minutes) => over = Some(minutes),
                Detailed::Stale => {
                    status = StatusCode::CONFLICT;
                    // Somebody may have been faster than the first look.
                    (meeting, _) = service::view(&app, &at.by, at.id).await?;
                    form.was = service::fingerprint(&meeting);
                }
                _ => {}
            }
            let (field, message) = refusal(&outcome, &meeting);
            errors.add(field, message);
        }
    }
    show_details(&app, &at, &members, (form, over), (status, errors))
}

fn read_roles(form: &MeetingForm) -> Roles {
    Roles {
        facilitator: ParticipationId::parse(&form.facilitator),
        timekeeper: ParticipationId::parse(&form.timekeeper),
        note_taker: ParticipationId::parse(&form.note_taker),
    }
}

/// The field and the words of what was not saved.
fn refusal(outcome: &Detailed, meeting: &Meeting) -> (&'static str, String) {
    match outcome {
        Detailed::Overlap => ("time", OVERLAPS.to_owned()),
        Detailed::NoSuchMember => ("facilitator", "Choose members of your group".to_owned()),
        Detailed::OneForTwoRoles => {
            ("note_taker", "There are three or more of you: choose another than the one who facilitates".to_owned())
        }
        Detailed::RunsOver(minutes) => {
            ("over", format!("The agenda is {minutes} minutes longer. Shorten it first, or say that this is meant"))
        }
        Detailed::Stale => {
            let (day, hours) = (words::long_day(meeting.day()), hours(meeting, &meeting.time_zone));
            (
                "date",
                format!("Somebody changed this while you wrote: it is now {day}, {hours}. Save again to keep yours"),
            )
        }
        Detailed::Done | Detailed::Frozen => ("date", FROZEN.trim_end_matches('.').to_owned()),
    }
}

pub(super) async fn cancel_page(State(app): State<App>, at: AtMeeting) -> Result<Response> {
    let (meeting, _) = service::view(&app, &at.by, at.id).await?;
    if !meeting.can_be_cancelled(app.clock.now()) {
        return Ok(flash::go_and_say(&at.path(), FROZEN));
    }
    let zone = at.by.viewer().time_zone();
    page::show(&CancelPage {
        shell: at.by.shell(&app),
        group_path: at.by.group().path(),
        group_name: at.by.group().name.clone(),
        path: at.path(),
        when: format!("{}, {}", words::long_day(meeting.day()), hours(&meeting, zone)),
        is_told: meeting.starts_at > app.clock.now(),
    })
}

pub(super) async fn cancel(State(app): State<App>, at: AtMeeting) -> Result<Response> {
    Ok(if service::cancel(&app, &at.by, at.id).await? {
        flash::go_and_say(&format!("{}/meetings", at.by.group().path()), "The meeting is cancelled.")
    } else {
        flash::go_and_say(&at.path(), FROZEN)
    })
}
