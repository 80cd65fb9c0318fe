//! What the templates need, ready to show.
use super::model::Piece;
use crate::web::{carried::Carried, form::Errors, page::Shell};
use askama::Template;

#[derive(Template)]
#[template(path = "accounts/setup.html")]
pub(super) struct SetupPage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) time_zone: String,
    pub(super) zones: Vec<String>,
}

#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
pub(super) struct SignInPage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    pub(super) email: String,
    pub(super) next: String,
    /// Where a form was sent while its writer was signed out, and its fields; empty as a rule.
    pub(super) send_to: String,
    pub(super) typed: String,
}

/// Signed in, with a form that could not be sent before.
#[derive(Template)]
#[template(path = "accounts/go_on.html")]
pub(super) struct GoOnPage {
    pub(super) shell: Shell,
    pub(super) carried: Carried,
}

#[derive(Template)]
#[template(path = "accounts/forgotten_password.html")]
pub(super) struct ForgottenPage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    pub(super) email: String,
    pub(super) sent: bool,
}

#[derive(Template)]
#[template(path = "accounts/set_password.html")]
pub(super) struct PasswordPage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    pub(super) person_id: String,
    pub(super) name: String,
    pub(super) email: String,
    /// The person has none yet.
    pub(super) first: bool,
}

pub(super) struct SignInRow {
    pub(super) id: String,
    pub(super) device: String,
    pub(super) since: String,
    pub(super) here: bool,
}

#[derive(Template)]
#[template(path = "accounts/account.html")]
pub(super) struct AccountPage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    pub(super) email: String,
    pub(super) name: String,
    pub(super) time_zone: String,
    pub(super) zones: Vec<String>,
    pub(super) sign_ins: Vec<SignInRow>,
}

pub(super) struct PersonRow {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) site_admin: bool,
    pub(super) may_create: bool,
    pub(super) has_account: bool,
}

#[derive(Template)]
#[template(path = "accounts/people.html")]
pub(super) struct PeoplePage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    pub(super) people: Vec<PersonRow>,
    pub(super) first: bool,
    /// Name and id after which the next page starts.
    pub(super) next: Option<(String, String)>,
    pub(super) name: String,
    pub(super) email: String,
}

pub(super) struct MailboxRow {
    pub(super) href: String,
    pub(super) subject: String,
    pub(super) to: String,
}

#[derive(Template)]
#[template(path = "accounts/mailbox.html")]
pub(super) struct MailboxPage {
    pub(super) shell: Shell,
    pub(super) emails: Vec<MailboxRow>,
}

#[derive(Template)]
#[template(path = "accounts/email.html")]
pub(super) struct EmailPage {
    pub(super) shell: Shell,
    pub(super) subject: String,
    pub(super) to: String,
    pub(super) pieces: Vec<Piece>,
}

#[derive(Template)]
#[template(path = "accounts/who_sees_what.html")]
pub(super) struct WhoSeesWhatPage {
    pub(super) shell: Shell,
}
