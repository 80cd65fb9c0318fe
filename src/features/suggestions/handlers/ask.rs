//! What counts how much, and having groups suggested.
use super::super::{
    model::DraftState,
    pages::{AskPage, Typed},
    service::{self, Asked, Draft},
};
use crate::access::ProgramCoordinator;
use crate::base::error::Result;
use crate::features::{groups::Refusal, matching::Weights};
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{extract::State, response::Response};
use serde::Deserialize;
use std::time::Duration;

/// A small program is done before anybody looks; others show how far the work is.
const WAIT: Duration = Duration::from_millis(900);
/// The highest number that groups can be drawn from.
const HIGHEST: i32 = 999_999;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct AskForm {
    wants: String,
    themes: String,
    departments: String,
    site: String,
    sites: String,
    new_faces: String,
    seed: String,
}

impl AskForm {
    fn read(&self, errors: &mut Errors) -> Asked {
        let mut weight = |field: &str, raw: &str, what: &str| {
            u8::try_from(errors.whole_number(field, raw, 0..=5, what)).unwrap_or(0)
        };
        let weights = Weights {
            wants: weight("wants", &self.wants, "How much wants and offers count"),
            themes: weight("themes", &self.themes, "How much themes count"),
            departments: weight("departments", &self.departments, "How much departments count"),
            site: weight("site", &self.site, "How much the site counts"),
            same_site: self.sites != "different",
            new_faces: weight("new_faces", &self.new_faces, "How much new faces count"),
        };
        if !matches!(self.sites.as_str(), "same" | "different") {
            errors.add("sites", "Choose one of the two");
        }
        Asked { weights, seed: errors.whole_number("seed", &self.seed, 1..=HIGHEST, "The draw") }
    }

    fn typed(&self) -> Typed {
        Typed {
            wants: self.wants.clone(),
            themes: self.themes.clone(),
            departments: self.departments.clone(),
            site: self.site.clone(),
            same_site: self.sites == "same",
            other_sites: self.sites == "different",
            new_faces: self.new_faces.clone(),
            seed: self.seed.clone(),
        }
    }
}

pub(in super::super) async fn page(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    let last = service::latest(&app, &by).await?;
    // The next draw by default: the same one again would give the same groups.
    let typed = match &last {
        Some(draft) => Typed::of(draft.weights, if draft.seed < HIGHEST { draft.seed + 1 } else { 1 }),
        None => Typed::of(Weights::usual(), 1),
    };
    show(&app, &by, last.as_ref(), typed, Errors::default())
}

fn show(app: &App, by: &ProgramCoordinator, last: Option<&Draft>, typed: Typed, errors: Errors) -> Result<Response> {
    let path = by.program().path();
    let open = last.filter(|draft| matches!(draft.state, DraftState::Working | DraftState::Ready));
    let page = AskPage {
        shell: by.shell(app).with(&errors),
        program: by.program().name.clone(),
        open: open.map(|draft| format!("{path}/suggestions/{}", draft.id)).unwrap_or_default(),
        can_form: by.program().state.takes_people(),
        path,
        typed,
        errors,
    };
    page::show_form(&page, &page.errors)
}

pub(in super::super) async fn start(
    State(app): State<App>,
    by: ProgramCoordinator,
    Form(form): Form<AskForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let asked = form.read(&mut errors);
    if errors.is_empty() {
        if let Some(id) = service::start(&app, &by, asked).await? {
            let path = format!("{}/suggestions", by.program().path());
            let here = format!("{path}/{id}");
            let mut work = tokio::spawn(async move {
                let done = service::work_out(&app, &by, id).await;
                if let Err(error) = &done {
                    tracing::error!(%error, suggestion = %id, "a suggestion was not worked out");
                }
                done.is_ok()
            });
            return Ok(match tokio::time::timeout(WAIT, &mut work).await {
                Ok(Ok(true)) | Err(_) => page::go(&here),
                Ok(_) => flash::go_and_say(&path, "That did not work, and nothing was changed. Try again in a minute."),
            });
        }
        errors.add("seed", Refusal::NotNow.words());
    }
    let last = service::latest(&app, &by).await?;
    show(&app, &by, last.as_ref(), form.typed(), errors)
}
