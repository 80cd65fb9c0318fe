//! People, how they sign in, and who gives which right.
mod email;
mod erase;
mod handlers;
mod link;
mod model;
mod pages;
mod queries;
pub mod rows;
mod service;

pub use email::compose;
pub use erase::{Account, account, erase, is_former};
pub use model::{Piece, device_name, password_problem, pieces, safe_next};
pub use queries::{
    Found, Named, correct_all, correct_name, find_or_add, find_or_add_all, has_account, password_link, renamed,
    set_email, sorted, unrelated,
};
pub use service::setup_link;

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};
use handlers::{account, admin, mailbox, sign_in};

pub fn routes() -> Routes {
    Routes::default()
        .at("GET", "/setup/{secret}", Who::LinkHolder, get(sign_in::open_setup))
        .at("GET POST", "/setup", Who::LinkHolder, get(sign_in::setup_page).post(sign_in::set_up))
        .at("GET POST", "/sign-in", Who::Anyone, get(sign_in::page).post(sign_in::sign_in))
        .at("POST", "/sign-out", Who::SignedIn, post(sign_in::sign_out))
        .at("GET POST", "/forgotten-password", Who::Anyone, get(sign_in::forgotten_page).post(sign_in::forgotten))
        .at("GET", "/password/{secret}", Who::LinkHolder, get(sign_in::open_password))
        .at(
            "GET POST",
            "/set-password/{person_id}",
            Who::LinkHolder,
            get(sign_in::password_page).post(sign_in::set_password),
        )
        .at("GET POST", "/account", Who::SignedIn, get(account::page).post(account::save))
        .at("POST", "/account/password", Who::SignedIn, post(account::change_password))
        .at("POST", "/account/sign-ins/{sign_in_id}/end", Who::SignedIn, post(account::end_sign_in))
        .at("GET POST", "/admin/people", Who::SiteAdmin, get(admin::people).post(admin::give_right))
        .at("POST", "/admin/people/{person_id}/right", Who::SiteAdmin, post(admin::change_right))
        .at("GET", "/mailbox", Who::SiteAdmin, get(mailbox::list))
        .at("GET", "/mailbox/{email_id}", Who::SiteAdmin, get(mailbox::one))
        .at("GET", "/who-sees-what", Who::Anyone, get(account::who_sees_what))
}
