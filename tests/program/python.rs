//! A Python with libraries that others wrote, to read what we write.
use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

/// What is asked of the Python Package Index, and by which name it is imported.
const LIBRARIES: [(&str, &str); 3] =
    [("icalendar==7.3.2", "icalendar"), ("vobject==0.9.9", "vobject"), ("jsonschema==4.25.1", "jsonschema")];

/// A Python with these libraries, kept below the target folder. `None` where they cannot be had, which fails under
/// `CI=true` and is said loudly elsewhere.
pub(crate) fn python() -> Option<PathBuf> {
    static FOUND: OnceLock<Option<PathBuf>> = OnceLock::new();
    FOUND.get_or_init(find).clone()
}

fn find() -> Option<PathBuf> {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("python");
    let python = home.join("bin/python");
    let wanted = LIBRARIES.map(|(package, _)| package);
    let import = format!("import {}", LIBRARIES.map(|(_, name)| name).join(", "));
    let knows = || Command::new(&python).args(["-c", &import]).output().is_ok_and(|done| done.status.success());
    if !knows() {
        let _made = Command::new("python3").args(["-m", "venv"]).arg(&home).output();
        let _got = Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(wanted).output();
    }
    if knows() {
        return Some(python);
    }
    let how = format!("python3 -m venv V && V/bin/python -m pip install {}", wanted.join(" "));
    assert!(std::env::var("CI").as_deref() != Ok("true"), "files cannot be read by others: {how}");
    eprintln!("\n*** CALENDARS AND ARCHIVE FILES NOT READ BY OTHERS: Python libraries are missing: {how} ***\n");
    None
}
