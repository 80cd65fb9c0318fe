//! Reads the request, calls one service function, picks the page.
use super::{
    model::FixedTime,
    pages::{TimesForm, TimesPage},
    service,
};
use crate::access::GroupMember;
use crate::base::error::Result;
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{extract::State, response::Response};
use time::Weekday;

fn path(by: &GroupMember) -> String {
    format!("{}/fixed-times", by.group().path())
}

pub(super) async fn show(State(app): State<App>, by: GroupMember) -> Result<Response> {
    let view = service::read(&app, &by).await?;
    let form = TimesForm::first(&view);
    page::show(&TimesPage::of(by.shell(&app), &by, &view, (&form, Errors::default())))
}

pub(super) async fn save(State(app): State<App>, by: GroupMember, Form(form): Form<TimesForm>) -> Result<Response> {
    let mut errors = Errors::default();
    let times = [read(&form, 0, &mut errors), read(&form, 1, &mut errors)];
    if let [Some(first), Some(second)] = times {
        if first != second {
            service::save(&app, &by, [first, second]).await?;
            return Ok(flash::go_and_say(&path(&by), "Saved. These times are offered from now on, in turn."));
        }
        errors.add("time-2", "Choose another time than the first: you meet at the two in turn");
    }
    let view = service::read(&app, &by).await?;
    page::show_form(&TimesPage::of(by.shell(&app), &by, &view, (&form, errors.clone())), &errors)
}

/// One of the two, with every mistake noted at its own field.
fn read(form: &TimesForm, row: usize, errors: &mut Errors) -> Option<FixedTime> {
    let number = row + 1;
    let typed = |column: &[String]| column.get(row).cloned().unwrap_or_default();
    let weekday = typed(&form.weekday).trim().parse::<u8>().ok().filter(|day| (1..=7).contains(day));
    if weekday.is_none() {
        errors.add(&format!("weekday-{number}"), "Choose a day of the week");
    }
    let at = errors.time(&format!("time-{number}"), &typed(&form.time), "the time it starts");
    Some(FixedTime { weekday: Weekday::Monday.nth_next(weekday? - 1), at: at? })
}

pub(super) async fn end(State(app): State<App>, by: GroupMember) -> Result<Response> {
    service::end(&app, &by).await?;
    Ok(flash::go_and_say(&path(&by), "Your group has no fixed times any more."))
}
