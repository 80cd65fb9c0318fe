//! Emails kept as files, for trying the whole product on one machine.
use super::{Email, Mailbox};
use serde::{Deserialize, Serialize};
use std::{fs, io, path::PathBuf};

/// One folder, one JSON file an email; the file names sort by time.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

/// An email as it was kept.
#[derive(Debug, Serialize, Deserialize)]
pub struct Kept {
    pub id: String,
    pub to: Mailbox,
    pub from: Option<Mailbox>,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// As `List-Unsubscribe` would say it.
    #[serde(default)]
    pub unsubscribe: Option<String>,
    /// The calendar object it carries.
    #[serde(default)]
    pub calendar: Option<String>,
}

/// From whom an invitation comes that is not sent.
const NOBODY: &str = "see-also@localhost";

/// How many emails the list shows.
const SHOWN: usize = 200;

impl Folder {
    /// The folder, made when it is missing.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn at(path: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&path)?;
        Ok(Self(path))
    }

    pub(super) fn keep(&self, email: &Email) -> io::Result<()> {
        let kept = Kept {
            id: email.id.to_string(),
            to: email.to.clone(),
            from: email.on_behalf_of.clone(),
            subject: email.subject.clone(),
            text: email.text.clone(),
            html: email.html.clone(),
            unsubscribe: email.unsubscribe.clone(),
            calendar: email.invitation.as_ref().map(|one| one.text(&Mailbox::new("See Also", NOBODY), &email.to)),
        };
        // Written beside and renamed, so that nobody reads half an email.
        let unfinished = self.0.join(format!(".{}", email.id));
        fs::write(&unfinished, serde_json::to_vec_pretty(&kept)?)?;
        fs::rename(unfinished, self.0.join(format!("{}.json", email.id)))
    }

    /// The newest emails, newest first.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn newest(&self) -> io::Result<Vec<Kept>> {
        let mut names: Vec<PathBuf> = fs::read_dir(&self.0)?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|end| end == "json"))
            .collect();
        names.sort();
        Ok(names
            .iter()
            .rev()
            .take(SHOWN)
            .filter_map(|path| serde_json::from_slice(&fs::read(path).ok()?).ok())
            .collect())
    }

    /// One email, if it is there. The id is parsed before it gets near a path.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn one(&self, id: crate::base::ids::EmailId) -> io::Result<Option<Kept>> {
        match fs::read(self.0.join(format!("{id}.json"))) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}
