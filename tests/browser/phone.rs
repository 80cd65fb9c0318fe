//! A phone that a group hands round.
use crate::{
    driver::{Chromium, PHONE},
    site::{Site, link_in},
    support::{email_to, world::World},
};
use see_also::base::ids::PersonId;

pub(crate) struct Phone {
    pub(crate) browser: Chromium,
    pub(crate) site: Site,
    pub(crate) world: World,
}

impl Phone {
    pub(crate) async fn open() -> Self {
        let site = Site::open().await;
        let world = World::build(&site.app).await;
        Self { browser: Chromium::open(PHONE).await, site, world }
    }

    pub(crate) async fn close(self) {
        self.browser.close().await;
        self.site.close().await;
    }

    /// Somebody takes it, signed in.
    pub(crate) async fn handed_to(&self, person: PersonId) {
        let secret = self.site.app.sign_in(person).await;
        self.browser.hand_over(&self.site.url, Some(secret.reveal())).await;
    }

    pub(crate) async fn goto(&self, path: &str) {
        self.browser.goto(&self.site.at(path)).await;
    }

    pub(crate) fn group(&self) -> String {
        self.world.group_path()
    }

    /// The link of the one email that somebody was sent just now, in which none of these words stand.
    pub(crate) async fn email_link(&self, to: &str, subject: &str, without: &[&str]) -> String {
        let emails = self.site.app.deliver_mail().await;
        let email = email_to(&emails, to);
        assert_eq!(email.subject, subject);
        for words in without {
            assert!(!email.text.contains(words) && !email.html.contains(words), "{words} in {}", email.subject);
        }
        link_in(email)
    }
}
