//! What a password must be, and what a browser is called.

/// The fewest and the most bytes of a password.
pub(super) const SHORTEST: usize = 10;
pub(super) const LONGEST: usize = 1000;

/// Why a password cannot be taken, in words for its field; `None` when it can.
///
/// `own` are the person's own words (name, address): a password made of them is easy to guess.
pub fn password_problem(password: &str, own: &[&str]) -> Option<String> {
    if password.is_empty() {
        return Some("Enter a password".to_owned());
    }
    if password.len() < SHORTEST {
        return Some(format!("Use at least {SHORTEST} characters. Four unrelated words make a good password"));
    }
    if password.len() > LONGEST {
        return Some(format!("Use at most {LONGEST} characters"));
    }
    let mut words: Vec<&str> = own.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric())).collect();
    words.extend(own);
    words.extend(["see also", "seealso", "peer mentoring"]);
    // zxcvbn's time grows with length; what follows 100 characters makes nothing easier to guess.
    let head: String = password.chars().take(100).collect();
    let guessable = zxcvbn::zxcvbn(&head, &words).score() < zxcvbn::Score::Three;
    guessable.then(|| "This is easy to guess. Four unrelated words make a good password".to_owned())
}

/// "Firefox on Linux", as far as the browser says so.
pub fn device_name(user_agent: &str) -> String {
    let find = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    // Order matters: most browsers also name those they are built like.
    let browser = find(&[
        ("Firefox", "Firefox"),
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = find(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("CrOS", "Chromebook"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "A browser".to_owned(),
    }
}

/// Where to go after signing in: a path of ours, or home.
pub fn safe_next(next: &str) -> &str {
    let ours = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n']);
    if ours && next.is_ascii() { next } else { "/" }
}

/// A piece of an email's text; an address of the web is clickable.
#[derive(Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub is_link: bool,
}

/// Cuts text into words that are addresses and everything between them.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for part in text.split_inclusive(char::is_whitespace) {
        let word = part.trim_end();
        let is_link = word.starts_with("http://") || word.starts_with("https://");
        if is_link {
            pieces.push(Piece { text: word.to_owned(), is_link });
        }
        let rest = if is_link { &part[word.len()..] } else { part };
        match pieces.last_mut() {
            Some(last) if !last.is_link => last.text.push_str(rest),
            _ => pieces.push(Piece { text: rest.to_owned(), is_link: false }),
        }
    }
    pieces
}
