//! XML as a reader meets it.

/// The tags of some XML in their order, without their brackets.
pub fn tags(xml: &str) -> impl Iterator<Item = &str> {
    xml.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default())
}

/// Every tag is closed in order, and no bare `&` is left.
pub fn assert_well_formed(xml: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in tags(xml) {
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "{xml}"),
            None if tag.ends_with(['/', '?']) || tag.starts_with('!') => {}
            None => open.push(tag.split_whitespace().next().unwrap_or_default()),
        }
    }
    assert!(open.is_empty(), "{open:?} left open: {xml}");
    for rest in xml.split('&').skip(1) {
        assert!(["amp;", "lt;", "gt;", "quot;", "#39;", "#160;"].iter().any(|name| rest.starts_with(name)), "{xml}");
    }
}
