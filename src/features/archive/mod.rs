//! A whole program as one file; the demo program.
