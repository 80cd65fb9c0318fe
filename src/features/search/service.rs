//! What somebody finds: each list only as far as they may see what is in it.
pub(super) use super::queries::{Fellow, FoundAccount, FoundGroup, FoundPerson};
use super::{
    model::{Part, Sought},
    queries,
};
use crate::access::Viewer;
use crate::base::error::Result;
use crate::web::state::App;
use uuid::Uuid;

/// So many of one list are shown at a time.
const PAGE: usize = 20;

/// A part of a list, and whether more come after it.
#[derive(Debug)]
pub(super) struct Listed<T> {
    pub(super) found: Vec<T>,
    pub(super) more: bool,
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self { found: Vec::new(), more: false }
    }
}

impl<T> Listed<T> {
    fn of(mut found: Vec<T>) -> Self {
        let more = found.len() > PAGE;
        found.truncate(PAGE);
        Self { found, more }
    }
}

/// Everything that was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// In programs that the reader coordinates.
    pub(super) people: Listed<FoundPerson>,
    pub(super) groups: Listed<FoundGroup>,
    /// In the reader's own groups.
    pub(super) fellows: Vec<Fellow>,
    pub(super) own_groups: Vec<FoundGroup>,
    /// For site admins.
    pub(super) accounts: Listed<FoundAccount>,
}

/// All that is found, or what comes after one entry of one list.
pub(super) async fn search(app: &App, by: &Viewer, sought: &Sought, further: Option<(Part, Uuid)>) -> Result<Found> {
    let mut db = app.db.acquire().await?;
    let me = by.person_id();
    let most = i64::try_from(PAGE).unwrap_or(20) + 1;
    let page_of = |part: Part| match further {
        None => Some((None, most)),
        Some((of, after)) => (of == part).then_some((Some(after), most)),
    };
    let programs = queries::coordinated(&mut db, me).await?;
    let mut found = Found::default();
    if !programs.is_empty() {
        if let Some(page) = page_of(Part::People) {
            found.people = Listed::of(queries::people(&mut db, &programs, sought, page).await?);
        }
        if let Some(page) = page_of(Part::Groups) {
            found.groups = Listed::of(queries::groups(&mut db, &programs, sought, page).await?);
        }
    }
    if further.is_none() {
        // What they coordinate is listed with all of the program.
        let elsewhere = |program| !programs.contains(&program);
        found.fellows = queries::fellows(&mut db, me, sought).await?;
        found.fellows.retain(|one| elsewhere(one.program_id));
        found.own_groups = queries::own_groups(&mut db, me, sought).await?;
        found.own_groups.retain(|one| elsewhere(one.program_id));
    }
    if by.is_site_admin()
        && let Some(page) = page_of(Part::Accounts)
    {
        found.accounts = Listed::of(queries::accounts(&mut db, sought, page).await?);
    }
    Ok(found)
}
