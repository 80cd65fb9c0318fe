//! Everything about a program's groups, as of one moment.
use crate::access::{InProgram, ProgramCoordinator};
use crate::base::{
    error::{AppError, Result},
    ids::{GroupId, ParticipationId},
    local_time::day_in,
    text, words,
};
use crate::features::groups::{self, Candidate, GroupRow, Place, Readiness, Refusal, Request, RosterRow, Settings};
use crate::features::profiles;
use crate::web::state::App;
use sqlx::PgConnection;
use std::collections::HashMap;
use time::{Date, OffsetDateTime};

/// Everyone and every group of a program, as of one moment.
#[derive(Debug)]
pub(crate) struct Overview {
    pub(crate) settings: Settings,
    pub(crate) people: Vec<Candidate>,
    pub(crate) groups: Vec<GroupRow>,
    pub(crate) apart: Vec<(ParticipationId, ParticipationId)>,
    /// In the program's zone.
    pub(crate) today: Date,
}

impl Overview {
    pub(crate) fn members_of(&self, group_id: GroupId) -> Vec<&Candidate> {
        self.people.iter().filter(|p| p.place.as_ref().is_some_and(|place| place.group_id == group_id)).collect()
    }
    /// Ready, and in no group.
    pub(crate) fn to_place(&self) -> Vec<&Candidate> {
        self.people.iter().filter(|p| p.place.is_none() && p.readiness == Readiness::Ready).collect()
    }
    /// In no group, and not ready.
    pub(crate) fn waiting(&self) -> Vec<&Candidate> {
        self.people.iter().filter(|p| p.place.is_none() && p.readiness != Readiness::Ready).collect()
    }
    pub(crate) fn group(&self, id: GroupId) -> Result<&GroupRow> {
        self.groups.iter().find(|group| group.id == id).ok_or(AppError::NotFound)
    }
    /// The people with these ids; `None` when one of them is not in the program.
    pub(crate) fn pick(&self, ids: &[ParticipationId]) -> Option<Vec<&Candidate>> {
        ids.iter().map(|id| self.people.iter().find(|person| person.id == *id)).collect()
    }
    /// Pairs who would come together now, and are not to.
    pub(crate) fn newly_together(&self, staying: &[&Candidate], coming: &[&Candidate]) -> Vec<Refusal> {
        let before = groups::kept_apart(staying, &self.apart);
        let after = groups::kept_apart(&[staying, coming].concat(), &self.apart).into_iter();
        after.filter(|pair| !before.contains(pair)).map(Refusal::Apart).collect()
    }
    pub(super) fn name_is_taken(&self, name: &str, by_another_than: Option<GroupId>) -> bool {
        let folded = name.to_lowercase();
        self.groups.iter().any(|g| Some(g.id) != by_another_than && g.name.to_lowercase() == folded)
    }
}

/// Everything as of now, within a transaction of the caller's.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn read(
    db: &mut PgConnection,
    program: &InProgram,
    settings: Settings,
    now: OffsetDateTime,
) -> Result<Overview> {
    let today = day_in(&program.time_zone, now);
    let on = groups::needed_on(today, program.starts_on);
    let mut requests: HashMap<ParticipationId, Vec<Request>> = HashMap::new();
    for request in groups::requests(db, program.id).await? {
        requests.entry(request.participation_id).or_default().push(request);
    }
    let none = Vec::new();
    let people = groups::roster(db, program.id).await?.into_iter().map(|row| {
        let own = requests.get(&row.id).unwrap_or(&none);
        candidate(row, own, settings.approval_required, on)
    });
    let people = people.collect();
    let apart = profiles::pairs_apart(db, program.id).await?;
    Ok(Overview { settings, people, groups: groups::groups(db, program.id).await?, apart, today })
}

pub(super) fn candidate(row: RosterRow, requests: &[Request], approval_required: bool, on: Date) -> Candidate {
    let mut about: Vec<String> = [row.department, row.site].into_iter().filter(|text| !text.is_empty()).collect();
    if !row.wants.is_empty() {
        about.push(format!("wants: {}", row.wants));
    }
    if !row.offers.is_empty() {
        about.push(format!("offers: {}", row.offers));
    }
    let place = match (row.membership_id, row.group_id, row.group_name) {
        (Some(membership_id), Some(group_id), Some(group_name)) => {
            Some(Place { membership_id, group_id, group_name, joined_on: row.joined_on })
        }
        _ => None,
    };
    Candidate {
        id: row.id,
        person_id: row.person_id,
        name: row.name,
        email: row.email_folded,
        about: words::capital(&about.join("; ")),
        readiness: groups::readiness(row.state, approval_required, requests, on),
        supervisors: groups::supervisors(&text::fold_email(&row.supervisor_email), requests),
        place,
    }
}

/// What the pages show.
pub(in super::super) async fn overview(app: &App, by: &ProgramCoordinator) -> Result<Overview> {
    let mut db = app.db.acquire().await?;
    let settings = groups::settings(&mut db, by.program_id()).await?;
    read(&mut db, by.program(), settings, app.clock.now()).await
}
