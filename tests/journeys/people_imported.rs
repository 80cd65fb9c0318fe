//! A coordinator sends lists of people: what each would do is shown, done once, and undone.
use crate::support::{Browser, TestApp, email_to, link_in, world::World};
use std::time::Instant;

fn add(world: &World) -> String {
    format!("{}/people/add", world.program_path())
}

async fn count(app: &TestApp, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&app.app.db).await.unwrap()
}

async fn parts(app: &TestApp) -> i64 {
    count(app, "select count(*) from participations").await
}

/// Site, title and supervisor of somebody's part, and their name and zone.
async fn stored(app: &TestApp, email: &str) -> [String; 5] {
    let row: (String, String, String, String, String) = sqlx::query_as(
        "select p.name, p.time_zone, t.site, t.title, t.supervisor_name
         from participations t join people p on p.id = t.person_id where p.email_folded = $1",
    )
    .bind(email)
    .fetch_one(&app.app.db)
    .await
    .unwrap();
    row.into()
}

async fn preview(browser: &Browser<'_>, world: &World, file: &[u8]) -> String {
    browser.post_file(&add(world), "file", file).await.is(303).location.clone().unwrap()
}

const FILE: &[u8] = b"E-mail;Full name;Shoe size;Site;Job title;Time zone;Supervisor;Supervisor email\r\n\
    dana@larkspur.example;\"Dana\r\nReyes\";43;=East;Librarian;Europe/Paris;Omar Lind;omar@larkspur.example\r\n\
    soren@larkspur.example;S\xf8ren;;West;;;;\r\n\
    \r\n\
    foo;Foo;=2+2;;;;;\r\n\
    DANA@larkspur.example;Dana Two;;;;;;\r\n\
    eve@larkspur.example;Eve;;;;;Eve;Eve@larkspur.example\r\n\
    priya@larkspur.example;Priya;;;;;;\r\n";

#[tokio::test]
async fn a_file_is_previewed_confirmed_once_and_undone() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let before = parts(&app).await;
    let here = preview(&imogen, &world, FILE).await;
    let page = imogen.get(&here).await;
    page.is(200)
        .says("These columns are not read: Shoe size.")
        .says("Line 6, email: “foo” is no email address. Correct it")
        .says("Line 7, email: “DANA@larkspur.example” stands in line 2 already")
        .says("Line 8, supervisor’s email: Eve cannot be their own supervisor")
        .says("Add two people");
    assert_eq!(parts(&app).await, before, "a preview writes nobody");
    assert!(app.deliver_mail().await.is_empty());
    let refused = imogen.get(&format!("{here}/refused.csv")).await;
    refused.is(200);
    assert!(refused.html.starts_with('\u{feff}') && refused.html.contains("What to do"), "{}", refused.html);
    assert!(
        refused.html.contains("foo,Foo,'=2+2,") && refused.html.contains("is no email address"),
        "{}",
        refused.html
    );
    assert_eq!(refused.headers["content-disposition"], "attachment; filename=\"refused-lines.csv\"");

    let done = imogen.post_and_follow(&here, &[]).await;
    done.says("Two people added. One person was here already and stays as before.").says("Undo this list");
    imogen.post_and_follow(&here, &[]).await.says("Two people added.");
    assert_eq!(parts(&app).await, before + 2);
    let dana = stored(&app, "dana@larkspur.example").await;
    assert_eq!(dana, ["Dana Reyes", "Europe/Paris", "=East", "Librarian", "Omar Lind"]);
    let soren = stored(&app, "soren@larkspur.example").await;
    assert_eq!(soren, ["Søren", "America/Chicago", "West", "", ""]);
    let sent = app.deliver_mail().await;
    assert_eq!(sent.len(), 2);
    assert!(link_in(email_to(&sent, "dana@larkspur.example")).starts_with("/password/"));

    // The same file again changes nothing.
    let again = preview(&imogen, &world, FILE).await;
    imogen.get(&again).await.says("There is nothing to do");
    imogen.post_and_follow(&again, &[]).await.says("Nobody was added and nothing was changed.");
    assert!(app.deliver_mail().await.is_empty());

    let another = imogen.import(&add(&world), "Name,Email\nKai,kai@larkspur.example").await;
    another.says("One person added.");
    let invitation = link_in(email_to(&app.deliver_mail().await, "kai@larkspur.example"));
    app.browser().open(&invitation).await.is(200);
    let gone = imogen.post_and_follow(&another.link("Undo this list"), &[]).await;
    gone.says("Everything is as it was before this list.");
    assert!(app.deliver_mail().await.is_empty(), "nobody is invited by a list that is undone");
    app.browser().open(&invitation).await.is(404).says("This link does not work any more");
    assert_eq!(parts(&app).await, before + 2);
    let twice = imogen.post_and_follow(&another.link("Undo this list"), &[]).await;
    twice.says("The list is undone").says("Undone One person added.").does_not_say("New");
}

#[tokio::test]
async fn what_was_changed_is_put_back() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let before = parts(&app).await;
    imogen.import(&add(&world), "name,email,site\nDana,dana@larkspur.example,East").await.says("One person added.");
    let second = imogen
        .import(&add(&world), "name,email,site,title\nDana R,dana@larkspur.example,,Dean\nKai,kai@b.example")
        .await;
    second.says("One person added, one changed.");
    assert_eq!(stored(&app, "dana@larkspur.example").await, ["Dana R", "America/Chicago", "East", "Dean", ""]);
    let undo = second.link("Undo this list");
    imogen.get(&undo).await.says("One person is taken off").says("One person is put back to what was entered before.");
    imogen.post_and_follow(&undo, &[]).await.says("Everything is as it was before this list.");
    assert_eq!(stored(&app, "dana@larkspur.example").await, ["Dana", "America/Chicago", "East", "", ""]);
    assert_eq!(parts(&app).await, before + 1);
    let left = count(
        &app,
        "select count(*) from person_programs n join people p on p.id = n.person_id where p.email = 'kai@b.example'",
    );
    assert_eq!(left.await, 0);
}

#[tokio::test]
async fn a_list_is_not_undone_once_somebody_in_it_has_acted() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let done = imogen.import(&add(&world), "Dana,dana@larkspur.example\nKai,kai@larkspur.example").await;
    let before = parts(&app).await;
    sqlx::query("update people set password_hash = 'set' where email_folded = 'dana@larkspur.example'")
        .execute(&app.app.db)
        .await
        .unwrap();
    imogen
        .post_and_follow(&done.link("Undo this list"), &[])
        .await
        .says("Nothing was undone. The reason stands below.")
        .says("This list can no longer be undone: somebody on it has acted since.")
        .does_not_say("Undo this list");
    assert_eq!(parts(&app).await, before);
    let here = done.link("Undo this list").replace("/undo", "");
    imogen.get(&here).await.says("somebody on it has acted since").does_not_say("Dana");
}

#[tokio::test]
async fn an_earlier_list_is_undone_unless_a_later_one_changed_the_same_people() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let before = parts(&app).await;
    let list = async |lines: &str| {
        let at = imogen.post(&add(&world), &[("lines", lines)]).await.location.unwrap();
        imogen.post_and_follow(&at, &[]).await;
        at
    };
    let first = list("name,email,site\nDana,dana@larkspur.example,East\nKai,kai@larkspur.example,East").await;
    let apart = list("Lin,lin@larkspur.example").await;
    let later = list("name,email,site\nKai,kai@larkspur.example,West").await;
    let page = imogen.get(&first).await;
    page.says("a later list changed somebody who is on this one").does_not_say("Undo this list");
    assert!(page.link("the list of").ends_with(&later));
    imogen.post_and_follow(&format!("{first}/undo"), &[]).await.says("Nothing was undone.").says("Undo that one first");
    assert_eq!(parts(&app).await, before + 3);
    // Another list in between has nobody in common with the last.
    imogen.post_and_follow(&format!("{apart}/undo"), &[]).await.says("Everything is as it was before this list.");
    imogen.post_and_follow(&format!("{later}/undo"), &[]).await.says("Everything is as it was before this list.");
    assert_eq!(stored(&app, "kai@larkspur.example").await[2], "East");
    // Pressed twice at once: it is undone once.
    let undo = format!("{first}/undo");
    let (one, other) = tokio::join!(imogen.post(&undo, &[]), imogen.post(&undo, &[]));
    one.is(303);
    other.is(303);
    imogen.get(&first).await.says("The list is undone");
    assert_eq!(parts(&app).await, before);
}

#[tokio::test]
async fn a_list_that_cannot_be_read_says_what_is_missing() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let list = "Name;Contact\nDana;dana@larkspur.example";
    let refused = imogen.post(&add(&world), &[("lines", list)]).await;
    refused.is(422).says("No column with email addresses was found; the first line reads: Name, Contact; expected one");
    assert_eq!(refused.field("lines").replace('\r', ""), list);
    imogen
        .post(&add(&world), &[("lines", "Dana,dana@larkspur.example\n\"Kai,kai@larkspur.example\nLin,lin@b.example")])
        .await
        .is(422)
        .says("The quote opened on line 2 is never closed");
}

#[tokio::test]
async fn a_person_with_an_account_is_never_changed_and_never_betrayed() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    // Olga has an account, Nobody has none: the preview says the same of both.
    let said = async |email: &str| {
        let list = format!("name,email,site,time zone\nSome Name,{email},East,Europe/Paris");
        let at = imogen.post(&add(&world), &[("lines", &list)]).await.location.unwrap();
        (at.clone(), imogen.get(&at).await.text().replace(&at, ""))
    };
    let (olga, with_account) = said("olga@larkspur.example").await;
    let (_, without) = said("nobody@larkspur.example").await;
    assert_eq!(with_account, without);
    imogen.post_and_follow(&olga, &[]).await.says("One person added.");
    let kept = stored(&app, "olga@larkspur.example").await;
    assert_eq!(kept[..2], ["Olga Stranger", "America/Chicago"]);
    let changed = imogen.import(&add(&world), "name,email,site\nOther Name,olga@larkspur.example,West").await;
    changed.says("One person changed.");
    assert_eq!(stored(&app, "olga@larkspur.example").await, kept);
    let undone = imogen.post_and_follow(&changed.link("Undo this list"), &[]).await;
    undone.says("Everything is as it was before this list.");
    assert_eq!(stored(&app, "olga@larkspur.example").await, kept);
}

#[tokio::test]
async fn a_program_that_changed_since_the_preview_is_counted_again() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let here = preview(&imogen, &world, b"Dana,dana@larkspur.example\nKai,kai@larkspur.example").await;
    imogen.import(&add(&world), "Dana,dana@larkspur.example").await.says("One person added.");
    imogen
        .post_and_follow(&here, &[])
        .await
        .says("One person added. One person was here already")
        .says("This is not what you saw before");
}

#[tokio::test]
async fn nothing_that_is_sent_breaks_the_reading() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let before = parts(&app).await;
    let long = "x".repeat(200_000);
    let nasty: Vec<Vec<u8>> = [
        "",
        "\0",
        "\u{feff}",
        "\"",
        "\"\"\"",
        "a,\"b",
        "name",
        "email",
        "name,email",
        "name,email\n\0,\0@\0",
        ",,,,,,,",
        ";;;\n;;;",
        "\t\t",
        "\r\r\r",
        "\n\n",
        "name,email\n\"a\nb\nc,d",
        "email,email,email\na@b.cd,c@d.ef,g@h.ij",
        "=cmd|' /C calc'!A0,x",
        "<script>,<b>@x",
        "' or 1=1;--,a",
        "\u{202e}abc,\u{202e}@b.cd",
        "😀,😀@😀",
        "a@b,c@d,e@f,g@h,i@j",
        "name;email\na,b@c.de",
        "Name,Email,\u{1}\u{2}\nA,b",
        "{},{}",
        "[],null",
        "-1,NaN",
        "%00,%0d%0a",
        "../../etc/passwd,x",
        "a\u{0}b,c@d.ef",
        "name,email,time zone\nA,a@b,../../x",
        "name,email,time zone\nA,a@b.cd,\0",
        "a,b@c.de,d\0,e@f.gh",
        "\u{85},\u{2028}",
    ]
    .iter()
    .map(|text| text.as_bytes().to_vec())
    .chain([
        vec![0xff, 0xfe],
        vec![0xfe, 0xff, 0xd8, 0x00],
        vec![0xef, 0xbb],
        (0..=255).collect(),
        long.into_bytes(),
        vec![b'"'; 3_000],
        vec![b','; 20_000],
    ])
    .collect();
    assert!(nasty.len() >= 40);
    for bytes in &nasty {
        let answer = imogen.post_file(&add(&world), "file", bytes).await;
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
        assert!(matches!(answer.status.as_u16(), 303 | 422), "{}: {shown:?}", answer.status);
        if let Some(at) = answer.location {
            imogen.get(&at).await.is(200);
            imogen.get(&format!("{at}/refused.csv")).await.is(200);
        }
    }
    imogen.post(&add(&world), &[("lines", "a\0,b")]).await.is(303);
    imogen.post(&add(&world), &[("lines", " \n ")]).await.is(422).says("Paste at least one line");
    assert_eq!(parts(&app).await, before);
    // Up to 5 MB here, 256 KB everywhere else; more gets a page.
    let large = vec![b'x'; 5 * 1024 * 1024 + 1];
    imogen.post_file(&add(&world), "file", &large).await.is(413).says("That is more than we can take");
    imogen.post_file(&add(&world), "file", &large[..3_000_000]).await.is(303);
    let elsewhere = format!("{}/settings/what", world.program_path());
    imogen.post_file(&elsewhere, "file", &large[..300_000]).await.is(413);
}

#[tokio::test]
async fn the_list_of_people_is_saved_as_a_file() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    imogen.import(&add(&world), "=HYPERLINK(1),dana@larkspur.example,-Omar,omar@larkspur.example").await.is(200);
    let file = imogen.get(&format!("{}/people.csv", world.program_path())).await;
    file.is(200);
    assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
    assert_eq!(file.headers["content-disposition"], "attachment; filename=\"peer-mentoring-spring-2026-people.csv\"");
    assert!(file.html.starts_with("\u{feff}Name,Email,Title,Department,Site,State,"), "{}", file.html);
    assert!(file.html.contains("'=HYPERLINK(1),dana@larkspur.example,,,,invited,"), "{}", file.html);
    assert!(file.html.contains(",'-Omar,"), "{}", file.html);
    assert!(file.html.contains("Hana Sørby,hana@larkspur.example,,,,joined,2025-12-03,2025-12-04,Beatrix Lindqvist,\"Yes, 6 Dec\",Reading Room\r\n"), "{}", file.html);
}

#[tokio::test]
async fn the_groups_are_saved_as_a_file() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let file = app.browser_of(world.imogen).await.get(&format!("{}/groups.csv", world.program_path())).await;
    assert!(
        file.is(200).html.starts_with("\u{feff}Group,Focus,Name,Email,In it since\r\nCard Catalog,"),
        "{}",
        file.html
    );
    let hana = "Reading Room,One-shot instruction,Hana Sørby,hana@larkspur.example,2026-01-12\r\n";
    assert!(file.html.contains(hana), "{}", file.html);
}

/// Read by eye: `--nocapture` prints how long a list of 5,000 lines takes.
#[tokio::test(flavor = "multi_thread")]
async fn five_thousand_lines_show_that_they_are_worked_on() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let line = |n| format!("Person {n},person{n}@larkspur.example,East,Librarian,Maps,Omar Lind,omar@larkspur.example");
    let header = "name,email,site,title,department,supervisor,supervisor email".to_owned();
    let list: Vec<String> = std::iter::once(header).chain((0..5_000).map(line)).collect();
    let list = list.join("\n");
    let started = Instant::now();
    let here = preview(&imogen, &world, list.as_bytes()).await;
    let read = started.elapsed();
    imogen.get(&here).await.says("Add 5000 people");
    let started = Instant::now();
    imogen.post(&here, &[]).await.is(303);
    let answered = started.elapsed();
    let mut page = imogen.get(&here).await;
    while page.text().contains("This page looks again every second") {
        assert!(page.html.contains("http-equiv=\"refresh\""));
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        page = imogen.get(&here).await;
    }
    page.says("5000 people added.");
    println!("5,000 lines: preview {read:?}, answered after {answered:?}, done after {:?}", started.elapsed());
    assert_eq!(count(&app, "select count(*) from outbox").await, 5_000);
    let started = Instant::now();
    imogen.post(&format!("{here}/undo"), &[]).await.is(303);
    let answered = started.elapsed();
    let mut page = imogen.get(&here).await;
    while page.text().contains("This page looks again every second") {
        page.says("Undoing the list");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        page = imogen.get(&here).await;
    }
    page.says("The list is undone");
    println!("undone: answered after {answered:?}, done after {:?}", started.elapsed());
}

#[tokio::test]
async fn who_has_left_is_not_invited_again_and_the_preview_says_so() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    imogen.import(&add(&world), "Dana Reyes, dana@larkspur.example").await.is(200);
    app.deliver_mail().await;
    let again = b"Email,Name,Site\ndana@larkspur.example,Dana Reyes,East\n";
    let list = preview(&imogen, &world, again).await;
    imogen.get(&list).await.does_not_say("has left");
    sqlx::query(
        "update participations set state = 'withdrawn', ended_on = '2026-04-20'
         where person_id in (select id from people where email_folded = 'dana@larkspur.example')",
    )
    .execute(&app.app.db)
    .await
    .unwrap();
    imogen.get(&list).await.says("One person on this list has left this program").says("not invited again");
    imogen.post(&list, &[]).await.is(303);
    assert!(app.deliver_mail().await.iter().all(|email| email.to.email != "dana@larkspur.example"));
}
