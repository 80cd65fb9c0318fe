//! How far a product is.

crate::text_enum! {
    /// `intended → drafted → shared → in_use`; it may also go back.
    pub enum ProductState {
        Intended = "intended",
        Drafted = "drafted",
        Shared = "shared",
        InUse = "in_use",
    }
}

impl ProductState {
    /// As the pages say it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Intended => "Intended",
            Self::Drafted => "Drafted",
            Self::Shared => "Shared",
            Self::InUse => "In use",
        }
    }
}

crate::text_enum! {
    /// Whom its owner shares a product with, each by a choice of its own.
    pub enum Audience {
        Group = "group",
        Program = "program",
        Supervisor = "supervisor",
    }
}
