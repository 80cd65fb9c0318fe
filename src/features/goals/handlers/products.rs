//! Naming what comes out of a goal, and how far it is.
use super::super::{
    pages::Typed,
    service::{self, Made},
};
use super::{OfGoal, OfProduct, goal_path, goals::show};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::ProductId,
    text::web_link,
};
use crate::features::products::{ProductChange, ProductState};
use crate::web::{
    flash,
    form::{Errors, Form},
    state::App,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct ProductForm {
    id: String,
    product: String,
    link: String,
    text: String,
    state: String,
}

/// The most characters that a product may have in words.
const MOST_WORDS: usize = 4000;

/// A web address, or nothing.
fn link(errors: &mut Errors, field: &str, raw: &str) -> String {
    let link = if raw.trim().is_empty() { Some(String::new()) } else { web_link(raw) };
    link.unwrap_or_else(|| {
        errors.add(field, "Enter a link that begins with https:// or http://");
        String::new()
    })
}

fn state(errors: &mut Errors, field: &str, raw: &str) -> ProductState {
    ProductState::parse(raw).unwrap_or_else(|| {
        errors.add(field, "Choose how far it is");
        ProductState::Intended
    })
}

pub(in super::super) async fn add(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfGoal>,
    Form(form): Form<ProductForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let made = Made {
        id: ProductId::parse(&form.id).ok_or(AppError::Unreadable("a form without its id"))?,
        title: errors.required_line("product", &form.product, 160, "what you will make"),
        link: link(&mut errors, "link", &form.link),
        words: errors.paragraphs("text", &form.text, MOST_WORDS),
        state: state(&mut errors, "state", &form.state),
    };
    if errors.is_empty() {
        service::add_product(&app, &by, of.goal_id, made).await?;
        return Ok(flash::go_and_say(&goal_path(&by, of.goal_id), "It is on the list of what you make."));
    }
    let typed =
        Typed { product: form.product, link: form.link, words: form.text, state: form.state, ..Typed::default() };
    show(&app, &by, of.goal_id, typed, errors).await
}

pub(in super::super) async fn change(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfProduct>,
    Form(form): Form<ProductForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let change = ProductChange {
        id: of.product_id,
        goal_id: of.goal_id,
        link: link(&mut errors, &format!("link-{}", of.product_id), &form.link),
        words: errors.paragraphs(&format!("text-{}", of.product_id), &form.text, MOST_WORDS),
        state: state(&mut errors, &format!("state-{}", of.product_id), &form.state),
    };
    if errors.is_empty() {
        service::change_product(&app, &by, &change).await?;
        return Ok(flash::go_and_say(&goal_path(&by, of.goal_id), "Saved."));
    }
    let typed =
        Typed { changed: Some((of.product_id.to_string(), [form.link, form.text, form.state])), ..Typed::default() };
    show(&app, &by, of.goal_id, typed, errors).await
}
