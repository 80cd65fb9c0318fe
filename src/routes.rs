//! Every URL, and the layers around them.
use crate::{
    base::error::AppError,
    features::{
        accounts, actions, agendas, agreements, answers, calendar, calendar_feeds, closing_groups, coffee, decisions,
        desk, did_you_meet, drafts, earlier_lessons, elements, email_changes, feedback, feedback_asks, feedback_list,
        field_trips, fixed_times, forming, goal_notes, goals, group_page, group_themes, help, home, host_thanks,
        imports, interviews, inviting, join_asks, joining, leaving, lessons, letters, library, meeting_logs, mirror,
        moves, next_programs, nudges, observation_notes, off_limits, own_data, people, pledges, portfolios, products,
        profiles, program_reports, pulse, reminders, reports, retrospectives, return_visits, revisions, search,
        settings, shared_reports, showing, spoken_feedback, standings, suggestions, time_polls, timekeeping,
        trip_approvals, trip_hosts, trip_needs, trip_reports,
    },
    web::{
        assets, carried, compress, error_page, finishing, flash, headers, health,
        routing::{Routes, Who},
        state::App,
        trace,
    },
};
use axum::{Router, extract::DefaultBodyLimit, http::StatusCode, middleware, routing::get};
use std::time::Duration;
use tower_http::{
    catch_panic::CatchPanicLayer,
    csrf::CsrfLayer,
    limit::RequestBodyLimitLayer,
    timeout::{RequestBodyTimeoutLayer, TimeoutLayer},
};

/// The most bytes a form may have.
const LARGEST_FORM: usize = 256 * 1024;
/// The most bytes a form with a file may have.
const LARGEST_UPLOAD: usize = 5 * 1024 * 1024;

/// The whole table.
pub fn all() -> Routes {
    forms().with(imports::uploads())
}

/// Everything but the forms that carry files.
fn forms() -> Routes {
    in_programs(before_groups())
}

/// Who signs in, and what comes before a group: programs, approvals, joining.
fn before_groups() -> Routes {
    Routes::default()
        .at("GET", "/healthz", Who::Anyone, get(health::alive))
        .at("GET", "/readyz", Who::Anyone, get(health::ready))
        .at("GET", "/assets/{name}", Who::Anyone, get(assets::serve))
        .with(accounts::routes())
        .with(email_changes::routes())
        .with(decisions::routes())
        .with(earlier_lessons::routes())
        .with(settings::routes())
        .with(answers::routes())
        .with(people::routes())
        .with(inviting::routes())
        .with(join_asks::routes())
        .with(reminders::routes())
        .with(joining::routes())
        .with(profiles::routes())
        .with(pledges::routes())
        .with(standings::routes())
        .with(imports::routes())
}

/// With these, what groups do, and the pages that look over it.
fn in_programs(routes: Routes) -> Routes {
    routes
        .with(forming::routes())
        .with(suggestions::routes())
        .with(leaving::routes())
        .with(moves::routes())
        .with(letters::routes())
        .with(help::routes())
        .with(library::routes())
        .with(retrospectives::routes())
        .with(lessons::routes())
        .with(next_programs::routes())
        .with(products::routes())
        .with(off_limits::routes())
        .with(elements::routes())
        .with(actions::routes())
        .with(goal_notes::routes())
        .with(goals::routes())
        .with(agreements::routes())
        .with(fixed_times::routes())
        .with(calendar::routes())
        .with(calendar_feeds::routes())
        .with(time_polls::routes())
        .with(closing_groups::routes())
        .with(group_themes::routes())
        .with(agendas::routes())
        .with(timekeeping::routes())
        .with(coffee::routes())
        .with(meeting_logs::routes())
        .with(trips())
        .with(feedback_asks::routes())
        .with(showing::routes())
        .with(feedback_list::routes())
        .with(feedback::routes())
        .with(drafts::routes())
        .with(revisions::routes())
        .with(spoken_feedback::routes())
        .with(reports::routes())
        .with(portfolios::routes())
        .with(pulse::routes())
        .with(desk::routes())
        .with(program_reports::routes())
        .with(group_page::routes())
        .with(nudges::routes())
        .with(did_you_meet::routes())
        .with(mirror::routes())
        .with(search::routes())
        .with(home::routes())
        .with(own_data::routes())
}

/// Trips: planning them, what belongs to them, and what follows.
fn trips() -> Routes {
    Routes::default()
        .with(trip_hosts::routes())
        .with(trip_approvals::routes())
        .with(trip_needs::routes())
        .with(interviews::routes())
        .with(host_thanks::routes())
        .with(return_visits::routes())
        .with(shared_reports::routes())
        .with(field_trips::routes())
        .with(trip_reports::routes())
        .with(observation_notes::routes())
}

/// The application as one service.
pub fn router(app: App) -> Router {
    let uploads = imports::uploads()
        .into_router()
        .layer(DefaultBodyLimit::max(LARGEST_UPLOAD))
        .layer(RequestBodyLimitLayer::new(LARGEST_UPLOAD));
    forms()
        .into_router()
        .layer(middleware::from_fn(carried::remember))
        .layer(RequestBodyLimitLayer::new(LARGEST_FORM))
        .merge(uploads)
        .fallback(|| async { AppError::NotFound })
        .method_not_allowed_fallback(|| async { StatusCode::METHOD_NOT_ALLOWED })
        .route_layer(middleware::from_fn(trace::note_path))
        .layer(middleware::from_fn(finishing::finish))
        .layer(RequestBodyTimeoutLayer::new(Duration::from_secs(30)))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(10)))
        .layer(CsrfLayer::new())
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn_with_state(app.clone(), error_page::draw))
        .layer(middleware::from_fn(flash::clear))
        .layer(middleware::from_fn_with_state(app.clone(), headers::protect))
        .layer(middleware::from_fn(compress::pages))
        .layer(middleware::from_fn(trace::follow))
        .with_state(app)
}
