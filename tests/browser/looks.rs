//! How a page looks: axe in light and in dark, nothing sideways, and pictures for those who want them.
use super::driver::Chromium;
use serde_json::json;
use std::{
    collections::HashSet,
    path::Path,
    sync::{LazyLock, Mutex},
};

const AXE: &str = include_str!("axe.min.js");
/// Runs axe, and gives what it found, one line each.
const RUN: &str = "const [rules, done] = arguments;
    axe.run(document, rules).then(found =>
        done(found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html + ' — ' + n.failureSummary).join(' | '))))";
/// What every element on the page is and stands in, as far as its colours depend on it: a number for each kind.
const KINDS: &str = "const known = new Map();
    const kind = element => {
        if (!element) return 0;
        if (known.has(element)) return known.get(element);
        const told = ['class', 'type', 'open', 'disabled', 'aria-current', 'aria-invalid', 'hidden', 'role', 'fill', 'stroke'];
        const words = [element.localName, ...told.map(name => element.getAttribute(name)), Boolean(element.checked),
            kind(element.parentElement)].join('|');
        let hash = 2166136261;
        for (let at = 0; at < words.length; at++) hash = Math.imul(hash ^ words.charCodeAt(at), 16777619) >>> 0;
        known.set(element, hash);
        return hash;
    };
    return [...new Set([...document.body.querySelectorAll('*')].map(kind))]";
const SIDEWAYS: &str = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
const SIZE: &str = "return [innerWidth, document.documentElement.scrollHeight, innerHeight]";

/// Kinds of elements whose colours were found good, by the width of the screen: contrast is the dearest of axe's rules,
/// and the pages of a story have most of their elements in common.
static GOOD: LazyLock<Mutex<HashSet<(i64, u32)>>> = LazyLock::new(Mutex::default);

impl Chromium {
    /// axe finds nothing, in light and in dark, and nothing sticks out sideways.
    pub(crate) async fn check(&self) {
        let url = self.driver.current_url().await.unwrap();
        self.driver.execute(AXE, vec![]).await.unwrap();
        let width: i64 = self.driver.execute("return innerWidth", vec![]).await.unwrap().convert().unwrap();
        let kinds: Vec<u32> = self.driver.execute(KINDS, vec![]).await.unwrap().convert().unwrap();
        let kinds: Vec<(i64, u32)> = kinds.into_iter().map(|kind| (width, kind)).collect();
        let are_new = {
            let good = GOOD.lock().unwrap();
            kinds.iter().any(|kind| !good.contains(kind))
        };
        // Every rule, with the size of things to press; in the dark only what depends on colours, if any are new.
        let rules = json!({"target-size": {"enabled": true}, "color-contrast": {"enabled": are_new},
            "link-in-text-block": {"enabled": are_new}});
        let every = json!({"resultTypes": ["violations"], "rules": rules});
        let colours = json!({"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]});
        for (scheme, rules) in [("light", every), ("dark", colours)] {
            if scheme == "dark" && !are_new && std::env::var_os("SEE_ALSO_SHOTS").is_none() {
                continue;
            }
            self.prefer(scheme).await;
            let found = self.driver.execute_async(RUN, vec![rules]).await.unwrap();
            let violations: Vec<String> = found.convert().unwrap();
            assert!(violations.is_empty(), "axe on {url} ({scheme}): {}", violations.join("\n"));
            self.picture(url.path(), scheme).await;
        }
        GOOD.lock().unwrap().extend(kinds);
        self.prefer("light").await;
        let wide = self.driver.execute(SIDEWAYS, vec![]).await.unwrap();
        assert!(wide.convert::<i64>().unwrap() <= 0, "{url} scrolls sideways");
    }

    /// The colours that the person's system asks for.
    pub(crate) async fn prefer(&self, scheme: &str) {
        let wanted = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.driver.cdp().send_raw("Emulation.setEmulatedMedia", wanted).await.unwrap();
    }

    /// Keeps a picture of the whole page in the folder `SEE_ALSO_SHOTS`, if there is one.
    async fn picture(&self, path: &str, scheme: &str) {
        let Ok(folder) = std::env::var("SEE_ALSO_SHOTS") else { return };
        std::fs::create_dir_all(&folder).unwrap();
        let words: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && part.len() != 36).collect();
        let number = std::fs::read_dir(&folder).map_or(0, Iterator::count);
        let size = self.driver.execute(SIZE, vec![]).await.unwrap();
        let [width, whole, height]: [u32; 3] = size.convert().unwrap();
        self.screen(width, whole.max(height)).await;
        let file = format!("{number:03}-{width}-{}-{scheme}.png", words.join("-"));
        self.driver.screenshot(&Path::new(&folder).join(file)).await.unwrap();
        self.screen(width, height).await;
    }
}
