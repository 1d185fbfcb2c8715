//! Publishers' pages as data: on vnexpress.net the lead is `p.description` and the prose `article.fck_detail`.

/// The table: how to add a publisher is said at its head.
const TABLE: &str = include_str!("profiles.tsv");

/// Where the parts of an article stand in the pages of one publisher or system; CSS selectors, empty where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Profile {
    pub(super) name: &'static str,
    hosts: &'static str,
    mark: &'static str,
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) body: &'static str,
    pub(super) author: &'static str,
    pub(super) date: &'static str,
    pub(super) drop: &'static str,
}

impl Profile {
    /// Whether pages of the host are of this publisher.
    pub(super) fn is_of(&self, host: &str) -> bool {
        self.hosts
            .split_whitespace()
            .any(|own| host.strip_suffix(own).is_some_and(|before| before.is_empty() || before.ends_with('.')))
    }

    /// Whether the page itself gives the system away.
    pub(super) fn marks(&self, html: &str) -> bool {
        !self.mark.is_empty() && memchr::memmem::find(html.as_bytes(), self.mark.as_bytes()).is_some()
    }
}

/// All profiles, in the order of the table.
pub(super) fn all() -> impl Iterator<Item = Profile> {
    rows().skip(1).map(|row| {
        let mut cells = row.split('\t').map(str::trim);
        let mut cell = || cells.next().unwrap_or_default();
        Profile {
            name: cell(),
            hosts: cell(),
            mark: cell(),
            title: cell(),
            lead: cell(),
            body: cell(),
            author: cell(),
            date: cell(),
            drop: cell(),
        }
    })
}

fn rows() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}

/// The host of an address, in small letters.
pub(super) fn host(url: &str) -> Option<String> {
    let rest = url.split_once("//")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    (!host.is_empty()).then(|| host.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        for row in rows() {
            assert_eq!(row.split('\t').count(), 9, "{row}");
        }
        let mut names: Vec<_> = all().map(|p| p.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all().count(), "a name twice");
        for profile in all() {
            assert!(!profile.body.is_empty(), "{profile:?}");
            assert!(!profile.hosts.is_empty() || !profile.mark.is_empty(), "{profile:?}");
        }
    }

    #[test]
    fn hosts_match_by_their_end() {
        let own = |name: &str, url: &str| all().find(|p| p.name == name).unwrap().is_of(&host(url).unwrap());
        assert!(own("vnexpress", "https://vnexpress.net/a-1.html"));
        assert!(own("vnexpress", "//kinhdoanh.VnExpress.net/a"));
        assert!(!own("vnexpress", "https://notvnexpress.net/"));
    }
}
