//! Secrets we hand out in links and cookies. The database only ever sees their hash.
use crate::base::error::{AppError, Result};
use sha2::{Digest, Sha256};

pub struct Secret(String);

impl Secret {
    /// 256 random bits, hex.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn generate() -> Result<Self> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(|error| AppError::internal(error.to_string()))?;
        Ok(Self(hex(&bytes)))
    }
    /// A secret that somebody shows us.
    #[must_use]
    pub fn presented(text: &str) -> Self {
        Self(text.to_owned())
    }
    /// SHA-256, as kept in the database.
    #[must_use]
    pub fn hash(&self) -> Vec<u8> {
        sha256(self.0.as_bytes())
    }
    /// The secret itself, for the link or cookie that carries it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}
impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// SHA-256 of any bytes.
#[must_use]
pub fn sha256(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _written = write!(text, "{byte:02x}");
        text
    })
}
