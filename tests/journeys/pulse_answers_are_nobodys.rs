//! Somebody tries to find out who answered what: from the order and the transactions of rows, which backups keep, and
//! by comparing all that comes out of two programs that differ in nothing but who answered what.
use crate::nothing_leaks;
use crate::pulse_cast::{Cast, answer, cast, close, form, open, open_pulse};
use crate::support::{TestApp, world::day};
use see_also::features::program_reports::{self, Printed};
use sqlx::{AssertSqlSafe, PgConnection};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};
use tracing_subscriber::fmt::MakeWriter;
use uuid::Uuid;

const ROUNDS: usize = 25;

/// Small, repeatable, and by far random enough to put seven people in order.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }
    fn order(&mut self, n: usize) -> Vec<usize> {
        let mut all: Vec<usize> = (0..n).collect();
        for at in (1..n).rev() {
            all.swap(at, self.throw(at + 1));
        }
        all
    }
}

/// The answers in every order that their rows can be put in: what somebody would recommend tells whose it is in the test.
const ANSWERS: [&str; 4] = [
    "select recommend from $answers order by ctid",
    "select recommend from $answers order by xmin::text::bigint, ctid",
    "select recommend from $answers order by id",
    "select recommend from $answers",
];
/// Those who were asked, in every order that anything about them can be put in.
const PEOPLE: [&str; 8] = [
    "select participation_id from $invitations order by ctid",
    "select participation_id from $invitations order by xmin::text::bigint, ctid",
    "select participation_id from $invitations order by id",
    "select participation_id from $invitations",
    "select id from participations where id in (select participation_id from $invitations) order by id",
    "select id from participations where id in (select participation_id from $invitations) order by ctid",
    "select i.participation_id from outbox o join $invitations i on i.id::text = o.payload ->> 'invitation_id'
     where o.kind = 'pulse_opened' order by o.id",
    "select i.participation_id from link_secrets l join $invitations i on i.id = l.object_id order by l.made_at, l.ctid",
];

/// Lays every order of answers beside every order of people, and counts how often it guessed right: by answers and people.
async fn guess(
    db: &mut PgConnection,
    [answers, invitations]: [&str; 2],
    truth: &BTreeMap<Uuid, i32>,
    in_time: &[Uuid],
    hits: &mut BTreeMap<String, usize>,
) {
    let spelled = |sql: &str| AssertSqlSafe(sql.replace("$answers", answers).replace("$invitations", invitations));
    let mut orders: Vec<(&str, Vec<Uuid>)> = vec![("the order in time", in_time.to_vec())];
    for people in PEOPLE {
        let found: Vec<Uuid> = sqlx::query_scalar(spelled(people)).fetch_all(&mut *db).await.unwrap();
        orders.push((people, found));
    }
    for ordered in ANSWERS {
        let said: Vec<i32> = sqlx::query_scalar(spelled(ordered)).fetch_all(&mut *db).await.unwrap();
        assert_eq!(said.len(), truth.len());
        for (people, order) in &orders {
            let right = |backwards: bool| {
                let mut order = order.clone();
                if backwards {
                    order.reverse();
                }
                order.iter().zip(&said).filter(|(who, said)| truth.get(*who) == Some(*said)).count()
            };
            *hits.entry(format!("{ordered} | {people}")).or_default() += right(false);
            *hits.entry(format!("{ordered} | {people} | backwards")).or_default() += right(true);
        }
    }
}

/// How many kinds of order there are, by the column.
async fn transactions(db: &mut PgConnection, table: &str) -> i64 {
    let sql = format!("select count(distinct xmin::text) from {table}");
    sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(db).await.unwrap()
}

async fn forget_the_pulse(app: &TestApp) {
    for sql in
        ["delete from pulse_answers", "delete from pulse_invitations", "delete from pulses", "delete from outbox"]
    {
        sqlx::query(sql).execute(&app.app.db).await.unwrap();
    }
}

/// Expected is one right guess a round, as of any two orders that have nothing to do with each other; and all of them
/// is seven a round. The best of so many orders comes to some more than one.
fn assert_mere_chance(hits: &BTreeMap<String, usize>, when: &str) {
    let worst = hits.iter().max_by_key(|(_, n)| **n).unwrap();
    assert!(*worst.1 < 3 * ROUNDS, "{when}: {} of {} guessed by {}", worst.1, 7 * ROUNDS, worst.0);
    assert!(hits.values().sum::<usize>() < 3 * ROUNDS / 2 * hits.len(), "{when}: {hits:?}");
}

#[tokio::test]
async fn no_order_of_rows_ties_answers_to_people() {
    let app = TestApp::start().await;
    let cast = cast(&app).await;
    let imogen = app.browser_of(cast.world.imogen).await;
    let mut browsers = Vec::new();
    for member in &cast.members {
        browsers.push(app.browser_of(member.person).await);
    }
    let mut dice = Dice(20_260_420);
    let (mut while_open, mut closed, mut plain) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for _ in 0..ROUNDS {
        open(&imogen, &cast.world, "mid", &day(10)).await.is(303);
        app.deliver_mail().await;
        let (who_when, says) = (dice.order(7), dice.order(7));
        let mut db = app.app.db.acquire().await.unwrap();
        plainly_written(&mut db).await;
        let (mut truth, mut in_time) = (BTreeMap::new(), Vec::new());
        for (at, who) in who_when.iter().enumerate() {
            let (said, id) = (says[*who], cast.members[*who].participation.0);
            answer(&browsers[*who], &cast.world, ["4", "4", &said.to_string()], "").await.is(303);
            let said = i32::try_from(said).unwrap();
            // The same, as it would be written without a thought: one row for the answer, and the mark in its place.
            sqlx::query(
                "with m as (update plain_invitations set answered = true where participation_id = $1)
                         insert into plain_answers values (gen_random_uuid(), $2)",
            )
            .bind(id)
            .bind(said)
            .execute(&mut *db)
            .await
            .unwrap();
            truth.insert(id, said);
            in_time.push(id);
            // All answers are of one transaction from the first moment on: a backup made now tells no more.
            assert_eq!(transactions(&mut db, "pulse_answers").await, 1, "after {}", at + 1);
        }
        let tables = ["pulse_answers", "pulse_invitations"];
        guess(&mut db, tables, &truth, &in_time, &mut while_open).await;
        guess(&mut db, ["plain_answers", "plain_invitations"], &truth, &in_time, &mut plain).await;
        close(&imogen, &cast.world, open_pulse(&app.app.db).await).await.is(303);
        guess(&mut db, tables, &truth, &in_time, &mut closed).await;
        for table in tables {
            assert_eq!(transactions(&mut db, table).await, 1, "{table}");
        }
        let marks: i64 = sqlx::query_scalar("select count(*) from pulse_invitations where answered")
            .fetch_one(&mut *db)
            .await
            .unwrap();
        assert_eq!(marks, 0);
        drop(db);
        forget_the_pulse(&app).await;
    }
    assert_mere_chance(&while_open, "while it is open");
    assert_mere_chance(&closed, "after closing");
    // The test can fail: written plainly, the guesses are right each time.
    assert_eq!(plain.values().max(), Some(&(7 * ROUNDS)), "{plain:?}");
    assert!(plain["select recommend from $answers order by ctid | the order in time"] == 7 * ROUNDS);
    let by_marks = plain.iter().filter(|(how, n)| how.contains("$invitations order by ctid") && **n == 7 * ROUNDS);
    assert!(by_marks.count() > 0, "{plain:?}");
}

async fn plainly_written(db: &mut PgConnection) {
    for sql in [
        "drop table if exists pg_temp.plain_answers, pg_temp.plain_invitations",
        "create temp table plain_answers (id uuid, recommend int)",
        "create temp table plain_invitations as select id, participation_id, answered from pulse_invitations",
    ] {
        sqlx::query(sql).execute(&mut *db).await.unwrap();
    }
}

/// Everything that comes out of a program in which these members, by their place, gave these answers.
struct Out {
    while_open: BTreeMap<String, Vec<String>>,
    after: BTreeMap<String, Vec<String>>,
}

/// What a text says without ids, secrets and the order of its words: lines may stand in any order.
fn words_of(text: &str) -> Vec<String> {
    let mut plain = String::with_capacity(text.len());
    let mut run = String::new();
    // Ids and secrets are what is written in hexadecimal digits and hyphens, for long.
    for c in text.chars().chain([' ']) {
        if c.is_ascii_hexdigit() || c == '-' {
            run.push(c);
            continue;
        }
        plain.push_str(if run.len() >= 32 { "#" } else { &run });
        run.clear();
        // Tags are words too, so that what stands between them may change places.
        plain.push(if matches!(c, '<' | '>') { ' ' } else { c });
    }
    let mut words: Vec<String> = plain.split_whitespace().map(str::to_owned).collect();
    words.sort();
    words
}

async fn pages(app: &TestApp, cast: &Cast, who: &[&str], into: &mut BTreeMap<String, Vec<String>>) {
    let addresses = nothing_leaks::addresses(app).await;
    assert!(addresses.len() > 40, "{}", addresses.len());
    let program = cast.world.program.to_string();
    for name in who {
        let browser = if *name == "nobody" {
            app.browser()
        } else {
            let person = sqlx::query_scalar("select id from people where name like $1 || '%'")
                .bind(name)
                .fetch_one(&app.app.db)
                .await
                .unwrap();
            app.browser_of(person).await
        };
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for address in &addresses {
            let page = browser.get(address).await;
            let key = format!("{name} at {}", words_of(&address.replace(&program, "")).join(""));
            found.entry(key).or_default().extend(words_of(&page.html));
        }
        for (key, mut words) in found {
            words.sort();
            into.insert(key, words);
        }
    }
}

async fn emails(app: &TestApp, into: &mut BTreeMap<String, Vec<String>>) {
    for email in app.deliver_mail().await {
        let all = format!("{} {} {}", email.subject, email.text, email.html);
        into.insert(format!("email to {}: {}", email.to.email, email.subject), words_of(&all));
    }
}

async fn tables(app: &TestApp, into: &mut BTreeMap<String, Vec<String>>) {
    let db = &app.app.db;
    let names: Vec<String> = sqlx::query_scalar(
        "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
         and relname <> '_sqlx_migrations'",
    )
    .fetch_all(db)
    .await
    .unwrap();
    for table in names {
        let rows: Vec<String> =
            sqlx::query_scalar(AssertSqlSafe(format!("select t::text from {table} t"))).fetch_all(db).await.unwrap();
        let mut rows: Vec<String> = rows.iter().map(|row| words_of(row).join(" ")).collect();
        rows.sort();
        into.insert(format!("table {table}"), rows);
    }
}

/// What the server wrote into its log on this thread, without times and ids.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Six of seven answer, each by this number of an answer; two by their links, the others signed in.
async fn program(given: [Option<usize>; 7]) -> Out {
    let readers = ["Imogen", "Priya", "Marcus", "Kit", "Nadia", "Ada", "nobody"];
    read_by(&["Imogen", "Teodor", "Ada", "Nadia", "nobody"], &readers, given).await
}

/// The same, read by these while it is open and by those afterwards.
async fn read_by(before: &[&str], afterwards: &[&str], given: [Option<usize>; 7]) -> Out {
    let app = TestApp::start().await;
    let cast = cast(&app).await;
    let (mut while_open, mut after) = (BTreeMap::new(), BTreeMap::new());
    let imogen = app.browser_of(cast.world.imogen).await;
    open(&imogen, &cast.world, "mid", &day(10)).await.is(303);
    let mut asked = BTreeMap::new();
    for email in app.deliver_mail().await {
        asked.insert(email.to.email.clone(), email);
    }
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_writer(log.clone()).with_ansi(false).without_time().finish();
    let listening = tracing::subscriber::set_default(subscriber);
    for (at, nth) in given.iter().enumerate() {
        // Everybody signs in, whether they answer or not.
        let signed_in = app.browser_of(cast.members[at].person).await;
        let Some(nth) = nth else { continue };
        let (scores, line) =
            ([(nth % 5 + 1).to_string(), (5 - nth % 5).to_string(), (nth + 2).to_string()], format!("line{nth}"));
        let scores = [scores[0].as_str(), scores[1].as_str(), scores[2].as_str()];
        // The same way in for everybody: by the link, and then signed in, where it is too late.
        let address: String = sqlx::query_scalar("select email from people where id = $1")
            .bind(cast.members[at].person)
            .fetch_one(&app.app.db)
            .await
            .unwrap();
        let (browser, to) = crate::pulse_cast::by_link(&app, &asked[&address]).await;
        browser.post(&to, &form(scores, &line)).await.is(303);
        answer(&signed_in, &cast.world, ["1", "1", "1"], "again").await.is(303);
    }
    drop(listening);
    let mut lines: Vec<String> = String::from_utf8(log.0.lock().unwrap().clone())
        .unwrap()
        .lines()
        .map(|line| {
            words_of(line).into_iter().filter(|word| !word.starts_with("millis=")).collect::<Vec<_>>().join(" ")
        })
        .collect();
    lines.sort();
    assert!(lines.iter().any(|line| line.contains("/pulse-answers/{invitation_id}")), "{lines:?}");
    while_open.insert("the log".to_owned(), lines);
    pages(&app, &cast, before, &mut while_open).await;
    app.advance(time::Duration::days(9));
    emails(&app, &mut while_open).await;
    app.advance(time::Duration::days(2));
    emails(&app, &mut after).await;
    // By now nobody's own pages tell either, whoever looks over a shoulder or takes a file along.
    pages(&app, &cast, afterwards, &mut after).await;
    let Printed::Done(report) = program_reports::print(&app.app, cast.world.program, None).await.unwrap() else {
        panic!("it has begun")
    };
    after.insert("see-also report".to_owned(), words_of(&report.to_string()));
    tables(&app, &mut after).await;
    assert_ids_stand_nowhere_else(&app).await;
    Out { while_open, after }
}

/// Ids of answers are of version 4, and stand in no other table.
async fn assert_ids_stand_nowhere_else(app: &TestApp) {
    let ids: Vec<Uuid> = sqlx::query_scalar("select id from pulse_answers").fetch_all(&app.app.db).await.unwrap();
    assert!(ids.len() == 6 && ids.iter().all(|id| id.get_version_num() == 4), "{ids:?}");
    let mut everywhere = BTreeMap::new();
    let names: Vec<String> = sqlx::query_scalar(
        "select tablename::text from pg_tables where schemaname = 'public' and tablename <> 'pulse_answers'",
    )
    .fetch_all(&app.app.db)
    .await
    .unwrap();
    for table in names {
        let sql = format!("select coalesce(string_agg(t::text, ' '), '') from {table} t");
        let all: String = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&app.app.db).await.unwrap();
        everywhere.insert(table, all);
    }
    for id in ids {
        let found: Vec<_> = everywhere.iter().filter(|(_, rows)| rows.contains(&id.to_string())).collect();
        assert!(found.is_empty(), "{id} stands in {:?}", found.iter().map(|(table, _)| table).collect::<Vec<_>>());
    }
}

fn assert_same(one: &BTreeMap<String, Vec<String>>, other: &BTreeMap<String, Vec<String>>) {
    let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let differ: Vec<String> = names
        .into_iter()
        .filter(|name| one.get(*name) != other.get(*name))
        .map(|name| {
            let (a, b) = (one.get(name).cloned().unwrap_or_default(), other.get(name).cloned().unwrap_or_default());
            let only = |these: &[String], those: &[String]| {
                these.iter().filter(|word| !those.contains(word)).take(5).cloned().collect::<Vec<_>>()
            };
            format!("{name}: {:?} | {:?}", only(&a, &b), only(&b, &a))
        })
        .collect();
    assert!(differ.is_empty(), "{} differ:\n{}", differ.len(), differ.join("\n"));
}

#[tokio::test]
async fn nothing_that_comes_out_depends_on_who_answered_what() {
    // The same six answers, by other people, and another one who did not answer.
    let one = program([Some(0), Some(1), Some(2), Some(3), Some(4), Some(5), None]).await;
    let other = program([Some(4), Some(3), None, Some(5), Some(0), Some(2), Some(1)]).await;
    assert!(one.after.keys().any(|name| name.starts_with("email to")) && one.after.contains_key("table pulse_answers"));
    assert!(one.while_open.keys().filter(|name| name.starts_with("email to")).count() == 7, "reminded are all");
    let read = |out: &Out, who: &str, page: &str| {
        let key = out.after.keys().find(|key| key.starts_with(who) && key.ends_with(page)).unwrap().clone();
        out.after[&key].join(" ")
    };
    assert!(read(&one, "Imogen", "/pulses").contains("line4") && read(&one, "Priya", "/pulse").contains("line4"));
    assert_same(&one.while_open, &other.while_open);
    assert_same(&one.after, &other.after);
    // The test can fail: one answer that is another shows.
    let third = read_by(&[], &["Imogen"], [Some(0), Some(1), Some(2), Some(3), Some(4), Some(4), None]).await;
    assert_ne!(one.after["see-also report"], third.after["see-also report"]);
    assert_ne!(one.after["table pulse_answers"], third.after["table pulse_answers"]);
    assert_ne!(read(&one, "Imogen", "/pulses"), read(&third, "Imogen", "/pulses"));
}
