//! Enums that are one word in the database, in forms and in files.

/// Defines a fieldless enum with one snake-case word per value, which is what the
/// database, form fields and archive files hold.
///
/// Gives `as_str`, `parse` (None for an unknown word), `ALL`, serde and sqlx.
#[macro_export]
macro_rules! text_enum {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord,
                 serde::Serialize, serde::Deserialize, sqlx::Type)]
        #[sqlx(type_name = "text")]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $word)] #[sqlx(rename = $word)] $variant,)+
        }
        impl $name {
            /// Every value, in the order of its definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];
            /// The word the database and forms use.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
            /// The value of a word, if it is one.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}
