//! A router that remembers its routes and who may use them, for `see-also routes` and the tests.
use super::state::App;
use axum::{Router, routing::MethodRouter};

/// Who may use a route. The access module enforces it; this names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Anyone,
    /// Whoever holds the secret of a link from an email.
    LinkHolder,
    SignedIn,
    /// With the right to create programs.
    Creator,
    SiteAdmin,
    /// Coordinators, peers and contacts of the program.
    Program,
    Coordinator,
    /// Those of whom two take somebody off together.
    CoordinatorOrContact,
    /// The contact person and the second contact.
    Contact,
    /// A peer in the program, placed or not.
    Peer,
    /// A peer in the program, or one whose part has ended: what is their own.
    OwnPart,
    /// Open members of the group; its coordinators see facts.
    GroupOrCoordinator,
    /// Open members of the group.
    Member,
}

impl Who {
    /// As `see-also routes` prints it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Anyone => "anyone",
            Self::LinkHolder => "holder of the link",
            Self::SignedIn => "signed in",
            Self::Creator => "may create programs",
            Self::SiteAdmin => "site admin",
            Self::Program => "anyone in the program",
            Self::Coordinator => "coordinator",
            Self::CoordinatorOrContact => "coordinator, contact person",
            Self::Contact => "contact person",
            Self::Peer => "peer in the program",
            Self::OwnPart => "peer in the program, also after their part",
            Self::GroupOrCoordinator => "member of the group, coordinator (facts)",
            Self::Member => "member of the group",
        }
    }
}

/// One line of the route table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// "GET", "POST" or "GET POST".
    pub methods: &'static str,
    pub path: &'static str,
    pub who: Who,
}

/// Routes with their table.
#[derive(Default)]
pub struct Routes {
    router: Router<App>,
    pub listed: Vec<Listed>,
}

impl Routes {
    /// Adds a route; the one place that does.
    #[expect(clippy::disallowed_methods, reason = "the table is filled here")]
    #[must_use]
    pub fn at(mut self, methods: &'static str, path: &'static str, who: Who, handler: MethodRouter<App>) -> Self {
        self.listed.push(Listed { methods, path, who });
        self.router = self.router.route(path, handler);
        self
    }

    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.listed.extend(other.listed);
        self.router = self.router.merge(other.router);
        self
    }

    pub fn into_router(self) -> Router<App> {
        self.router
    }
}
