//! From a template to a response.
use super::{assets::AssetUrls, form::Errors, state::App};
use crate::base::error::{AppError, Result};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use std::sync::Arc;

/// A link in the navigation.
#[derive(Debug, Clone)]
pub struct Link {
    pub href: String,
    pub label: String,
    /// This page, or the place it belongs to.
    pub current: bool,
}

impl Link {
    pub fn to(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self { href: href.into(), label: label.into(), current: false }
    }
    #[must_use]
    pub fn here(mut self) -> Self {
        self.current = true;
        self
    }
}

/// What the layout needs; every page has one.
#[derive(Debug, Clone)]
pub struct Shell {
    pub assets: Arc<AssetUrls>,
    pub viewer_name: Option<String>,
    pub nav: Vec<Link>,
    pub menu: Vec<Link>,
    /// What just happened, said once.
    pub flash: Option<String>,
    /// What is so for as long as it is so.
    pub notice: Option<String>,
    /// Nothing on the page can be sent by this reader: its forms are not shown.
    pub only_to_read: bool,
    /// The page is shown again because something typed needs another look.
    pub problem: bool,
    pub institution: Option<String>,
}

impl Shell {
    /// For a page that anyone may see.
    pub fn for_anyone(app: &App) -> Self {
        Self {
            assets: app.assets.urls(),
            viewer_name: None,
            nav: Vec::new(),
            menu: Vec::new(),
            flash: None,
            notice: None,
            only_to_read: false,
            problem: false,
            institution: None,
        }
    }

    /// The same, told whether there were mistakes.
    #[must_use]
    pub fn with(mut self, errors: &Errors) -> Self {
        self.problem = !errors.is_empty();
        self
    }
}

/// The page, 200.
///
/// # Errors
/// When the template cannot be rendered.
pub fn show(page: &impl Template) -> Result<Response> {
    show_with(StatusCode::OK, page)
}

/// The page with another status: 422 for a form with mistakes, 409 for a stale one.
///
/// # Errors
/// When the template cannot be rendered.
pub fn show_with(status: StatusCode, page: &impl Template) -> Result<Response> {
    let html = page.render().map_err(AppError::internal)?;
    Ok((status, Html(html)).into_response())
}

/// A form page: 200 as it is first shown, 422 when there are mistakes.
///
/// # Errors
/// When the template cannot be rendered.
pub fn show_form(page: &impl Template, errors: &Errors) -> Result<Response> {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    show_with(status, page)
}

/// After a post: go and look there (303).
pub fn go(to: &str) -> Response {
    Redirect::to(to).into_response()
}
