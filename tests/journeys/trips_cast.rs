//! What the stories about trips share: the group, and a visit that is planned through its form.
use super::support::{
    Answer, Browser, TestApp,
    world::{Peer, World, day},
};
use uuid::Uuid;

pub struct Story {
    pub app: TestApp,
    pub world: World,
}

impl Story {
    pub async fn begin() -> Self {
        let app = TestApp::start().await;
        let world = World::build(&app).await;
        Self { app, world }
    }

    pub async fn browser(&self, peer: Peer) -> Browser<'_> {
        self.app.browser_of(peer.person).await
    }

    pub fn path(&self, trip: Uuid) -> String {
        format!("{}/trips/{trip}", self.world.group_path())
    }

    /// A visit of these people in two weeks, at another place, which costs each of them this.
    pub async fn visit(&self, by: Peer, who: &[Peer], cost: &str) -> Uuid {
        let id = Uuid::now_v7();
        let form = self.form(id, who, &day(14), cost);
        let new = format!("{}/trips/new", self.world.group_path());
        self.browser(by).await.post(&new, &borrowed(&form)).await.is(303);
        id
    }

    pub fn form(&self, id: Uuid, who: &[Peer], on: &str, cost: &str) -> Vec<(&'static str, String)> {
        let mut form = vec![
            ("id", id.to_string()),
            ("kind", "site_visit".to_owned()),
            ("purpose", "How they greet people at the desk".to_owned()),
            ("on_date", on.to_owned()),
            ("reach", "away".to_owned()),
            ("place", "Front desk, ground floor".to_owned()),
            ("host_institution", "Harrowgate Public Library".to_owned()),
            ("host_person", "Noor Haddad".to_owned()),
            ("questions", "What did you stop doing?".to_owned()),
            ("cost", cost.to_owned()),
        ];
        form.extend(who.iter().map(|peer| ("goers", peer.participation.to_string())));
        form
    }

    /// Changes its plan through the form, as it stands.
    pub async fn change(&self, by: &Browser<'_>, trip: Uuid, form: &[(&'static str, String)]) -> Answer {
        let edit = format!("{}/edit", self.path(trip));
        let was = by.get(&edit).await.field("was");
        let mut form = borrowed(form);
        form.push(("was", &was));
        by.post(&edit, &form).await
    }

    /// An observation of Priya by Marcus on this day, confirmed with her yes.
    pub async fn observation(&self, on: &str) -> Uuid {
        let (_, elements) =
            super::support::world::goal_with_elements(&self.app.app.db, &self.world, self.world.priya, &["Pace"]).await;
        let id = Uuid::now_v7();
        let form = [
            ("id", id.to_string()),
            ("kind", "observation".to_owned()),
            ("observed", self.world.priya.participation.to_string()),
            ("observer", self.world.marcus.participation.to_string()),
            ("purpose", "The first ten minutes".to_owned()),
            ("on_date", on.to_owned()),
            ("reach", "here".to_owned()),
            ("focus", elements[0].to_string()),
        ];
        let priya = self.browser(self.world.priya).await;
        priya.post(&format!("{}/trips/new", self.world.group_path()), &borrowed(&form)).await.is(303);
        priya.post(&format!("{}/confirm", self.path(id)), &[]).await.is(303);
        id
    }

    pub async fn state(&self, trip: Uuid) -> String {
        sqlx::query_scalar("select state from field_trips where id = $1")
            .bind(trip)
            .fetch_one(&self.app.app.db)
            .await
            .unwrap()
    }

    /// Somebody who goes asks their supervisor with what stands in the form, and these words.
    pub async fn ask(&self, by: Peer, trip: Uuid, words: &str) -> Answer {
        let browser = self.browser(by).await;
        let path = format!("{}/supervisor", self.path(trip));
        let page = browser.get(&path).await;
        let (id, name, email) = (page.field("id"), page.field("supervisor_name"), page.field("supervisor_email"));
        let form = [("id", id.as_str()), ("supervisor_name", &name), ("supervisor_email", &email), ("words", words)];
        browser.post_and_follow(&path, &form).await
    }
}

pub fn borrowed<'a>(form: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    form.iter().map(|(name, value)| (*name, value.as_str())).collect()
}
