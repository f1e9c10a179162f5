//! Two people changed one text: what each did, what they agree on, and where an editor must choose.

mod order;

use super::{Kind, Redline, WordKind, compare};
use crate::draft::count_words;
use crate::span::{Span, before};

/// Whose words a stretch of a merge is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Nobody changed it.
    Nobody,
    Ours,
    Theirs,
    /// Both changed it, and to the same words.
    Both,
    /// Both changed it, each in another way: an editor must choose.
    Conflict,
}

impl By {
    /// The word on the screen and in reports.
    pub fn word(self) -> &'static str {
        match self {
            By::Nobody => "nobody",
            By::Ours => "ours",
            By::Theirs => "theirs",
            By::Both => "both",
            By::Conflict => "conflict",
        }
    }
}

/// A stretch of the merged text, in all three readings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    pub by: By,
    pub base: String,
    pub ours: String,
    pub theirs: String,
}

impl Stretch {
    /// The words it comes to; none where an editor must choose.
    pub fn words(&self) -> Option<&str> {
        match self.by {
            By::Nobody => Some(&self.base),
            By::Ours | By::Both => Some(&self.ours),
            By::Theirs => Some(&self.theirs),
            By::Conflict => None,
        }
    }
}

/// Three texts made one. Grafs that either side moved stand where they were moved to, with what the other changed in them.
///
/// Invariant: the `ours` of all stretches are our text, and the `theirs` their text, but for the order of grafs that the
/// other side moved. Neighbours are by different people, but for two conflicts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    pub stretches: Vec<Stretch>,
}

impl Merged {
    /// The merged text, each conflict told by `choose`.
    pub fn text(&self, choose: impl Fn(&Stretch) -> String) -> String {
        self.stretches.iter().map(|stretch| stretch.words().map_or_else(|| choose(stretch), str::to_owned)).collect()
    }

    /// The places an editor must choose at, in order.
    pub fn conflicts(&self) -> impl Iterator<Item = &Stretch> {
        self.stretches.iter().filter(|stretch| stretch.by == By::Conflict)
    }
}

/// Merges what two people made of one text. Total: any three texts, never a panic.
///
/// Words changed by one alone are taken; changes of both that overlap, or stand within three words of each other
/// (*ten years* here, *nine months* there), are a conflict unless they come to the same. A graf both moved stands where
/// ours is. Where a merge of grafs on one side meets a move on the other, the moved graf is cut here and put in there.
/// Laws: with `theirs` as `base` it is `ours`, with `ours` as `base` it is `theirs`, and with both alike it is that text.
/// Cost: that of five comparisons.
pub fn merge(base: &str, ours: &str, theirs: &str) -> Merged {
    let (base, ours, theirs) = order::align(base, ours, theirs);
    let (our_edits, their_edits) = (edits(&compare(&base, &ours), &ours), edits(&compare(&base, &theirs), &theirs));
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut at = 0;
    for group in groups(&base, our_edits, their_edits) {
        add_same(&mut stretches, Span::new(at, group.hull.start).of(&base));
        add(&mut stretches, group.stretch(&base));
        at = group.hull.end;
    }
    add_same(&mut stretches, Span::new(at, base.len()).of(&base));
    Merged { stretches }
}

fn add_same(stretches: &mut Vec<Stretch>, words: &str) {
    let same = || words.to_owned();
    add(stretches, Stretch { by: By::Nobody, base: same(), ours: same(), theirs: same() });
}

fn add(stretches: &mut Vec<Stretch>, stretch: Stretch) {
    if stretch.base.is_empty() && stretch.ours.is_empty() && stretch.theirs.is_empty() {
        return;
    }
    match stretches.last_mut() {
        Some(last) if last.by == stretch.by && stretch.by != By::Conflict => {
            last.base += &stretch.base;
            last.ours += &stretch.ours;
            last.theirs += &stretch.theirs;
        }
        _ => stretches.push(stretch),
    }
}

/// A run of the base that other words came for.
#[derive(Clone, Debug)]
struct Edit {
    /// Empty where words were only put in.
    base: Span,
    words: String,
    is_ours: bool,
}

/// The edits of a redline in the order of the old text; a graf that moved is cut in one place and put in at another.
fn edits(redline: &Redline, new: &str) -> Vec<(Span, String)> {
    let mut edits: Vec<(Span, String)> = Vec::new();
    let mut at = 0;
    let mut put = |span: Span, words: &str| match edits.last_mut() {
        Some((last, held)) if last.end == span.start => {
            *last = Span::new(last.start, span.end);
            held.push_str(words);
        }
        _ => edits.push((span, words.to_owned())),
    };
    let mut gone = Vec::new();
    for op in &redline.ops {
        let words_in = |span: Option<Span>| span.map_or("", |span| span.of(new));
        match (op.kind, op.old) {
            (Kind::Same, Some(old)) => at = old.end,
            (Kind::Move | Kind::MoveEdit, Some(old)) => {
                put(Span::new(at, at), words_in(op.new));
                gone.push((old, String::new()));
            }
            (_, Some(old)) if op.words.is_empty() => {
                put(old, words_in(op.new));
                at = old.end;
            }
            (_, None) => put(Span::new(at, at), words_in(op.new)),
            _ => {
                for word in &op.words {
                    match (word.kind, word.old) {
                        (WordKind::Same, Some(old)) => at = old.end,
                        (_, Some(old)) => {
                            put(old, "");
                            at = old.end;
                        }
                        (_, None) => put(Span::new(at, at), words_in(word.new)),
                    }
                }
            }
        }
    }
    edits.extend(gone);
    edits.sort_by_key(|(span, _)| *span);
    edits
}

/// Edits of one side or both that must be judged together.
struct Group {
    hull: Span,
    edits: Vec<Edit>,
}

impl Group {
    fn stretch(&self, base: &str) -> Stretch {
        let read = |is_ours: bool| {
            let mut words = String::new();
            let mut at = self.hull.start;
            for edit in self.edits.iter().filter(|edit| edit.is_ours == is_ours) {
                words += Span::new(at, edit.base.start).of(base);
                words += &edit.words;
                at = edit.base.end;
            }
            words + Span::new(at, self.hull.end).of(base)
        };
        let (base, ours, theirs) = (self.hull.of(base).to_owned(), read(true), read(false));
        let has = |is_ours: bool| self.edits.iter().any(|edit| edit.is_ours == is_ours);
        let by = match (has(true), has(false)) {
            (true, true) if ours == theirs => By::Both,
            (true, true) => By::Conflict,
            (true, false) => By::Ours,
            _ => By::Theirs,
        };
        Stretch { by, base, ours, theirs }
    }
}

fn groups(base: &str, ours: Vec<(Span, String)>, theirs: Vec<(Span, String)>) -> Vec<Group> {
    let edit = |is_ours: bool| move |(base, words): (Span, String)| Edit { base, words, is_ours };
    let mut edits: Vec<Edit> = ours.into_iter().map(edit(true)).chain(theirs.into_iter().map(edit(false))).collect();
    edits.sort_by_key(|edit| edit.base);
    let mut groups: Vec<Group> = Vec::new();
    for edit in edits {
        match groups.last_mut() {
            Some(last)
                if last.edits.iter().any(|other| meet(base, other, &edit)) || edit.base.start < last.hull.end =>
            {
                last.hull = Span::new(last.hull.start, last.hull.end.max(edit.base.end));
                last.edits.push(edit);
            }
            _ => groups.push(Group { hull: edit.base, edits: vec![edit] }),
        }
    }
    groups
}

/// Fewer words than this between two changes, and the two are one thing said.
const N_APART: usize = 3;

/// Two people's edits that must be judged together: they overlap, put words in at one place, or stand close in a graf.
fn meet(base: &str, one: &Edit, next: &Edit) -> bool {
    if one.is_ours == next.is_ours {
        return false;
    }
    if next.base.start < one.base.end || one.base == next.base {
        return true;
    }
    let gap = Span::new(one.base.end, next.base.start).of(base);
    let ends_graf = before(base, one.base.end).ends_with('\n') && !one.base.is_empty() || one.words.ends_with('\n');
    !ends_graf && !gap.contains('\n') && count_words(gap) < N_APART && !next.words.starts_with('\n')
}

#[cfg(test)]
mod tests;
