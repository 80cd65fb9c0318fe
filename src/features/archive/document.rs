//! The file: one JSON document, read strictly.
use super::LoadError;
use crate::{
    base::portable::Day,
    features::{
        accounts::archive::Person,
        actions::archive::Action,
        agreements::archive::Agreement,
        approvals::archive::Request,
        earlier_lessons::archive::Lesson,
        feedback::archive::Feedback,
        field_trips::archive::Trip,
        goals::archive::Goal,
        groups::archive::Group,
        library::archive::Library,
        meetings::archive::Meeting,
        off_limits::archive::OffLimits,
        people::archive::Participation,
        programs::archive::{Coordinator, Program, Theme},
    },
};
use serde::Deserialize;

/// What the first line of every archive file says.
const FORMAT: &str = "see-also-program";
/// The version that is written, and the only one that is read.
const VERSION: u32 = 1;

/// One program with all that belongs to it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    pub format: String,
    pub version: u32,
    /// The day on which it was as it stands here.
    pub as_of: Day,
    pub program: Program,
    pub people: Vec<Person>,
    #[serde(default)]
    pub themes: Vec<Theme>,
    pub coordinators: Vec<Coordinator>,
    #[serde(default)]
    pub earlier_lessons: Vec<Lesson>,
    #[serde(default)]
    pub library: Library,
    #[serde(default)]
    pub participations: Vec<Participation>,
    #[serde(default)]
    pub approval_requests: Vec<Request>,
    #[serde(default)]
    pub groups: Vec<Group>,
    #[serde(default)]
    pub off_limits: Vec<OffLimits>,
    #[serde(default)]
    pub goals: Vec<Goal>,
    #[serde(default)]
    pub agreements: Vec<Agreement>,
    #[serde(default)]
    pub field_trips: Vec<Trip>,
    #[serde(default)]
    pub meetings: Vec<Meeting>,
    #[serde(default)]
    pub actions: Vec<Action>,
    #[serde(default)]
    pub feedback: Vec<Feedback>,
}

/// What is read before all else, so that a newer file is called newer and not broken.
#[derive(Deserialize)]
struct Header {
    format: String,
    version: u32,
}

impl Document {
    /// Reads a file's text. A field that this version does not know is refused, never ignored.
    ///
    /// # Errors
    /// [`LoadError::Unreadable`]
    pub fn read(text: &str) -> Result<Self, LoadError> {
        let header: Header = serde_json::from_str(text).map_err(|error| unreadable(&error))?;
        if header.format != FORMAT {
            return Err(LoadError::Unreadable(format!("its format is “{}”, not “{FORMAT}”", header.format)));
        }
        if header.version != VERSION {
            let why = format!("it has version {}, and only version {VERSION} is known here", header.version);
            return Err(LoadError::Unreadable(why));
        }
        serde_json::from_str(text).map_err(|error| unreadable(&error))
    }
}

fn unreadable(error: &serde_json::Error) -> LoadError {
    LoadError::Unreadable(error.to_string())
}
