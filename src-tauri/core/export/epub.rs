//! An EPUB 3 of one piece, by the rules of EPUB 3.3: one page, its contents, and the package that names them.

use super::page::xhtml;
use super::xml::{DECLARATION as XML, escape};
use super::zipped::pack;
use super::{Outgoing, html};
use chrono::SecondsFormat;

const CONTAINER: &str = include_str!("epub/container.xml");
const STYLE: &str = include_str!("epub/article.css");

/// The piece as the bytes of an `.epub`. It bears the moment it goes out, as EPUB asks.
pub fn write(outgoing: &Outgoing) -> Vec<u8> {
    let title = match outgoing.draft.copy.hed.trim() {
        "" => "Untitled",
        hed => hed,
    };
    let title = escape(&title.replace('\n', " "));
    let parts = vec![
        ("META-INF/container.xml", CONTAINER.to_owned()),
        ("EPUB/package.opf", package(outgoing, &title)),
        ("EPUB/contents.xhtml", page(&title, &contents(&title))),
        ("EPUB/article.xhtml", page(&title, &xhtml(&html::article(&outgoing.draft.copy)))),
        ("EPUB/article.css", STYLE.to_owned()),
    ];
    pack(Some("application/epub+zip"), parts)
}

fn package(outgoing: &Outgoing, title: &str) -> String {
    let byline = escape(outgoing.draft.copy.byline.trim());
    let creator = if byline.is_empty() { byline } else { format!("<dc:creator>{byline}</dc:creator>") };
    format!(
        "{XML}<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\" xml:lang=\"en\">\n\
         <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:identifier id=\"id\">{}</dc:identifier>\
         <dc:title>{title}</dc:title><dc:language>en</dc:language>{creator}\
         <meta property=\"dcterms:modified\">{}</meta></metadata>\n<manifest>\
         <item id=\"contents\" href=\"contents.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\
         <item id=\"article\" href=\"article.xhtml\" media-type=\"application/xhtml+xml\"/>\
         <item id=\"style\" href=\"article.css\" media-type=\"text/css\"/></manifest>\n\
         <spine><itemref idref=\"article\"/></spine>\n</package>\n",
        outgoing.uri(),
        outgoing.now.to_rfc3339_opts(SecondsFormat::Secs, true)
    )
}

fn contents(title: &str) -> String {
    format!("<nav epub:type=\"toc\"><h1>Contents</h1><ol><li><a href=\"article.xhtml\">{title}</a></li></ol></nav>\n")
}

fn page(title: &str, body: &str) -> String {
    format!(
        "{XML}<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" \
         xml:lang=\"en\" lang=\"en\">\n<head><title>{title}</title><link rel=\"stylesheet\" href=\"article.css\"/></head>\n\
         <body>\n{body}</body>\n</html>\n"
    )
}
