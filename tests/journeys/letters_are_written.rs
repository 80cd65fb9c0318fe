//! A coordinator writes to many at once, sees first who they are, and afterwards what became of it.
use crate::support::{
    Answer, Browser, TestApp, email_to, link_in,
    world::{self, World},
};
use see_also::{
    mail::Email,
    outbox::{self, Tried},
};
use time::Duration;

const WORDS: &str = "The room on the second floor is ours from May on.\n\nBring your own cup.";

struct Story {
    app: TestApp,
    world: World,
}

impl Story {
    async fn begin() -> Self {
        let app = TestApp::start().await;
        let world = World::build(&app).await;
        app.deliver_mail().await;
        Self { app, world }
    }

    fn path(&self) -> String {
        format!("{}/letters", self.world.program_path())
    }

    async fn run(&self, sql: &'static str) {
        sqlx::query(sql).execute(&self.app.app.db).await.unwrap();
    }

    /// The copies of letters that leave now.
    async fn letters(&self) -> Vec<Email> {
        self.app.deliver_mail().await.into_iter().filter(|email| email.subject == "Where we meet").collect()
    }

    async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.app.app.db).await.unwrap()
    }

    /// Fills in the form and presses "See who gets it".
    async fn look(&self, by: &Browser<'_>, audience: &str, groups: &[&str]) -> Answer {
        let new = format!("{}/new", self.path());
        let id = by.get(&new).await.field("id");
        let mut form = vec![
            ("id", id.as_str()),
            ("audience", audience),
            ("subject", "Where we meet"),
            ("words", WORDS),
            ("do", "look"),
        ];
        form.extend(groups.iter().map(|group| ("groups", *group)));
        by.post(&new, &form).await
    }

    /// Presses "Send to …" on the page that shows it.
    async fn send(&self, by: &Browser<'_>, preview: &Answer) -> Answer {
        by.post(&format!("{}/new", self.path()), &borrowed(&buttons(preview))).await
    }
}

/// What the page that shows a letter sends when it is sent.
fn buttons(preview: &Answer) -> Vec<(&'static str, String)> {
    let mut form: Vec<(&str, String)> = ["id", "audience", "subject", "words", "seen"]
        .into_iter()
        .map(|name| (name, preview.field(name).trim_start_matches('\n').to_owned()))
        .collect();
    if preview.html.contains("name=\"groups\"") {
        form.push(("groups", preview.field("groups")));
    }
    form.push(("do", "send".to_owned()));
    form
}

fn borrowed<'a>(form: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    form.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

fn readers(emails: &[Email]) -> Vec<&str> {
    let mut all: Vec<&str> = emails.iter().map(|email| email.to.email.split('@').next().unwrap()).collect();
    all.sort_unstable();
    all
}

#[tokio::test]
async fn everybody_gets_it_alone_and_answers_go_to_its_writer() {
    let story = Story::begin().await;
    let imogen = story.app.browser_of(story.world.imogen).await;
    imogen.get(&story.path()).await.is(200).says("No letter was sent yet.");
    // On hold, and gone: neither gets it. Ines is invited and has no account.
    let db = &story.app.app.db;
    let ines = world::peer(db, story.world.program, "Ines Vidal", None).await;
    sqlx::query("update people set password_hash = null where id = $1").bind(ines.person).execute(db).await.unwrap();
    for (state, name) in [("on_hold", "Wren%"), ("withdrawn", "Tobias%"), ("invited", "Ines%")] {
        sqlx::query("update participations t set state = $1 from people p where p.id = t.person_id and p.name like $2")
            .bind(state)
            .bind(name)
            .execute(db)
            .await
            .unwrap();
    }
    story
        .run(
            "update participations set paused_from = '2026-04-20', paused_until = '2026-05-20' where state = 'on_hold'",
        )
        .await;
    let preview = story.look(&imogen, "everyone", &[]).await;
    preview
        .is(200)
        .says("Send to 5 people")
        .says("Hana Sørby, Ines Vidal, Marcus Delacroix-Boone, Nadia Brightwater and Priya Whitlock")
        .says("Bring your own cup.")
        .says("Answers go to Imogen Castellane");
    assert!(story.app.deliver_mail().await.is_empty(), "nothing is sent by looking");

    let sent = story.send(&imogen, &preview).await;
    let letter = sent.is(303).location.clone().unwrap();
    imogen.get(&letter).await.is(200).says("On its way to 5 people.").says("5 on the way");
    // Pressed again, from the same page: it was sent once.
    story.send(&imogen, &preview).await.is(303);
    let emails = story.letters().await;
    assert_eq!(readers(&emails), ["hana", "ines", "marcus", "nadia", "priya"]);
    for email in &emails {
        assert_eq!(email.subject, "Where we meet");
        assert_eq!(email.on_behalf_of.as_ref().unwrap().email, "imogen@larkspur.example", "where answers go");
        assert!(email.text.contains(WORDS) && email.html.contains("Bring your own cup."), "{}", email.text);
        for other in ["hana@", "ines@", "marcus@", "nadia@", "priya@"] {
            assert!(email.to.email.starts_with(other) || !email.text.contains(other), "{}", email.text);
        }
    }
    // Who has no account gets in by it.
    let ines = email_to(&emails, "ines@larkspur.example");
    story.app.browser().open(&link_in(ines)).await.is(200).says("Set a password for your account.");

    // Her co-coordinator reads it too; nobody else does.
    let teodor = story.app.browser_of(story.world.teodor).await;
    let list = teodor.get(&story.path()).await;
    list.is(200).says("Where we meet").says("Everyone. To 5 people, by Imogen Castellane");
    teodor.get(&letter).await.is(200).says("5 delivered").says("Bring your own cup.");
    for (person, status) in [(story.world.priya.person, 403), (story.world.site_admin, 404), (story.world.olga, 404)] {
        let browser = story.app.browser_of(person).await;
        for page in [story.path(), letter.clone(), format!("{}/new", story.path())] {
            browser.get(&page).await.is(status).does_not_say("Bring your own cup.");
        }
        browser.post(&format!("{}/new", story.path()), &[]).await.is(status);
    }
    // In what they take along: hers as she wrote it, theirs as they got it.
    let hers = imogen.get("/account/data.json").await.html;
    assert!(hers.contains("letters_written") && hers.contains("Bring your own cup."));
    let priya = story.app.browser_of(story.world.priya.person).await.get("/account/data.json").await.html;
    let priya: serde_json::Value = serde_json::from_str(&priya).unwrap();
    assert_eq!(priya["letters_received"][0]["from"], "Imogen Castellane");
    assert_eq!(priya["letters_written"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn who_gets_it_follows_from_facts_and_is_what_was_seen() {
    let story = Story::begin().await;
    let imogen = story.app.browser_of(story.world.imogen).await;
    // What is missing is asked for, and what was typed stays.
    let new = format!("{}/new", story.path());
    let id = imogen.get(&new).await.field("id");
    let empty =
        [("id", id.as_str()), ("audience", "groups"), ("subject", ""), ("words", "Kept as typed"), ("do", "look")];
    imogen
        .post(&new, &empty)
        .await
        .is(422)
        .says("Choose at least one group")
        .says("Enter what it is about")
        .says("Kept as typed");
    // None of the ways to choose goes by what people say or by who came.
    imogen.get(&new).await.does_not_say("feedback").does_not_say("pulse");
    imogen.post(&new, &[("id", &id), ("audience", "attended"), ("subject", "x"), ("words", "x")]).await.is(422);

    let group = story.world.reading_room.to_string();
    story.look(&imogen, "groups", &[&group]).await.is(200).says("Send to 3 people").says("Reading Room");
    // A group of another program, or of none, is nobody.
    let nothing = uuid::Uuid::now_v7().to_string();
    story.look(&imogen, "groups", &[&nothing]).await.is(422).says("Nobody is there to get it now.");
    story.look(&imogen, "not_joined", &[]).await.is(422).says("Nobody is there to get it now.");
    story.look(&imogen, "unanswered", &[]).await.is(200).says("Send to 1 person").says("Nadia Brightwater");
    story.look(&imogen, "no_date", &[]).await.is(200).says("Send to 5 people");
    story.look(&imogen, "no_log", &[]).await.is(422);
    // Reading Room has a date ahead; Card Catalog one that is over, and no log.
    story
        .run(
            "insert into meetings (program_id, id, group_id, starts_at, ends_at, starts_local, time_zone, mode, state, created_by, created_at)
             select g.program_id, gen_random_uuid(), g.id, d.at, d.at + interval '1 hour', d.at::timestamp, 'UTC', 'online', 'scheduled',
                    (select m.participation_id from memberships m where m.group_id = g.id limit 1), '2026-03-01T12:00Z'
             from groups g join (values ('Reading Room', timestamptz '2026-05-04T12:00Z'), ('Card Catalog', timestamptz '2026-04-13T12:00Z'))
                  d (name, at) on d.name = g.name",
        )
        .await;
    for audience in ["no_date", "no_log"] {
        let preview = story.look(&imogen, audience, &[]).await;
        preview.is(200).says("Send to 2 people").says("Tobias Renwick and Wren Abernathy").does_not_say("Hana");
    }

    // Wren leaves between looking and sending: nothing is sent, and the page asks again.
    let preview = story.look(&imogen, "no_date", &[]).await;
    story.run("update participations t set state = 'withdrawn' from people p where p.id = t.person_id and p.name like 'Wren%'").await;
    let changed = story.send(&imogen, &preview).await;
    changed.is(409).says("Nothing was sent: who gets it has changed.").says("Send to 1 person").does_not_say("Wren");
    assert_eq!(story.count("select count(*) from letters").await, 0);
    // Changing it keeps all that was typed.
    let mut change = buttons(&changed);
    change.pop();
    change.push(("do", "change".to_owned()));
    let form = imogen.post(&new, &borrowed(&change)).await;
    assert_eq!((form.is(200).field("subject"), form.field("id")), ("Where we meet".to_owned(), changed.field("id")));
    form.says("Bring your own cup.");

    // Sent from two windows at once: once.
    let (one, other) = tokio::join!(story.send(&imogen, &changed), story.send(&imogen, &changed));
    one.is(303);
    other.is(303);
    assert_eq!(story.count("select count(*) from letters").await, 1);
    assert_eq!(story.count("select count(*) from outbox where kind = 'coordinators_letter'").await, 1);
    // Tobias is on hold before it leaves: he gets none, and that is told.
    story.run("update participations t set state = 'on_hold', paused_from = '2026-04-20', paused_until = '2026-05-20' from people p where p.id = t.person_id and p.name like 'Tobias%'").await;
    assert!(story.letters().await.is_empty());
    imogen.get(&one.location.unwrap()).await.says("1 not sent, because their part had ended or was on hold");
}

#[tokio::test]
async fn what_does_not_arrive_is_told_and_there_is_an_end_to_sending() {
    let story = Story::begin().await;
    let imogen = story.app.browser_of(story.world.imogen).await;
    let preview = story.look(&imogen, "unanswered", &[]).await;
    let letter = story.send(&imogen, &preview).await.location.unwrap();
    let (now, mut db) = (story.app.app.clock.now(), story.app.app.db.acquire().await.unwrap());
    let leased = outbox::lease(&mut db, now).await.unwrap().unwrap();
    outbox::settle(&mut db, &leased, Tried::Refused("550 no such user".to_owned()), now).await.unwrap();
    imogen.get(&letter).await.says("1 not delivered").says("Not reached Nadia Brightwater");
    // So many a day, whoever holds the sign-in; what was typed is not lost.
    for _ in 0..19 {
        let preview = story.look(&imogen, "unanswered", &[]).await;
        story.send(&imogen, &preview).await.is(303);
    }
    let preview = story.look(&imogen, "unanswered", &[]).await;
    story.send(&imogen, &preview).await.is(422).says("You have sent twenty letters today.").says("Bring your own cup.");
    assert_eq!(story.count("select count(*) from letters").await, 20);
    imogen.get(&story.path()).await.is(200).does_not_say("Older letters");
    story.app.advance(Duration::days(1));
    let preview = story.look(&imogen, "unanswered", &[]).await;
    story.send(&imogen, &preview).await.is(303);
    let list = imogen.get(&story.path()).await;
    imogen.get(&list.link("Older letters")).await.is(200).says("The newest");

    story.run("update outbox set last_error = null").await;
    // Its writer is erased: what waits is not sent, and her words are gone.
    imogen.post("/account/erase", &[("email", "imogen@larkspur.example")]).await.is(303);
    assert!(story.letters().await.is_empty());
    let teodor = story.app.browser_of(story.world.teodor).await;
    teodor.get(&letter).await.is(200).says("A letter whose words are gone").does_not_say("Bring your own cup.");
    // And once the program has ended nothing is written any more.
    story.run("update programs set state = 'archived'").await;
    teodor.get(&format!("{}/new", story.path())).await.is(200).says("This one does not.");
}
