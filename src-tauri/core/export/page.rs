//! A page of one file: no script, nothing fetched, and nothing in it that nobody put there.

use super::html::escape;
use super::xml;
use ammonia::{Builder, UrlRelative};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a browser may do for the page: draw it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// A page with this title, drawn by these rules.
///
/// `body` is HTML made of escaped words; it is cleaned all the same, so that a word that was forgotten to be escaped
/// still does nothing.
pub fn page(title: &str, style: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{}</body>\n</html>\n",
        escape(title),
        CLEANER.clean(body)
    )
}

/// A part of a page, cleaned.
pub fn part(body: &str) -> String {
    CLEANER.clean(body).to_string()
}

/// A part of a page as XML takes it: cleaned, every element closed, no name but XML’s own for a character.
pub fn xhtml(body: &str) -> String {
    xml::only_text(&part(body)).replace("<br>", "<br/>").replace("<hr>", "<hr/>").replace("&nbsp;", "&#160;")
}

const TAGS: &str = "a article aside b blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 header hr ins li main mark \
                    ol p pre s section span strong sub sup table tbody td th thead tr ul";

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let attributes = [("a", "href"), ("ol", "start"), ("td", "style"), ("th", "style")];
    let mut cleaner = Builder::new();
    cleaner
        .tags(TAGS.split_whitespace().collect())
        .tag_attributes(attributes.map(|(tag, attribute)| (tag, HashSet::from([attribute]))).into())
        .generic_attributes(HashSet::from(["class", "dir", "id"]))
        .allowed_classes(HashMap::new())
        .filter_style_properties(HashSet::from(["text-align"]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(UrlRelative::Custom(Box::new(place)))
        .link_rel(None);
    cleaner
});

/// A place in the page itself, and no other.
fn place(url: &str) -> Option<Cow<'_, str>> {
    url.starts_with('#').then_some(Cow::Borrowed(url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_escaped_does_nothing() {
        let body = "<p class=\"graf\" onclick=\"hit=1\">a <a href=\"#quote-1\">1</a> <a href=\"/x\">2</a> \
                    <a href=\"javascript:hit=1\">3</a></p><script>hit=1</script><td style=\"text-align: right; \
                    background: url(x)\">4</td><img src=x onerror=hit=1>";
        let page = page("<script>", "p {}", body);
        let want = "<body>\n<p class=\"graf\">a <a href=\"#quote-1\">1</a> <a>2</a> <a>3</a></p>4</body>";
        assert!(page.contains(want), "{page}");
        assert!(page.contains("<title>&lt;script&gt;</title>"), "{page}");
    }

    #[test]
    fn what_stet_writes_stands_as_it_was_written() {
        let body = "<table><thead><tr><th style=\"text-align:right\">A</th></tr></thead></table>\n\
                    <section>\n<p dir=\"auto\">a <ins>b</ins> &amp; <sup><a href=\"https://example.org/?a&amp;b\">1</a></sup></p>\n</section>\n";
        assert!(page("t", "", body).contains(body), "{}", page("t", "", body));
    }
}
