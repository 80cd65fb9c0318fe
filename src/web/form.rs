//! Forms: what was typed, what is wrong with it, and where.
use crate::base::{
    error::AppError,
    local_time,
    text::{self, TextProblem},
    words,
};
use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;
use std::ops::RangeInclusive;
use time::{Date, Time};

/// A posted form. Its fields are strings with defaults, so that reading never fails over
/// what a person typed.
#[derive(Debug)]
pub struct Form<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = AppError;
    async fn from_request(request: Request, state: &S) -> Result<Self, AppError> {
        axum_extra::extract::Form::<T>::from_request(request, state)
            .await
            .map(|form| Self(form.0))
            .map_err(|_| AppError::Unreadable("not a form of ours"))
    }
}

/// One message at one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The `id` of the field, where the summary's link goes.
    pub field: String,
    pub message: String,
}

/// Everything wrong with a form. The readers below return the cleaned value, note what is
/// wrong, and go on, so that a person sees all mistakes at once.
#[derive(Debug, Clone, Default)]
pub struct Errors(Vec<FieldError>);

impl Errors {
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    pub fn list(&self) -> &[FieldError] {
        &self.0
    }
    /// The message at a field.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|error| error.field == field).map(|error| error.message.as_str())
    }
    /// "One thing", "Two things".
    pub fn count_words(&self) -> String {
        words::capital(&words::count(self.0.len(), "thing", "things"))
    }
    pub fn add(&mut self, field: &str, message: impl Into<String>) {
        self.0.push(FieldError { field: field.to_owned(), message: message.into() });
    }

    fn text(&mut self, field: &str, read: Result<String, TextProblem>, what: &str) -> String {
        read.unwrap_or_else(|problem| {
            self.add(field, problem.message(what));
            String::new()
        })
    }
    /// One line, may be empty.
    pub fn line(&mut self, field: &str, raw: &str, max: usize) -> String {
        self.text(field, text::line(raw, max), "")
    }
    /// One line that must be there; `what` as in "Enter {what}".
    pub fn required_line(&mut self, field: &str, raw: &str, max: usize, what: &str) -> String {
        self.text(field, text::required_line(raw, max), what)
    }
    /// Several lines, may be empty.
    pub fn paragraphs(&mut self, field: &str, raw: &str, max: usize) -> String {
        self.text(field, text::paragraphs(raw, max), "")
    }
    /// Several lines that must be there.
    pub fn required_paragraphs(&mut self, field: &str, raw: &str, max: usize, what: &str) -> String {
        self.text(field, text::required_paragraphs(raw, max), what)
    }
    /// An email address.
    pub fn email(&mut self, field: &str, raw: &str, what: &str) -> String {
        if raw.trim().is_empty() {
            self.add(field, format!("Enter {what}"));
            return String::new();
        }
        text::email(raw).unwrap_or_else(|| {
            self.add(field, "Enter an email address such as name@example.org");
            String::new()
        })
    }
    /// A whole number in a range; `what` as in "{what} must be a whole number from 1 to 5".
    pub fn whole_number(&mut self, field: &str, raw: &str, range: RangeInclusive<i32>, what: &str) -> i32 {
        match raw.trim().parse::<i32>() {
            Ok(n) if range.contains(&n) => n,
            _ => {
                let (from, to) = (range.start(), range.end());
                self.add(field, format!("{what} must be a whole number from {from} to {to}"));
                *range.start()
            }
        }
    }
    /// A date as a date field sends it; `None` when it is none, with the message noted.
    pub fn date(&mut self, field: &str, raw: &str, what: &str) -> Option<Date> {
        let date = local_time::parse_date(raw).filter(|date| (2000..=2200).contains(&date.year()));
        if date.is_none() {
            let shown = if raw.trim().is_empty() {
                format!("Enter {what}")
            } else {
                format!("Enter {what} as day, month and year")
            };
            self.add(field, shown);
        }
        date
    }
    /// A time of day.
    pub fn time(&mut self, field: &str, raw: &str, what: &str) -> Option<Time> {
        let time = local_time::parse_time(raw);
        if time.is_none() {
            self.add(field, format!("Enter {what}, such as 14:30"));
        }
        time
    }
    /// An amount of money in hundredths; "12", "12.5" and "12,50" are all read.
    pub fn money(&mut self, field: &str, raw: &str, what: &str) -> i32 {
        cents(raw).unwrap_or_else(|| {
            self.add(field, format!("{what} must be an amount such as 80 or 31.20"));
            0
        })
    }
}

fn cents(raw: &str) -> Option<i32> {
    let text = raw.trim().replace(',', ".");
    if text.is_empty() {
        return Some(0);
    }
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    if part.len() > 2 || !part.chars().all(|c| c.is_ascii_digit()) || !whole.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let whole: i32 = whole.parse().ok().filter(|n| *n <= 1_000_000)?;
    let part: i32 = format!("{part:0<2}").parse().ok()?;
    Some(whole * 100 + part)
}
