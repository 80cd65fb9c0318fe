//! Why a link takes no answer any more: what happened, when, and what can be done.
use super::super::service::Letter;
use crate::base::{local_time, words};
use crate::features::approvals::{RequestState, Told};
use time::OffsetDateTime;

/// One sentence or two for the holder of a link that takes no answer; `None` while it takes one.
pub(super) fn closed(letter: &Letter) -> Option<String> {
    let Letter { request, is_open, .. } = letter;
    if *is_open {
        return None;
    }
    let day = |at: OffsetDateTime| words::day_and_year(local_time::day_in(&request.program.time_zone, at));
    let (first_name, program) = (request.first_name(), &request.program.name);
    let on = letter.newer.map_or_else(String::new, |at| format!(" on {}", day(at)));
    let newer = format!(
        "A newer request took the place of this one{on}. If it went to you, there is a newer email: use the link in that \
         one. There is nothing to answer here."
    );
    let happened = letter.happened.as_ref();
    let was = |told: Told| happened.filter(|done| done.action == told.action()).map(|done| day(done.at));
    let then = if letter.newer.is_some() {
        newer.clone()
    } else {
        format!(
            "{first_name} can ask again, and a new email comes then. Would you say yes without it? Tell {first_name}."
        )
    };
    Some(match request.state {
        RequestState::Superseded => "A newer yes took the place of this one. There is nothing more to do.".to_owned(),
        RequestState::Cancelled => {
            if let Some(day) = was(Told::Lapsed) {
                format!("The condition was not accepted in time, so this request ended on {day}. {then}")
            } else if let Some(day) = was(Told::Refused) {
                format!("The condition was not accepted, so this request ended on {day}. {then}")
            } else if let Some(day) = was(Told::NotMine) {
                format!("It was said on {day} that this is not for you to answer. There is nothing more to do.")
            } else if !request.is_latest {
                newer
            } else if !request.participation_state.is_open() {
                format!("{first_name} no longer takes part in {program}. There is nothing to answer.")
            } else {
                match &request.trip {
                    Some(trip) if !trip.stands => format!(
                        "The trip was changed or called off, or {first_name} does not go. There is nothing to answer here."
                    ),
                    _ => "This request was taken back. There is nothing to answer.".to_owned(),
                }
            }
        }
        state if !request.is_latest && state != RequestState::Approved => newer,
        _ if request.trip.as_ref().is_some_and(|trip| !trip.stands) => format!(
            "The trip was changed or called off, or {first_name} does not go. There is nothing to answer about it any more."
        ),
        _ if request.trip.is_some() => "The day of the trip is over. The answer can no longer be changed.".to_owned(),
        _ => "The program, or this person’s part in it, has ended. The answer can no longer be changed.".to_owned(),
    })
}
