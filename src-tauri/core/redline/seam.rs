//! From units to ops: who owns the space between paragraphs, and in which order all is told.
//!
//! Each graf owns the white space behind it. Where that differs around an unchanged graf, what differs goes to a change
//! beside it, so that a graf added at the end of a text is one change and not two.

use super::side::Side;
use super::unit::Unit;
use super::word::{common, space};
use super::{Kind, Op, WordKind, WordOp, Words};
use crate::span::Span;

/// One side of a unit: its words, and how far its white space reaches to both sides.
#[derive(Clone, Copy)]
struct Reach {
    content: Span,
    start: usize,
    end: usize,
    /// The unit that follows in this text.
    next: Option<usize>,
}

impl Reach {
    fn whole(&self) -> Span {
        Span::new(self.start, self.end)
    }

    fn tail(&self) -> Span {
        Span::new(self.content.end, self.end)
    }
}

/// A unit on its way to an op. The first stands for the white space before any graf.
struct Seam {
    kind: Kind,
    words: Words,
    old: Option<Reach>,
    new: Option<Reach>,
}

impl Seam {
    fn is_alone(&self) -> bool {
        self.old.is_none() || self.new.is_none()
    }

    fn is_moved(&self) -> bool {
        matches!(self.kind, Kind::Move | Kind::MoveEdit)
    }
}

/// The ops in reading order, every byte of both texts in one of them.
pub fn ops(olds: &Side, news: &Side, units: &[Unit], wording: impl Fn(&Unit) -> (Kind, Words)) -> Vec<Op> {
    let reach = |content: Span| Reach { content, start: content.start, end: content.end, next: None };
    let head = Some(reach(Span::default()));
    let mut seams = vec![Seam { kind: Kind::Same, words: Words::default(), old: head, new: head }];
    for unit in units {
        let old = (!unit.left.is_empty()).then(|| reach(olds.part(&unit.left)));
        let new = (!unit.right.is_empty()).then(|| reach(news.part(&unit.right)));
        let (kind, words) = match (old, new) {
            (Some(_), Some(_)) => wording(unit),
            (Some(_), None) => (Kind::Delete, Words::default()),
            _ => (Kind::Insert, Words::default()),
        };
        seams.push(Seam { kind, words, old, new });
    }
    let old_order = stretch(&mut seams, olds.text, |seam| seam.old.as_mut());
    let new_order = stretch(&mut seams, news.text, |seam| seam.new.as_mut());
    pass_from_same(&mut seams, olds.text, news.text);
    pass_along(&mut seams, &old_order, |seam| seam.old.as_mut());
    pass_along(&mut seams, &new_order, |seam| seam.new.as_mut());
    let mut ops: Vec<Op> = Vec::new();
    for at in reading_order(&seams, &old_order, &new_order) {
        add(&mut ops, op(&mut seams[at], olds.text, news.text));
    }
    if ops.is_empty() {
        ops.push(Op {
            kind: Kind::Same,
            old: Some(Span::default()),
            new: Some(Span::default()),
            words: Words::default(),
        });
    }
    ops
}

/// Gives each seam the white space behind it in one text; returns the seams in that text's order.
fn stretch(seams: &mut [Seam], text: &str, side: impl Fn(&mut Seam) -> Option<&mut Reach>) -> Vec<usize> {
    let mut order: Vec<(Span, usize)> = Vec::new();
    for (at, seam) in seams.iter_mut().enumerate() {
        order.extend(side(seam).map(|reach| (reach.content, at)));
    }
    order.sort_unstable_by_key(|&(content, at)| (content.start, at));
    for (n, &(_, at)) in order.iter().enumerate() {
        let next = order.get(n + 1);
        if let Some(reach) = side(&mut seams[at]) {
            reach.end = next.map_or(text.len(), |(content, _)| content.start);
            reach.next = next.map(|&(_, at)| at);
        }
    }
    order.into_iter().map(|(_, at)| at).collect()
}

/// An unchanged graf hands the white space that differs behind it to the changes that follow; if one side cannot, it keeps
/// all and is a change of format.
fn pass_from_same(seams: &mut [Seam], old: &str, new: &str) {
    for at in 0..seams.len() {
        let (Kind::Same, Some(old_reach), Some(new_reach)) = (seams[at].kind, seams[at].old, seams[at].new) else {
            continue;
        };
        let (old_tail, new_tail) = (old_reach.tail(), new_reach.tail());
        if old_tail.of(old) == new_tail.of(new) {
            continue;
        }
        let n_kept = common(old_tail.of(old), new_tail.of(new));
        let can_pass = |reach: Reach| {
            reach.tail().len() == n_kept || reach.next.is_some_and(|next| seams[next].kind != Kind::Same)
        };
        if !can_pass(old_reach) || !can_pass(new_reach) {
            seams[at].kind = Kind::Format;
            seams[at].words = same(old_reach.content, new_reach.content);
            continue;
        }
        hand_on(seams, at, old_reach, n_kept, true);
        hand_on(seams, at, new_reach, n_kept, false);
    }
}

/// Gives all but `n_kept` bytes of a seam's tail to the seam that follows in that text.
fn hand_on(seams: &mut [Seam], at: usize, reach: Reach, n_kept: usize, is_old: bool) {
    let end = reach.content.end + n_kept;
    let (Some(next), true) = (reach.next, end < reach.end) else { return };
    let side = |seam: &mut Seam, change: &dyn Fn(&mut Reach)| {
        let reach = if is_old { seam.old.as_mut() } else { seam.new.as_mut() };
        reach.into_iter().for_each(change);
    };
    side(&mut seams[at], &|reach| reach.end = end);
    side(&mut seams[next], &|reach| reach.start = end);
}

/// A graf that only came or went and took the white space before it leaves the white space behind it to the next such graf.
fn pass_along(seams: &mut [Seam], order: &[usize], side: impl Fn(&mut Seam) -> Option<&mut Reach>) {
    for pair in order.windows(2) {
        if !seams[pair[0]].is_alone() || !seams[pair[1]].is_alone() {
            continue;
        }
        let Some(reach) = side(&mut seams[pair[0]]).filter(|reach| reach.start < reach.content.start) else { continue };
        reach.end = reach.content.end;
        let end = reach.end;
        if let Some(next) = side(&mut seams[pair[1]]) {
            next.start = end;
        }
    }
}

/// The new text's order; what went follows what stood before it in the old.
fn reading_order(seams: &[Seam], old_order: &[usize], new_order: &[usize]) -> Vec<usize> {
    let is_settled = |at: usize| !seams[at].is_alone() && !seams[at].is_moved();
    let mut gone = old_order.iter().copied().filter(|&at| seams[at].new.is_none() || is_settled(at)).peekable();
    let mut order = Vec::with_capacity(seams.len());
    for &at in new_order {
        order.push(at);
        if is_settled(at) {
            // Settled seams stand in the same order in both texts: this one is next among the old.
            gone.next();
            while let Some(at) = gone.next_if(|&at| !is_settled(at)) {
                order.push(at);
            }
        }
    }
    order
}

fn op(seam: &mut Seam, old: &str, new: &str) -> Op {
    let (old_span, new_span) = (seam.old.map(|reach| reach.whole()), seam.new.map(|reach| reach.whole()));
    let mut words = std::mem::take(&mut seam.words);
    match (seam.old, seam.new) {
        (Some(from), Some(to)) => {
            let lead = (Span::new(from.start, from.content.start), Span::new(to.start, to.content.start));
            if !lead.0.is_empty() || !lead.1.is_empty() {
                let mut led = space((old, lead.0), (new, lead.1));
                words.iter().for_each(|op| led.push(op));
                words = led;
            }
            space((old, from.tail()), (new, to.tail())).iter().for_each(|op| words.push(op));
        }
        (Some(from), None) => words.push(WordOp { kind: WordKind::Delete, old: Some(from.whole()), new: None }),
        (None, Some(to)) => words.push(WordOp { kind: WordKind::Insert, old: None, new: Some(to.whole()) }),
        (None, None) => {}
    }
    if words.iter().all(|op| op.kind == WordKind::Same) {
        words = Words::default();
    }
    Op { kind: seam.kind, old: old_span, new: new_span, words }
}

/// Adds an op, joined to the one before when both are the same text running on. An op that covers nothing is left out.
fn add(ops: &mut Vec<Op>, op: Op) {
    let is_empty = op.old.is_none_or(Span::is_empty) && op.new.is_none_or(Span::is_empty);
    if is_empty {
        return;
    }
    if let Some(last) = ops.last_mut().filter(|last| last.kind == Kind::Same && op.kind == Kind::Same)
        && let (Some(old), Some(new), Some(next_old), Some(next_new)) = (last.old, last.new, op.old, op.new)
        && (old.end, new.end) == (next_old.start, next_new.start)
    {
        (last.old, last.new) = (Some(old.join(next_old)), Some(new.join(next_new)));
        return;
    }
    ops.push(op);
}

fn same(old: Span, new: Span) -> Words {
    [WordOp { kind: WordKind::Same, old: Some(old), new: Some(new) }].into_iter().collect()
}
