//! Emails by SMTP, over TLS where the address asks for it, from a small pool of connections.
use super::{Email, MailError, Mailbox, calendar::Invitation};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Attachment, Mailbox as Addressed, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::PoolConfig,
};
use std::time::Duration;

/// An SMTP server and the address we send from.
#[derive(Clone, Debug)]
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    host: String,
}

impl Smtp {
    /// From a URL (`smtps://user:password@mail.example`, `smtp://localhost:1025`) and a sender.
    ///
    /// # Errors
    /// With plain words when the URL or the sender cannot be used.
    pub fn new(url: &str, from: Mailbox, host: String) -> Result<Self, MailError> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|error| MailError::Later(error.to_string()))?
            .timeout(Some(Duration::from_secs(20)))
            .pool_config(PoolConfig::new().max_size(4))
            .build();
        addressed(&from)?;
        Ok(Self { transport, from, host })
    }

    /// Whether the server answers.
    ///
    /// # Errors
    /// With the server's words.
    pub async fn check(&self) -> Result<bool, MailError> {
        self.transport.test_connection().await.map_err(|error| MailError::Later(error.to_string()))
    }

    pub(super) async fn send(&self, email: Email) -> Result<(), MailError> {
        let message = self.message(&email)?;
        self.transport.send(message).await.map(drop).map_err(|error| why(&error))
    }

    fn message(&self, email: &Email) -> Result<Message, MailError> {
        let mut from = self.from.clone();
        if let Some(behalf) = &email.on_behalf_of {
            from.name = format!("{}, for {}", from.name, behalf.name);
        }
        let mut message = Message::builder()
            .from(addressed(&from)?)
            .to(addressed(&email.to)?)
            .subject(one_line(&email.subject))
            .message_id(Some(format!("<{}@{}>", email.id, self.host)));
        if let Some(behalf) = &email.on_behalf_of {
            message = message.reply_to(addressed(behalf)?);
        }
        // So that out-of-office replies stay away (RFC 3834).
        message = message.raw_header(raw("Auto-Submitted", "auto-generated")?);
        if let Some(way_out) = &email.unsubscribe {
            message = message
                .raw_header(raw("List-Unsubscribe", &format!("<{way_out}>"))?)
                .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")?);
        }
        let words = MultiPart::alternative()
            .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(email.text.clone()))
            .singlepart(SinglePart::builder().header(ContentType::TEXT_HTML).body(email.html.clone()));
        let parts = match &email.invitation {
            None => words,
            Some(invitation) => self.with_calendar(words, invitation, &email.to)?,
        };
        message.multipart(parts).map_err(|error| MailError::Later(error.to_string()))
    }

    /// The words and the calendar object: as one of the alternatives, where calendars look for it, and as a
    /// file, for mail programs that show no other.
    fn with_calendar(&self, words: MultiPart, invitation: &Invitation, to: &Mailbox) -> Result<MultiPart, MailError> {
        let text = invitation.text(&self.from, to);
        let kind = format!("text/calendar; method={}; charset=utf-8", invitation.method.as_str());
        let kind = ContentType::parse(&kind).map_err(|error| MailError::Later(error.to_string()))?;
        let file = Attachment::new("invitation.ics".to_owned()).body(text.clone(), kind.clone());
        let words = words.singlepart(SinglePart::builder().header(kind).body(text));
        Ok(MultiPart::mixed().multipart(words).singlepart(file))
    }
}

fn raw(name: &str, value: &str) -> Result<HeaderValue, MailError> {
    let name = HeaderName::new_from_ascii(name.to_owned()).map_err(|error| MailError::Later(error.to_string()))?;
    Ok(HeaderValue::new(name, one_line(value)))
}

/// Only what a server says of a mailbox is final: its other 5xx words (a password, a policy) are
/// for whoever runs this installation to put right, and the email can leave after that.
fn why(error: &lettre::transport::smtp::Error) -> MailError {
    let code = error.status().map(u16::from);
    if error.is_permanent() && code.is_some_and(|code| MAILBOX_REFUSED.contains(&code)) {
        MailError::Refused(error.to_string())
    } else {
        MailError::Later(error.to_string())
    }
}

/// No such mailbox, not here, not a name, a domain that takes no mail.
const MAILBOX_REFUSED: [u16; 4] = [550, 551, 553, 556];

/// Line breaks in a header would end it (and make the mail library panic).
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn addressed(mailbox: &Mailbox) -> Result<Addressed, MailError> {
    let address = mailbox.email.parse().map_err(|error| MailError::Refused(format!("{}: {error}", mailbox.email)))?;
    Ok(Addressed::new(Some(one_line(&mailbox.name)), address))
}
