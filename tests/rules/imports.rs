//! Lists: from bytes to lines, what a line does, and cells that are no formulas.
use see_also::base::ids::ParticipationId;
use see_also::features::imports::{Counts, Effect, Entered, Known, Line, MOST_LINES, done_words, effect, read};
use see_also::web::csv_file::guarded;
use std::collections::HashMap;

fn lines(list: &str) -> Vec<Line> {
    let read = read(list.as_bytes(), &[]).unwrap();
    assert_eq!(read.refused.rows, [], "{list}");
    read.lines
}

fn refusals(list: &str) -> Vec<String> {
    read(list.as_bytes(), &[]).unwrap().refused.rows.iter().map(see_also::features::imports::Refusal::message).collect()
}

#[test]
fn spreadsheets_and_typed_lists_are_read_alike() {
    let comma = lines("Dana Reyes, dana@a.example, Omar Lind, omar@a.example\nHana, hana@a.example");
    let semicolon = lines("Dana Reyes;dana@a.example;Omar Lind;omar@a.example\r\nHana;hana@a.example;;");
    let tabs = lines("Dana Reyes\tdana@a.example\tOmar Lind\tomar@a.example\nHana\thana@a.example\t\t\n");
    let old_mac = lines("Dana Reyes;dana@a.example;Omar Lind;omar@a.example\rHana;hana@a.example\r");
    assert_eq!(comma, semicolon);
    assert_eq!(comma, tabs);
    assert_eq!(comma, old_mac);
    assert_eq!(comma[0].entered.supervisor_name.as_deref(), Some("Omar Lind"));
    assert_eq!(comma[1].entered.supervisor_name, None);
    assert_eq!(lines("\"Reyes, Dana\", dana@a.example")[0].entered.name, "Reyes, Dana");
    assert_eq!(lines("\"Reyes;\r\nDana\";dana@a.example")[0].entered.name, "Reyes; Dana");
}

#[test]
fn columns_are_found_by_their_headings_in_any_order() {
    let list = read(
        "\u{feff}Supervisor E-Mail;Shoe size;Full Name;TIME ZONE;e-mail;Job title;Dept.;Site;Supervisor’s name;Email\n\
         omar@a.example;43;Dana Reyes;Europe/Paris;dana@a.example;Librarian;Maps;East;Omar Lind;other@a.example\n"
            .as_bytes(),
        &[],
    )
    .unwrap();
    assert_eq!(list.ignored, ["Shoe size", "Email"]);
    let line = &list.lines[0];
    assert_eq!((line.line, line.email.as_str()), (2, "dana@a.example"));
    let text = |value: &str| Some(value.to_owned());
    assert_eq!(
        line.entered,
        Entered {
            name: "Dana Reyes".to_owned(),
            title: text("Librarian"),
            department: text("Maps"),
            site: text("East"),
            time_zone: text("Europe/Paris"),
            supervisor_name: text("Omar Lind"),
            supervisor_email: text("omar@a.example"),
        }
    );
}

#[test]
fn letters_of_every_encoding_arrive_whole() {
    let latin = read(b"Name;Email\nHana S\xf8rby \x96 M\xfcller;hana@a.example", &[]).unwrap();
    assert_eq!(latin.lines[0].entered.name, "Hana Sørby – Müller");
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain("Žofie\tzofie@a.example".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(read(&wide, &[]).unwrap().lines[0].entered.name, "Žofie");
}

#[test]
fn each_refusal_says_where_what_and_what_to_do() {
    assert_eq!(refusals("A, a@a.example\nB, foo"), ["Line 2, email: “foo” is no email address. Correct it"]);
    assert_eq!(refusals("A"), ["Line 1, email: it is missing. Write it"]);
    assert_eq!(refusals(", a@a.example"), ["Line 1, name: it is missing. Write it"]);
    assert_eq!(refusals("A, a@a.example,, s@a.example"), ["Line 1, supervisor’s name: it is missing. Write it"]);
    assert_eq!(refusals("A, a@a.example, S"), ["Line 1, supervisor’s email: it is missing. Write it"]);
    assert!(refusals("A, a@a.example, A, A@A.example")[0].contains("A cannot be their own supervisor"));
    assert_eq!(
        refusals("A, a@a.example\n\n\nB, A@a.example"),
        ["Line 4, email: “A@a.example” stands in line 1 already. Keep one of the two"]
    );
    assert!(refusals("Reyes, Dana, dana@a.example, S, s@a.example")[0].contains("more than 4 cells"));
    assert!(refusals(&format!("{}, a@a.example", "x".repeat(121)))[0].contains("more than 120 characters"));
    let limited = read(b"A, a@a.example, S, s@b.example\nB, b@b.example, S, S@C.example", &["c.example".to_owned()]);
    let limited = limited.unwrap();
    assert_eq!((limited.lines.len(), limited.refused.rows.len()), (1, 1));
    assert!(limited.refused.rows[0].message().contains("supervisors at c.example only"));
    assert!(refusals("A\0, a@a.example")[0].contains("cannot be seen"));
    assert!(refusals("name,email,time zone\nA,a@a.example,Mars/Base")[0].contains("“Mars/Base” is no time zone"));
    assert!(read(b"name, email", &[]).unwrap_err().contains("at least one line"));
    assert!(read(b" \n\r\n", &[]).unwrap_err().contains("at least one line"));
    let many = |n: usize| (0..n).map(|i| format!("P, p{i}@a.example\n")).collect::<Vec<_>>().concat();
    assert_eq!(lines(&many(MOST_LINES)).len(), MOST_LINES);
    assert!(read(many(MOST_LINES + 1).as_bytes(), &[]).unwrap_err().contains("at most 5000"));
}

#[test]
fn a_line_is_compared_with_what_was_entered_before() {
    let line = lines("name,email,site\nDana,Dana@a.example,East").remove(0);
    let id = ParticipationId::generate();
    let before = |site: Option<&str>, title: &str| Entered {
        name: "Dana".to_owned(),
        site: site.map(str::to_owned),
        title: Some(title.to_owned()),
        ..Entered::default()
    };
    let known = |what| HashMap::from([("dana@a.example".to_owned(), what)]);
    assert_eq!(effect(&line, &HashMap::new()), Effect::New);
    assert_eq!(effect(&line, &known(Known::Here)), Effect::Unchanged);
    // What this list does not say stays as it was entered.
    assert_eq!(effect(&line, &known(Known::Entered(id, before(Some("East"), "Librarian")))), Effect::Unchanged);
    let changed = effect(&line, &known(Known::Entered(id, before(None, "Librarian"))));
    let Effect::Changed { after, .. } = changed else { panic!("{changed:?}") };
    assert_eq!(*after, before(Some("East"), "Librarian"));
}

#[test]
fn what_was_done_is_said_in_words() {
    let said = |new, changed, unchanged| done_words(Counts { new, changed, unchanged });
    assert_eq!(said(2, 0, 1), "Two people added. One person was here already and stays as before.");
    assert_eq!(said(1, 3, 0), "One person added, three changed.");
    assert_eq!(
        said(0, 0, 2),
        "Nobody was added and nothing was changed. Two people were here already and stay as before."
    );
}

#[test]
fn no_cell_is_taken_for_a_formula() {
    for (cell, shown) in [
        ("=1+1", "'=1+1"),
        ("+44", "'+44"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("Dana = Reyes", "Dana = Reyes"),
        ("", ""),
    ] {
        assert_eq!(guarded(cell), shown);
    }
}
