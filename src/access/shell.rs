//! The frame of a page, as far as it depends on who looks at it.
use super::{
    CoordinatorOrContact, GroupMember, GroupReader, Peer, ProgramContact, ProgramCoordinator, ProgramCreator,
    SiteAdmin, Viewer, hold::Hold,
};
use crate::web::{
    page::{Link, Shell},
    state::App,
};

/// The cookie of a sign-in, by plain http on this machine.
pub const SESSION_COOKIE: &str = "session";
/// The same by https: browsers keep other hosts from setting it.
pub const SESSION_COOKIE_HTTPS: &str = "__Host-session";

impl Viewer {
    /// The frame of a page outside any program.
    pub fn shell(&self, app: &App) -> Shell {
        let mut menu = vec![Link::to("/account", "Your account"), Link::to("/who-sees-what", "Who sees what")];
        if self.is_peer {
            menu.push(Link::to("/help", "Ask for help"));
        }
        if self.site_admin {
            menu.push(Link::to("/admin/people", "People and rights"));
            if app.mailbox.is_some() {
                menu.push(Link::to("/mailbox", "Mailbox"));
            }
        }
        Shell {
            viewer_name: Some(self.name.clone()),
            nav: vec![Link::to("/", "Home")],
            menu,
            flash: self.flash.clone(),
            ..Shell::for_anyone(app)
        }
    }
}

impl SiteAdmin {
    pub fn shell(&self, app: &App) -> Shell {
        self.viewer.shell(app)
    }
}

impl ProgramCreator {
    pub fn shell(&self, app: &App) -> Shell {
        self.viewer.shell(app)
    }
}

impl ProgramCoordinator {
    pub fn shell(&self, app: &App) -> Shell {
        let mut shell = self.viewer.shell(app);
        shell.nav.push(Link::to(self.program.path(), &self.program.name).here());
        shell
    }
}

impl Peer {
    pub fn shell(&self, app: &App) -> Shell {
        let mut shell = self.viewer.shell(app);
        shell.nav.push(Link::to(self.program.path(), "The program").here());
        shell
    }
}

impl ProgramContact {
    pub fn shell(&self, app: &App) -> Shell {
        let mut shell = self.viewer.shell(app);
        shell.nav.push(Link::to(self.program.path(), &self.program.name).here());
        shell
    }
}

impl CoordinatorOrContact {
    pub fn shell(&self, app: &App) -> Shell {
        let mut shell = self.viewer.shell(app);
        shell.nav.push(Link::to(self.program.path(), &self.program.name).here());
        shell
    }
}

impl GroupMember {
    pub fn shell(&self, app: &App) -> Shell {
        let mut shell = self.viewer.shell(app);
        shell.nav.push(Link::to(self.group.path(), &self.group.name).here());
        shell.nav.push(Link::to(self.program.path(), "The program"));
        // Every form of these pages would be refused.
        shell.notice = self.hold.as_ref().map(Hold::notice);
        shell.only_to_read = self.hold.is_some();
        shell
    }
}

impl GroupReader {
    pub fn shell(&self, app: &App) -> Shell {
        match self {
            Self::Member(member) => member.shell(app),
            Self::Coordinator(coordinator, _) => coordinator.shell(app),
        }
    }
}
