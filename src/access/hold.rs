//! Why somebody is on hold, since when and until when, as they are told themselves.
use crate::base::{
    error::{AppError, NotNow, Result},
    ids::{ParticipationId, ProgramId},
    local_time::day_in,
    words,
};
use sqlx::PgConnection;
use std::sync::Arc;
use time::{Date, OffsetDateTime};

/// The hold of whoever reads.
#[derive(Debug, Clone)]
pub(super) struct Hold {
    /// A pause of their own that is running: its first day, and the day they are back.
    pause: Option<(Date, Date)>,
    /// No supervisor's yes is in effect: the first day without one.
    unbacked_since: Option<Date>,
}

impl Hold {
    /// Read only for those who are on hold.
    pub(super) async fn read(
        db: &mut PgConnection,
        (program_id, zone): (ProgramId, &str),
        id: ParticipationId,
        now: OffsetDateTime,
    ) -> Result<Self> {
        let row = sqlx::query!(
            r#"select t.paused_from, t.paused_until,
                      (select max(case r.state when 'approved' then r.valid_until + 1
                                  else least(r.valid_until + 1, r.revoked_from) end)
                       from approval_requests r
                       where r.program_id = $1 and r.participation_id = $2 and r.purpose in ('join', 'reconfirm')
                         and r.state in ('approved', 'revoked')) as "ends?"
               from participations t where t.program_id = $1 and t.id = $2"#,
            program_id as ProgramId,
            id as ParticipationId
        )
        .fetch_one(db)
        .await?;
        let today = day_in(zone, now);
        let pause = row.paused_from.zip(row.paused_until);
        Ok(Self {
            pause: pause.filter(|(from, until)| *from <= today && today < *until),
            unbacked_since: row.ends.filter(|ends| *ends <= today),
        })
    }

    /// "You are on hold until 29 April, because you pause."
    pub(super) fn notice(&self) -> String {
        format!("{} You can read here, and take part again when you are back.", self.why())
    }

    fn why(&self) -> String {
        let unbacked = self
            .unbacked_since
            .map(|since| format!("since {} no supervisor’s yes is in effect for you", words::day(since)));
        match (self.pause, unbacked) {
            (Some((from, until)), None) => {
                format!("You are on hold: you pause since {} and are back on {}.", words::day(from), words::day(until))
            }
            (Some((_, until)), Some(unbacked)) => {
                format!("You are on hold: you pause until {}, and {unbacked}.", words::day(until))
            }
            (None, Some(unbacked)) => format!("You are on hold: {unbacked}. It ends once there is one again."),
            (None, None) => "You are on hold until a supervisor’s yes is in effect for you.".to_owned(),
        }
    }

    /// To whoever sends a form all the same, from a page that was open before.
    pub(super) fn refusal(&self, program_path: &str) -> AppError {
        let (what, to, label) = match (self.pause, self.unbacked_since) {
            (Some(_), None) => ("You can end your pause any day.", "pause", "Change or end your pause"),
            _ => ("You can ask your supervisor again, or another one.", "join", "See where your place stands"),
        };
        AppError::NotNow(Arc::new(NotNow {
            heading: "You are on hold".to_owned(),
            text: format!(
                "{} Until then you can read your group’s pages, and nothing there can be changed by you: what you \
                 sent just now was not saved. You keep your place. {what}",
                self.why()
            ),
            href: format!("{program_path}/{to}"),
            label,
        }))
    }
}
