//! With a mail server set, emails leave by it: well formed, with one link that works.
use crate::{
    mail_server::MailServer,
    running::{Running, fresh_folder},
};

#[test]
fn a_real_mail_server_receives_an_email_whose_link_works() {
    let mail = MailServer::start();
    let url = format!("smtp://127.0.0.1:{}", mail.port);
    let mut program = Running::start_with(
        fresh_folder(),
        &[("SMTP_URL", &url), ("MAIL_FROM", "See also <see-also@larkspur.example>")],
    );
    let link = program.line_with("/setup/");
    let path = link.strip_prefix(&program.base()).unwrap().to_owned();
    let opened = program.get(&path);
    let setup = cookie(&opened.1, "setup");
    let first = "name=Ada+Brenner&email=ada%40larkspur.example&time_zone=America%2FChicago&password=copper+lantern+seventeen+herons";
    let made = program.post("/setup", &setup, first);
    assert_eq!(made.0, 303, "{}", made.1);
    let session = cookie(&made.1, "session");
    // A line break in a name would end a header; it never gets that far.
    let broken =
        program.post("/admin/people", &session, "name=Imo%0D%0ABcc%3A+x%40y.example&email=imogen%40larkspur.example");
    assert_eq!(broken.0, 422);
    let given = program.post("/admin/people", &session, "name=Imogen+S%C3%B8rby&email=imogen%40larkspur.example");
    assert_eq!(given.0, 303, "{}", given.1);

    let email = mail.next();
    let (head, body) = email.split_once("\r\n\r\n").unwrap();
    for header in
        ["From: ", "To: ", "Subject: You can create", "Message-ID: <", "Date: ", "MIME-Version: 1.0", "Reply-To: "]
    {
        assert!(head.contains(header), "{header}: {head}");
    }
    assert!(head.contains("multipart/alternative"), "{head}");
    assert!(body.contains("text/plain; charset=utf-8") && body.contains("text/html; charset=utf-8"), "{body}");
    assert!(email.lines().all(|line| line.len() <= 998 && line.is_ascii()));
    let text = body.replace("=\r\n", "");
    let at = text.find("/password/").unwrap();
    let secret: String = text[at + "/password/".len()..].chars().take_while(char::is_ascii_hexdigit).collect();
    assert_eq!(program.get(&format!("/password/{secret}")).0, 303);
    assert_eq!(program.get("/mailbox").0, 303, "there is no mailbox to sign in for, and nobody learns that");
}

fn cookie(answer: &str, name: &str) -> String {
    let start = format!("set-cookie: {name}=");
    let line =
        answer.lines().find(|line| line.to_lowercase().starts_with(&start)).unwrap_or_else(|| panic!("{answer}"));
    line["set-cookie: ".len()..].split(';').next().unwrap().to_owned()
}

/// RFC 8058: a mail program shows one button that stops these emails, and needs both headers for it.
#[tokio::test]
async fn an_email_with_a_way_out_says_so_in_its_head() {
    use see_also::{
        base::ids::EmailId,
        mail::{Email, Mailbox, Mailer, Smtp},
    };
    let mail = MailServer::start();
    let url = format!("smtp://127.0.0.1:{}", mail.port);
    let from = Mailbox::new("See also", "see-also@larkspur.example");
    let mailer = Mailer::Smtp(Smtp::new(&url, from, "larkspur.example".to_owned()).unwrap());
    let email = |way_out: Option<&str>| Email {
        to: Mailbox::new("Omar Tennyson", "omar@larkspur.example"),
        on_behalf_of: None,
        subject: "Still waiting".to_owned(),
        text: "Still waiting.".to_owned(),
        html: "<p>Still waiting.</p>".to_owned(),
        unsubscribe: way_out.map(str::to_owned),
        by_day_in: None,
        invitation: None,
        id: EmailId::generate(),
    };
    mailer.send(email(Some("https://peers.example.org/no-reminders/0f"))).await.unwrap();
    mailer.send(email(None)).await.unwrap();
    let (with, without) = tokio::task::spawn_blocking(move || (mail.next(), mail.next())).await.unwrap();
    let (head, _) = with.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("List-Unsubscribe: <https://peers.example.org/no-reminders/0f>\r\n"), "{head}");
    assert!(head.contains("Auto-Submitted: auto-generated\r\n"), "{head}");
    assert!(head.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{head}");
    assert!(!without.contains("List-Unsubscribe"), "{without}");
}
