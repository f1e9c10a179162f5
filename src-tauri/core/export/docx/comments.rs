//! Comments as Word has them: each in a part of its own, its words between two marks, answers told apart by the paragraph
//! they hang on (`commentsExtended`, Microsoft's MS-DOCX 2.5.17), which older readers pass over.

use super::{W, XML, escape};
use crate::export::marked::{MarkedThread, Said};
use std::ops::Range;

/// The numbers of the comments of each thread, from 0 in the order they are said.
pub fn numbers(threads: &[MarkedThread]) -> Vec<Range<usize>> {
    let mut end = 0;
    let number = |thread: &MarkedThread| {
        end += thread.said.len();
        end - thread.said.len()..end
    };
    threads.iter().map(number).collect()
}

/// `word/comments.xml`, and beside it which answers which and what is resolved; none where nobody said anything.
pub fn parts(threads: &[MarkedThread]) -> Option<[String; 2]> {
    let (mut comments, mut extended) = (String::new(), String::new());
    for (thread, numbers) in threads.iter().zip(numbers(threads)) {
        let first = numbers.start;
        for (number, said) in numbers.zip(&thread.said) {
            let is_first = number == first;
            let lost = match is_first && thread.at.is_none() {
                true => format!("On words that are gone: “{}”\n", thread.words),
                false => String::new(),
            };
            comments += &comment(number, said, &lost);
            let parent = match is_first {
                true => String::new(),
                false => format!(" w15:paraIdParent=\"{}\"", paragraph(first)),
            };
            let done = u8::from(thread.is_resolved);
            extended += &format!("<w15:commentEx w15:paraId=\"{}\"{parent} w15:done=\"{done}\"/>\n", paragraph(number));
        }
    }
    let comments =
        format!("{XML}<w:comments xmlns:w=\"{W}\" xmlns:w14=\"{W14}\" {IGNORABLE}=\"w14\">\n{comments}</w:comments>\n");
    let extended =
        format!("{XML}<w15:commentsEx xmlns:w15=\"{W15}\" {IGNORABLE}=\"w15\">\n{extended}</w15:commentsEx>\n");
    (!threads.is_empty()).then_some([comments, extended])
}

/// Before the first of its words.
pub fn start(number: usize) -> String {
    format!("<w:commentRangeStart w:id=\"{number}\"/>")
}

/// Behind the last of its words.
pub fn end(number: usize) -> String {
    format!("<w:commentRangeEnd w:id=\"{number}\"/><w:r><w:commentReference w:id=\"{number}\"/></w:r>")
}

fn comment(number: usize, said: &Said, lost: &str) -> String {
    let by = if said.by.trim().is_empty() { "Stet" } else { said.by.trim() };
    let initials: String = by.split_whitespace().filter_map(|name| name.chars().next()).collect();
    let mut words = String::new();
    for (n, line) in format!("{lost}{}", said.text).split('\n').enumerate() {
        words += if n > 0 { "<w:br/>" } else { "" };
        words += &format!("<w:t xml:space=\"preserve\">{}</w:t>", escape(line));
    }
    format!(
        "<w:comment w:id=\"{number}\" w:author=\"{}\" w:date=\"{}\" w:initials=\"{}\"><w:p w14:paraId=\"{}\">\
         <w:r><w:annotationRef/></w:r><w:r>{words}</w:r></w:p></w:comment>\n",
        escape(by),
        said.at.format("%Y-%m-%dT%H:%M:%SZ"),
        escape(&initials),
        paragraph(number)
    )
}

/// The paragraph of a comment, by which its answers name it: eight hexadecimal digits, never 0.
fn paragraph(number: usize) -> String {
    format!("{:08X}", number + 1)
}

const W14: &str = "http://schemas.microsoft.com/office/word/2010/wordml";
const W15: &str = "http://schemas.microsoft.com/office/word/2012/wordml";
const IGNORABLE: &str = "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" mc:Ignorable";
