//! The rows of its tables as the archive file holds them.
