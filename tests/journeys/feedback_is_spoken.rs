//! Priya says something to Marcus after she watched him; one of them logs it, and it counts once the other confirms
//! the words, word for word.
use crate::happened;
use crate::support::{
    Answer, Browser, TestApp, email_to, link_in,
    world::{Peer, World, day, goal_with_elements},
};
use time::Duration;
use uuid::Uuid;

struct Story {
    app: TestApp,
    world: World,
    /// Marcus's two elements.
    pace: Uuid,
    opening: Uuid,
    /// Priya watched Marcus.
    observation: Uuid,
}

type Typed = Vec<(String, String)>;

impl Story {
    async fn begin() -> Self {
        let app = TestApp::start().await;
        let world = World::build(&app).await;
        let db = &app.app.db;
        let (_, elements) = goal_with_elements(db, &world, world.marcus, &["Speaking pace", "Opening"]).await;
        let observation = happened::observation(db, &world, world.priya, world.marcus, "2026-04-13", "reported").await;
        sqlx::query("update field_trips set debriefed_on = '2026-04-14', pre_met_on = '2026-04-10'")
            .execute(db)
            .await
            .unwrap();
        Self { app, world, pace: elements[0], opening: elements[1], observation }
    }

    async fn browser(&self, peer: Peer) -> Browser<'_> {
        self.app.browser_of(peer.person).await
    }

    fn list(&self) -> String {
        format!("{}/feedback", self.world.group_path())
    }

    /// What Priya types: what she said to Marcus on his pace, after the observation.
    fn form(&self, id: Uuid) -> Typed {
        let of = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        vec![
            of("id", &id.to_string()),
            of("to", &self.world.marcus.participation.to_string()),
            of("format", "keep_try"),
            of("occasion", &format!("trip:{}", self.observation)),
            (format!("keep-{}", self.pace), "You WAITED for the slow table".to_owned()),
            of("not_agreed", "The room was cold"),
        ]
    }

    /// Logged by Priya: where it stands.
    async fn logged(&self, by: &Browser<'_>) -> String {
        let id = Uuid::now_v7();
        by.post(&format!("{}/said", self.list()), &borrowed(&self.form(id))).await.is(303);
        format!("{}/{id}", self.list())
    }

    async fn state(&self, path: &str) -> String {
        sqlx::query_scalar("select state from feedback where id::text = $1")
            .bind(path.rsplit('/').next())
            .fetch_one(&self.app.app.db)
            .await
            .unwrap()
    }

    /// Whether anything of it counts: for the group, for coordinators, or as what somebody asked for.
    async fn counts(&self) -> bool {
        let hana = self.browser(self.world.hana).await;
        let group = hana.get(&self.world.group_path()).await;
        let imogen = self.app.browser_of(self.world.imogen).await;
        let desk = imogen.get(&self.world.program_path()).await;
        let (of_group, of_desk) = (
            !group.text().contains("No feedback has gone between you yet"),
            desk.text().contains("Feedback exchanged 1 of"),
        );
        assert_eq!(of_group, of_desk, "{}\n{}", group.text(), desk.text());
        of_group
    }
}

fn borrowed(form: &Typed) -> Vec<(&str, &str)> {
    form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// The form with one field changed.
fn but(form: &Typed, name: &str, value: &str) -> Typed {
    let mut form: Typed = form.iter().filter(|(field, _)| field != name).cloned().collect();
    form.push((name.to_owned(), value.to_owned()));
    form
}

fn keep(name: &str, answer: &Answer) {
    if std::env::var_os("KEEP_PAGES").is_some() {
        std::fs::write(format!("/tmp/page-{name}.html"), &answer.html).unwrap();
    }
}

#[tokio::test]
async fn priya_says_it_to_marcus_and_he_confirms_the_words() {
    let story = Story::begin().await;
    let priya = story.browser(story.world.priya).await;
    let marcus = story.browser(story.world.marcus).await;

    // From the observation she comes to the form, which knows where it was and says who will read it.
    let trip = priya.get(&format!("{}/trips/{}", story.world.group_path(), story.observation)).await;
    let choose = priya.get(&trip.link("Log what was said")).await;
    keep("said-choose", &choose);
    choose.says("I said it to Marcus").says("Hana has not agreed anything").does_not_say("Marcus said it to me");
    let form = priya.get(&choose.link("I said it to Marcus")).await;
    keep("said-form", &form);
    form.says("Log what you said to Marcus").says("Marcus and you can read this as soon as you log it");
    assert!(form.html.contains(&format!("value=\"trip:{}\" selected", story.observation)));
    let id = Uuid::parse_str(&form.field("id")).unwrap();

    // Another way of putting it keeps what was typed, with a hint and an example of its own.
    let said = format!("{}/said", story.list());
    for (format, example) in [
        ("sbi", "you showed one search"),
        ("keep_try", "waiting five seconds"),
        ("plus_delta", "every step stood on one slide"),
        ("free", "the whole desk relaxed"),
    ] {
        let other = but(&but(&story.form(id), "do", &format!("format:{format}")), "format", "sbi");
        let page = priya.post(&said, &borrowed(&other)).await;
        page.is(200).says("For example").says(example).says("You WAITED");
    }
    let words = but(&story.form(id), &format!("try-{}", story.pace), "Three more seconds");
    let waits = priya.post_and_follow(&said, &borrowed(&words)).await;
    keep("said-waits", &waits);
    waits.says("It counts once Marcus confirms the words").says("You WAITED").says("Three more seconds");
    priya.post(&said, &borrowed(&words)).await.is(303);
    let path = format!("{}/{id}", story.list());
    assert_eq!(story.state(&path).await, "logged");
    assert!(!story.counts().await);

    // Marcus is told by whom, not what, and finds it on his first page.
    let emails = story.app.deliver_mail().await;
    assert_eq!(emails.len(), 1);
    let email = email_to(&emails, "marcus@larkspur.example");
    assert_eq!(email.subject, "Priya asks: was it said like this?");
    assert!(!email.text.contains("WAITED") && !email.html.contains("Speaking"));
    marcus.get("/").await.says("Was it said like this? Priya logged it");
    let list = marcus.get(&story.list()).await;
    keep("said-list", &list);
    list.says("Priya said it to you");
    assert_eq!(list.link("Read the words"), format!("{path}/said"));
    let page = marcus.open(&link_in(email)).await;
    keep("said-confirm", &page);
    page.says("Was it said like this?").says("You WAITED").says("The room was cold").says("It was different");

    // He confirms; twice is once. It stands like any other, and he answers it.
    let version = page.field("version");
    let to_confirm = format!("{path}/said/confirm");
    let stands = marcus.post_and_follow(&to_confirm, &[("version", &version)]).await;
    keep("said-stands", &stands);
    stands.says("Priya said it to you").says("You WAITED").does_not_say("How you saw it").says("confirmed 20 April");
    marcus.post(&to_confirm, &[("version", &version)]).await.is(303);
    assert_eq!(story.state(&path).await, "confirmed");
    assert!(story.counts().await);
    let answer = format!("answer-{}", story.pace);
    marcus
        .post_and_follow(&format!("{path}/answer"), &[(&answer, "will_try")])
        .await
        .says("You answered: I will try it");
    let hers = priya.get(&path).await;
    hers.says("You said it to Marcus").says("Marcus answered: I will try it").does_not_say("Revise it");
    assert!(story.counts().await);
    story.app.advance(Duration::days(10));
    assert!(story.app.deliver_mail().await.is_empty(), "confirmed, so nobody is reminded");
    let history: i64 = sqlx::query_scalar("select count(*) from history").fetch_one(&story.app.app.db).await.unwrap();
    assert_eq!(history, 0);
}

#[tokio::test]
async fn marcus_logs_what_priya_said_to_him_and_she_remembers_it_differently() {
    let story = Story::begin().await;
    let priya = story.browser(story.world.priya).await;
    let marcus = story.browser(story.world.marcus).await;

    // He would like to hear from her; a log alone does not settle that.
    let (me, her) = (story.world.marcus.participation.to_string(), story.world.priya.participation.to_string());
    let (ask, pace) = (Uuid::now_v7().to_string(), story.pace.to_string());
    marcus.post(&format!("{}/ask", story.list()), &[("id", &ask), ("from", &her), ("on", &pace)]).await.is(303);
    story.app.deliver_mail().await;
    story.app.advance(Duration::minutes(1));

    let form = marcus.get(&format!("{}/said?from={her}", story.list())).await;
    form.says("Log what Priya said to you")
        .says("On what you agreed to hear about")
        .says("Priya and you can read this");
    let id = Uuid::now_v7();
    let mut words = but(&story.form(id), "from", &her);
    words.retain(|(name, _)| name != "to");
    marcus.post(&format!("{}/said", story.list()), &borrowed(&words)).await.is(303);
    let path = format!("{}/{id}", story.list());
    marcus.get(&format!("{path}/said")).await.says("Priya said it to you").says("once Priya confirms");
    assert_eq!(story.app.deliver_mail().await.len(), 1);
    // Five days on is a Saturday.
    story.app.advance(Duration::days(5));
    assert!(story.app.deliver_mail().await.is_empty());
    story.app.advance(Duration::days(2));
    let emails = story.app.deliver_mail().await;
    assert_eq!(
        email_to(&emails, "priya@larkspur.example").subject,
        "Still to confirm: the feedback you gave Marcus",
        "once more after five days"
    );

    // She did not say it like this. The form begins with his words; the same words again are no other words.
    let asked = priya.get(&format!("{path}/said")).await;
    asked.says("You said it to Marcus").says("Was it said like this?");
    let form = priya.get(&asked.link("It was different")).await;
    keep("said-different", &form);
    let (keep_box, version) = (format!("keep-{}", story.pace), form.field("version"));
    assert_eq!(form.field(&keep_box), "You WAITED for the slow table");
    let different = format!("{path}/said/different");
    let same = [
        ("version", version.as_str()),
        (keep_box.as_str(), "You WAITED for the slow table"),
        ("not_agreed", "The room was cold"),
    ];
    priya.post(&different, &same).await.is(422).says("These are the words as they were logged");
    let empty = [("version", version.as_str()), (keep_box.as_str(), " "), ("not_agreed", "Kept TYPED")];
    priya.post(&different, &empty).await.is(422).says("Write about at least one").says("Kept TYPED");
    assert_eq!(story.state(&path).await, "logged");
    let hers = [("version", version.as_str()), (keep_box.as_str(), "You WAITED ONCE, and hurried later")];
    let disputed = priya.post_and_follow(&different, &hers).await;
    keep("said-disputed", &disputed);
    disputed.says("Each of you remembers it differently").says("As Marcus logged it").says("As you remember it");
    disputed.says("the slow table").says("hurried later").does_not_say("are the right ones");

    // It counts nowhere, and is read by the two alone; nobody can answer it or take it back.
    assert_eq!(story.state(&path).await, "disputed");
    assert!(!story.counts().await);
    marcus.get(&story.list()).await.says("You asked").says("Said, and not settled").says("It counts nowhere");
    marcus.post_and_follow(&format!("{path}/said/take-back"), &[]).await.says("can no longer be taken back");
    marcus.post(&format!("{path}/answer"), &[(&format!("answer-{}", story.pace), "thanks")]).await.is(303);
    assert_eq!(story.state(&path).await, "disputed");
    let hana = story.browser(story.world.hana).await;
    for step in ["", "/said", "/said/different", "/said/correct"] {
        hana.get(&format!("{path}{step}")).await.is(404).does_not_say("WAITED");
    }
    // Only who logged it can take the other's words for the right ones.
    priya.post(&format!("{path}/said/accept"), &[]).await.is(303);
    assert_eq!(story.state(&path).await, "disputed");
    marcus.get(&format!("{path}/said")).await.says("Priya’s words are the right ones");
    let settled = marcus.post_and_follow(&format!("{path}/said/accept"), &[]).await;
    settled.says("hurried later").does_not_say("the slow table").does_not_say("The room was cold");
    marcus.post(&format!("{path}/said/accept"), &[]).await.is(303);
    assert_eq!(story.state(&path).await, "confirmed");
    assert!(story.counts().await);
    marcus.get(&story.list()).await.does_not_say("You asked");
    let seconds: i64 =
        sqlx::query_scalar("select count(*) from second_wordings").fetch_one(&story.app.app.db).await.unwrap();
    assert_eq!((seconds, me.len()), (0, 36));
}

#[tokio::test]
async fn words_that_change_are_not_confirmed_unread() {
    let story = Story::begin().await;
    let priya = story.browser(story.world.priya).await;
    let marcus = story.browser(story.world.marcus).await;
    let path = story.logged(&priya).await;
    let shown = marcus.get(&format!("{path}/said")).await.field("version");
    let other_form = marcus.get(&format!("{path}/said/different")).await.field("version");

    // She corrects it while his page is open.
    story.app.advance(Duration::minutes(1));
    let form = priya.get(&format!("{path}/said/correct")).await;
    assert_eq!(form.field(&format!("keep-{}", story.pace)), "You WAITED for the slow table");
    let id = Uuid::now_v7();
    let worse = but(&story.form(id), "happened_on", "nonsense");
    priya.post(&format!("{path}/said/correct"), &borrowed(&but(&worse, "occasion", "elsewhere"))).await.is(422);
    let better = but(&story.form(id), &format!("keep-{}", story.pace), "You LOOKED at the slow table");
    priya.post_and_follow(&format!("{path}/said/correct"), &borrowed(&better)).await.says("Corrected.").says("LOOKED");

    // What he presses on his old page confirms nothing, and shows the new words; so does his other form.
    let stale = marcus.post(&format!("{path}/said/confirm"), &[("version", &shown)]).await;
    keep("said-stale", &stale);
    stale.is(409).says("Priya changed the words meanwhile").says("LOOKED").does_not_say("WAITED");
    marcus.post(&format!("{path}/said/confirm"), &[]).await.is(409);
    let keep_box = format!("keep-{}", story.pace);
    let typed = [("version", other_form.as_str()), (keep_box.as_str(), "You HURRIED")];
    marcus.post(&format!("{path}/said/different"), &typed).await.is(409).says("changed the words").says("You HURRIED");
    assert_eq!(story.state(&path).await, "logged");

    // Nobody confirms their own log.
    let now = stale.field("version");
    priya.post(&format!("{path}/said/confirm"), &[("version", &now)]).await.is(303);
    priya.post(&format!("{path}/said/different"), &[("version", &now), (&keep_box, "x")]).await.is(303);
    assert_eq!(story.state(&path).await, "logged");

    // Confirming and correcting at once: the words that stand are those that were confirmed.
    let (confirmed, corrected) = tokio::join!(
        async { marcus.post(&format!("{path}/said/confirm"), &[("version", &now)]).await.status.as_u16() },
        async {
            priya.post(&format!("{path}/said/correct"), &borrowed(&story.form(id))).await.is(303);
        }
    );
    assert_eq!(((), confirmed == 303 || confirmed == 409), (corrected, true));
    let stands = marcus.get(&format!("{path}/said")).await;
    if confirmed == 303 {
        assert_eq!(story.state(&path).await, "confirmed");
        marcus.get(&path).await.says("LOOKED");
        priya.post(&format!("{path}/said/take-back"), &[]).await.is(303);
        assert_eq!(story.state(&path).await, "confirmed");
    } else {
        stands.says("WAITED");
    }
    story.app.deliver_mail().await;
}

#[tokio::test]
async fn a_log_is_taken_back_without_trace() {
    let story = Story::begin().await;
    let priya = story.browser(story.world.priya).await;
    let marcus = story.browser(story.world.marcus).await;
    let path = story.logged(&priya).await;
    marcus.post(&format!("{path}/said/take-back"), &[]).await.is(303);
    assert_eq!(story.state(&path).await, "logged", "it is not his to take back");
    priya.post_and_follow(&format!("{path}/said/take-back"), &[]).await.says("Nothing of it is kept");
    for browser in [&priya, &marcus] {
        browser.get(&path).await.is(404);
        browser.get(&format!("{path}/said")).await.is(404);
    }
    story.app.advance(Duration::days(6));
    assert!(story.app.deliver_mail().await.is_empty());
    // What is written has no page of what was said, and the other way round.
    let written = happened::feedback(
        &story.app.app.db,
        &story.world,
        story.world.priya,
        story.world.marcus,
        story.pace,
        "shared",
    )
    .await;
    let written = format!("{}/{written}", story.list());
    for step in ["said", "said/different", "said/correct"] {
        assert!(marcus.get(&format!("{written}/{step}")).await.location.is_some());
    }
    for step in ["said/confirm", "said/accept", "said/take-back", "said/different", "said/correct"] {
        marcus.post(&format!("{written}/{step}"), &[]).await.is(303);
    }
    assert_eq!(story.state(&written).await, "shared");
}

#[tokio::test]
async fn what_was_said_keeps_the_rules_whoever_logs_it() {
    let story = Story::begin().await;
    let priya = story.browser(story.world.priya).await;
    let marcus = story.browser(story.world.marcus).await;
    let said = format!("{}/said", story.list());
    let good = but(&but(&story.form(Uuid::now_v7()), "occasion", "elsewhere"), "happened_on", &day(-7));
    let mut from = but(&good, "from", &story.world.priya.participation.to_string());
    from.retain(|(name, _)| name != "to");
    let her_own = goal_with_elements(&story.app.app.db, &story.world, story.world.priya, &["Hers"]).await.1[0];

    for other in [story.world.priya, story.world.tobias, story.world.nadia] {
        let to = but(&good, "to", &other.participation.to_string());
        priya.post(&said, &borrowed(&to)).await.is(422).says("Choose somebody else in your group");
    }
    let mut nobody = good.clone();
    nobody.retain(|(name, _)| name != "to");
    priya.post(&said, &borrowed(&nobody)).await.is(422).says("Choose somebody else in your group");
    for (browser, form, whose, other) in [(&priya, &good, "Marcus", "Marcus"), (&marcus, &from, "you", "Priya")] {
        let keep_box = format!("keep-{}", story.pace);
        for (form, says) in [
            (but(form, "happened_on", &day(1)), "This day is yet to come".to_owned()),
            (but(form, "happened_on", "2026-01-05"), format!("You and {other} were not both in this group")),
            (but(form, "happened_on", "2026-01-19"), "“Speaking pace” was agreed on 20 January 2026".to_owned()),
            (but(form, "occasion", "trip:nowhere"), "Choose where you saw it".to_owned()),
            (but(form, &keep_box, " "), format!("Write about at least one of the things {whose} agreed to hear about")),
            (but(form, &format!("keep-{her_own}"), "Hers"), format!("Write only about what {whose} agreed")),
            (but(form, &keep_box, &"x".repeat(2001)), "Use at most 2000 characters".to_owned()),
        ] {
            let answer = browser.post(&said, &borrowed(&form)).await;
            answer.is(422).says(&says).says("The room was cold");
        }
    }
    let count: i64 = sqlx::query_scalar("select count(*) from feedback").fetch_one(&story.app.app.db).await.unwrap();
    assert_eq!(count, 0);
    assert!(story.app.deliver_mail().await.is_empty());
    // Another's id is not taken for one's own.
    let path = story.logged(&priya).await;
    let hers = but(&from, "id", path.rsplit('/').next().unwrap());
    marcus.post(&said, &borrowed(&hers)).await.is(404);
    story.app.deliver_mail().await;
}

#[tokio::test]
async fn the_database_holds_what_was_said_to_its_rules() {
    let story = Story::begin().await;
    let db = &story.app.app.db;
    let priya = story.browser(story.world.priya).await;
    let path = story.logged(&priya).await;
    let id = Uuid::parse_str(path.rsplit('/').next().unwrap()).unwrap();
    for (change, rule) in [
        ("logged_by_id = null", "spoken_feedback_says_who_logged_it"),
        ("logged_by_id = gen_random_uuid()", "spoken_feedback_is_logged_by_one_of_the_two"),
        ("giver_id = receiver_id, logged_by_id = receiver_id", "nobody_gives_feedback_to_themselves"),
        ("state = 'shared'", "feedback_is_in_a_state_of_its_mode"),
        ("state = 'draft'", "feedback_is_in_a_state_of_its_mode"),
        ("state = 'whispered'", "feedback_is_in_a_"),
        ("state = 'confirmed'", "confirmed_feedback_has_its_date"),
        ("opened_at = shared_at", "unconfirmed_feedback_has_no_date_of_confirmation"),
        ("shared_at = null", "shared_feedback_has_its_date"),
        ("happened_on = (shared_at at time zone 'UTC')::date + 2", "feedback_is_not_on_a_day_to_come"),
    ] {
        let sql = format!("update feedback set {change} where id = $1");
        let refused = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).execute(db).await;
        let said = refused.expect_err(change).to_string();
        assert!(said.contains(rule), "{change}: {said}");
    }
    // Written feedback is logged by nobody, and nobody has to confirm it.
    let written =
        happened::feedback(db, &story.world, story.world.priya, story.world.marcus, story.opening, "shared").await;
    for state in ["logged", "confirmed", "disputed"] {
        let refused = sqlx::query("update feedback set state = $2, opened_at = null where id = $1")
            .bind(written)
            .bind(state)
            .execute(db)
            .await;
        assert!(refused.unwrap_err().to_string().contains("feedback_"), "{state}");
    }
}
