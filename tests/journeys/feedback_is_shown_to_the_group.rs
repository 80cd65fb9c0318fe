//! Priya and Marcus let their group read an item, and hide one from their own lists.
use crate::support::{
    Answer, Browser, TestApp,
    world::{Peer, World, day, goal_with_elements},
};
use uuid::Uuid;

/// An item from Priya to Marcus, opened and answered.
pub struct Story {
    pub app: TestApp,
    pub world: World,
    pub pace: Uuid,
    pub path: String,
}

impl Story {
    pub async fn begin() -> Self {
        let app = TestApp::start().await;
        let world = World::build(&app).await;
        let (_, elements) = goal_with_elements(&app.app.db, &world, world.marcus, &["Speaking pace"]).await;
        let mut story = Self { app, world, pace: elements[0], path: String::new() };
        story.path = story.answered().await;
        story
    }

    pub async fn browser(&self, peer: Peer) -> Browser<'_> {
        self.app.browser_of(peer.person).await
    }

    pub fn list(&self) -> String {
        format!("{}/feedback", self.world.group_path())
    }

    pub fn id(&self) -> Uuid {
        Uuid::parse_str(self.path.rsplit('/').next().unwrap()).unwrap()
    }

    /// Shared by Priya, and not opened.
    pub async fn shared(&self) -> String {
        let priya = self.browser(self.world.priya).await;
        let id = Uuid::now_v7();
        let behaviour = format!("behaviour-{}", self.pace);
        let form = [
            ("id", id.to_string()),
            ("to", self.world.marcus.participation.to_string()),
            ("format", "sbi".to_owned()),
            ("occasion", "elsewhere".to_owned()),
            ("happened_on", day(-7)),
            (&behaviour, "You read the steps ALOUD ONCE".to_owned()),
            ("not_agreed", "The room was COLD".to_owned()),
        ];
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        priya.post(&format!("{}/new", self.list()), &form).await.is(303);
        let path = format!("{}/{id}", self.list());
        priya.post(&format!("{path}/share"), &[]).await.is(303);
        path
    }

    async fn answered(&self) -> String {
        let path = self.shared().await;
        let marcus = self.browser(self.world.marcus).await;
        let view = format!("view-{}", self.pace);
        marcus.post(&format!("{path}/open"), &[(&view, "I felt QUICK")]).await.is(303);
        let (answer, line) = (format!("answer-{}", self.pace), format!("line-{}", self.pace));
        marcus.post(&format!("{path}/answer"), &[(&answer, "will_try"), (&line, "Leaving the SLIDE up")]).await.is(303);
        self.app.deliver_mail().await;
        path
    }

    /// Both say that the group may read it.
    pub async fn shown(&self) {
        for peer in [self.world.priya, self.world.marcus] {
            self.browser(peer).await.post(&format!("{}/group", self.path), &[]).await.is(303);
        }
    }
}

pub fn keep(name: &str, answer: &Answer) {
    if std::env::var_os("KEEP_PAGES").is_some() {
        std::fs::write(format!("/tmp/c-{name}.html"), &answer.html).unwrap();
    }
}

#[tokio::test]
async fn the_group_reads_it_when_both_say_so() {
    let story = Story::begin().await;
    let (path, group) = (story.path.clone(), format!("{}/group", story.path));
    let priya = story.browser(story.world.priya).await;
    let marcus = story.browser(story.world.marcus).await;
    let hana = story.browser(story.world.hana).await;

    priya
        .get(&path)
        .await
        .says("Marcus and you can read this. The others in your group")
        .says("Neither of you has said");
    hana.get(&path).await.is(404);
    // One of the two is not enough; the other sees it, and nobody is told by email.
    priya
        .post_and_follow(&group, &[])
        .await
        .says("once both of you have")
        .says("You have said that the group may read");
    marcus.get(&path).await.says("Priya has said that the group may read it");
    hana.get(&path).await.is(404);
    hana.get(&story.list()).await.does_not_say("What we show each other");
    let both = marcus.post_and_follow(&group, &[]).await;
    keep("read-shown", &both);
    both.says("The group can read it now").says("Hana, Priya and you can read this");

    // Hana reads the words and the answers, never his own view; what she may do is the same as for everybody.
    let list = hana.get(&story.list()).await;
    keep("list-shown", &list);
    list.says("What we show each other").says("Priya to Marcus").says("Speaking pace");
    let shown = hana.get(&path).await;
    keep("shown", &shown);
    shown.says("ALOUD ONCE").says("COLD").says("I will try it").says("SLIDE").does_not_say("QUICK");
    shown.says("Marcus, Priya and you can read this").does_not_say("Hide it");
    marcus.get(&path).await.says("QUICK");
    // It is not hers to change.
    hana.post(&group, &[]).await.is(404);
    hana.post(&format!("{path}/hide"), &[]).await.is(404);
    hana.post(&format!("{path}/open"), &[]).await.is(404);

    // Of another group, or coordinating: nobody.
    for person in [story.world.tobias.person, story.world.imogen, story.world.teodor, story.world.olga] {
        story.app.browser_of(person).await.get(&path).await.is(404).does_not_say("ALOUD");
    }

    // Who came after it was shared does not read it.
    let db = &story.app.app.db;
    let joined = "update memberships set joined_on = $1 where participation_id = $2";
    let late = time::macros::date!(2026 - 06 - 01);
    sqlx::query(joined).bind(late).bind(story.world.hana.participation).execute(db).await.unwrap();
    hana.get(&path).await.is(404);
    hana.get(&story.list()).await.does_not_say("Priya to Marcus");
    priya.get(&path).await.says("Marcus and you can read this").does_not_say("Hana");
    let first = time::macros::date!(2026 - 01 - 12);
    sqlx::query(joined).bind(first).bind(story.world.hana.participation).execute(db).await.unwrap();
    hana.get(&path).await.is(200);

    // One takes it back, and it is closed at once.
    let back = priya.post_and_follow(&group, &[("do", "undo")]).await;
    back.says("Taken back").says("Marcus has said that the group may read it");
    hana.get(&path).await.is(404);
    hana.get(&story.list()).await.does_not_say("Priya to Marcus");

    // Both again; then Marcus leaves the group and could not take it back any more.
    priya.post(&group, &[]).await.is(303);
    hana.get(&path).await.is(200);
    sqlx::query("update memberships set left_on = '2026-04-20' where participation_id = $1")
        .bind(story.world.marcus.participation)
        .execute(db)
        .await
        .unwrap();
    hana.get(&path).await.is(404);
    assert!(story.app.deliver_mail().await.is_empty());
    let history: i64 = sqlx::query_scalar("select count(*) from history").fetch_one(db).await.unwrap();
    assert_eq!(history, 0);
}

#[tokio::test]
async fn what_is_not_answered_is_not_shown() {
    let story = Story::begin().await;
    let path = story.shared().await;
    for peer in [story.world.priya, story.world.marcus, story.world.hana] {
        story.browser(peer).await.post(&format!("{path}/group"), &[]).await.is(404);
    }
    story.browser(story.world.priya).await.get(&path).await.does_not_say("The group may read this");
    story.app.deliver_mail().await;
}

#[tokio::test]
async fn hiding_is_for_ones_own_list_alone() {
    let story = Story::begin().await;
    let (path, hide) = (story.path.clone(), format!("{}/hide", story.path));
    let priya = story.browser(story.world.priya).await;
    let marcus = story.browser(story.world.marcus).await;
    let before = priya.get(&story.list()).await;
    let page_before = priya.get(&path).await;

    let hidden = marcus.post_and_follow(&hide, &[]).await;
    keep("list-hidden", &hidden);
    hidden.says("Hidden from your list").does_not_say("From Priya").says("Priya to you");
    marcus.get(&path).await.says("ALOUD ONCE").says("Bring it back");
    // Nothing changes for Priya, and nobody is told.
    assert_eq!(priya.get(&story.list()).await.html, before.html);
    assert_eq!(priya.get(&path).await.html, page_before.html);
    assert!(story.app.deliver_mail().await.is_empty());
    let db = &story.app.app.db;
    let history: i64 = sqlx::query_scalar("select count(*) from history").fetch_one(db).await.unwrap();
    assert_eq!(history, 0);

    let back = marcus.post_and_follow(&hide, &[("do", "undo")]).await;
    back.says("in your list again").says("From Priya").does_not_say("Bring it back");

    // The giver hides it too; what waits for somebody and is not opened is not hidden.
    priya.post_and_follow(&hide, &[]).await.says("You to Marcus");
    let waiting = story.shared().await;
    marcus.post(&format!("{waiting}/hide"), &[]).await.is(404);
    marcus.post(&format!("{waiting}/open"), &[]).await.is(303);
    let home = marcus.get("/").await;
    home.says("Answer Priya");
    marcus.post(&format!("{waiting}/hide"), &[]).await.is(303);
    marcus.get("/").await.does_not_say("Answer Priya");
    story.app.deliver_mail().await;
}
