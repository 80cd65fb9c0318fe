//! What each command does. The only module that prints.
mod check;
mod start;

pub(crate) use check::check;
pub(crate) use start::{demo, export, import, migrate, report, serve, work};

use std::process::ExitCode;

/// An error in words for whoever started the program.
pub(crate) type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Prints one line of output. That nobody reads it any more (`see-also routes | head`) is no error.
fn say(line: &str) {
    use std::io::Write;
    let _read = writeln!(std::io::stdout(), "{line}");
}

/// Prints why it did not work.
pub(crate) fn fail(why: &str) -> ExitCode {
    use std::io::Write;
    let _read = writeln!(std::io::stderr(), "{why}");
    ExitCode::FAILURE
}

/// Prints the route table: methods, path, who may.
pub(crate) fn routes() {
    for route in see_also::routes::all().listed {
        say(&format!("{:<9} {:<75} {}", route.methods, route.path, route.who.words()));
    }
}
