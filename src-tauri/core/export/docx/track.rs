//! What a Word file says of a comparison: words and paragraph breaks in one row, each with what became of it.

use crate::export::marked::{Carried, Marked, MarkedPart, Stop, is_move, stops};
use crate::redline::{Kind, WordKind, WordOp};
use crate::span::Span;

/// What became of words or of a break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Same,
    Insert,
    Delete,
    /// Stood here, and was moved, as a graf or a sentence: the number is the move's.
    From(usize),
    /// Was moved here.
    To(usize),
}

impl Fate {
    pub fn is_old(self) -> bool {
        matches!(self, Fate::Same | Fate::Delete | Fate::From(_))
    }

    pub fn is_new(self) -> bool {
        matches!(self, Fate::Same | Fate::Insert | Fate::To(_))
    }

    /// The move it is part of.
    pub fn in_move(self) -> Option<usize> {
        match self {
            Fate::From(number) | Fate::To(number) => Some(number),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    Words {
        text: &'a str,
        /// Where it stands, in bytes into the text of its part it was taken from: the old one for what went.
        at: usize,
        /// Where words that stayed stood in the old text.
        old_at: Option<usize>,
        fate: Fate,
        part: usize,
    },
    /// One paragraph ends. Never first, last or beside another in either text.
    Break(Fate),
}

impl Token<'_> {
    pub fn fate(&self) -> Fate {
        match *self {
            Token::Words { fate, .. } | Token::Break(fate) => fate,
        }
    }
}

/// The row of a comparison. The words and breaks that are not `Insert` or `To` are the old text's lines, in order; those
/// that are not `Delete` or `From` the new text's.
pub fn row<'a>(marked: &Marked<'a>) -> Vec<Token<'a>> {
    let mut row = Row { tokens: Vec::new(), part: 0, n_moves: 0 };
    for (at, part) in marked.parts.iter().enumerate() {
        row.part = at;
        row.add_part(part);
        row.push_break(Fate::Same);
    }
    let tokens = drop_idle(drop_idle(row.tokens, Fate::is_old, Fate::Insert), Fate::is_new, Fate::Delete);
    pair_moves(tokens, row.n_moves)
}

/// What became of a run.
fn fate(carried: &Carried, word: &WordOp) -> Fate {
    let number = |span| carried.number(word.kind, span);
    match word.kind {
        WordKind::Delete => number(word.old).map_or(Fate::Delete, Fate::From),
        WordKind::Insert => number(word.new).map_or(Fate::Insert, Fate::To),
        WordKind::Same => Fate::Same,
    }
}

struct Row<'a> {
    tokens: Vec<Token<'a>>,
    part: usize,
    n_moves: usize,
}

impl<'a> Row<'a> {
    fn add_part(&mut self, part: &MarkedPart<'a>) {
        // The number of a move is its op's place among the moves of all parts.
        let mut number_of = vec![0; part.redline.ops.len()];
        for (at, _) in part.redline.ops.iter().enumerate().filter(|(_, op)| is_move(op)) {
            number_of[at] = self.n_moves;
            self.n_moves += 1;
        }
        let carried = Carried::new(part.redline, self.n_moves);
        self.n_moves += part.redline.carries.len();
        for stop in stops(part.redline) {
            self.add_stop(part, stop, number_of[stop.at], &carried);
        }
    }

    fn add_stop(&mut self, part: &MarkedPart<'a>, stop: Stop, number: usize, carried: &Carried) {
        let op = stop.op;
        let kept = match (is_move(op), stop.is_old_place) {
            (false, _) => Fate::Same,
            (true, true) => Fate::From(number),
            (true, false) => Fate::To(number),
        };
        if op.words.is_empty() {
            match op.kind {
                Kind::Same | Kind::Move | Kind::MoveEdit if stop.is_old_place => self.add(part.old, op.old, kept),
                Kind::Same | Kind::Move | Kind::MoveEdit => self.add_kept(part, op.old, op.new, kept),
                _ => {
                    self.add(part.old, op.old, Fate::Delete);
                    self.add(part.new, op.new, Fate::Insert);
                }
            }
            return;
        }
        // A moved graf that was edited: what went is told where it stood, what came where it stands.
        let (is_told_gone, is_told_come) = (!is_move(op) || stop.is_old_place, !stop.is_old_place);
        for word in &op.words {
            match word.kind {
                WordKind::Same if stop.is_old_place => self.add(part.old, word.old, kept),
                WordKind::Same => self.add_kept(part, word.old, word.new, kept),
                WordKind::Delete if is_told_gone => self.add_run(part, &word, fate(carried, &word), carried),
                WordKind::Insert if is_told_come => self.add_run(part, &word, fate(carried, &word), carried),
                _ => {}
            }
        }
    }

    /// A run that went or came. Of a sentence that was edited on its way, what went is told where it stood, and what came
    /// where it stands.
    fn add_run(&mut self, part: &MarkedPart<'a>, word: &WordOp, fate: Fate, carried: &Carried) {
        let is_gone = word.kind == WordKind::Delete;
        let (text, span) = if is_gone { (part.old, word.old) } else { (part.new, word.new) };
        let carry = fate.in_move().map(|number| &part.redline.carries[number - carried.first]);
        let Some(carry) = carry.filter(|carry| carry.is_edited()) else { return self.add(text, span, fate) };
        for inner in &carry.words {
            let span = if is_gone { inner.old } else { inner.new };
            self.add(
                text,
                span,
                match inner.kind {
                    WordKind::Same => fate,
                    WordKind::Delete => Fate::Delete,
                    WordKind::Insert => Fate::Insert,
                },
            );
        }
    }

    fn add(&mut self, text: &'a str, span: Option<Span>, fate: Fate) {
        self.add_from(text, span, None, fate);
    }

    /// Words where they stand in the new text.
    fn add_kept(&mut self, part: &MarkedPart<'a>, old: Option<Span>, new: Option<Span>, fate: Fate) {
        let old_at = if fate == Fate::Same { part.stood_at(old, new) } else { None };
        self.add_from(part.new, new, old_at, fate);
    }

    fn add_from(&mut self, text: &'a str, span: Option<Span>, old_start: Option<usize>, fate: Fate) {
        let Some(span) = span else { return };
        let mut at = span.start;
        for (n, line) in span.of(text).split('\n').enumerate() {
            if n > 0 {
                self.push_break(fate);
            }
            if !line.is_empty() {
                let old_at = old_start.map(|old_start| old_start + at - span.start);
                self.tokens.push(Token::Words { text: line, at, old_at, fate, part: self.part });
            }
            at += line.len() + 1;
        }
    }

    /// Two breaks with nothing between are one.
    fn push_break(&mut self, fate: Fate) {
        let Some(Token::Break(last)) = self.tokens.last_mut() else {
            return self.tokens.push(Token::Break(fate));
        };
        let (is_old, is_new) = (last.is_old() || fate.is_old(), last.is_new() || fate.is_new());
        if is_old && is_new {
            *last = Fate::Same;
        }
    }
}

/// Takes out of one text the breaks that end no paragraph there: the first, the last, and those beside another. `left` is
/// the fate of a break that then stands in the other text alone.
fn drop_idle(mut tokens: Vec<Token>, is_there: impl Fn(Fate) -> bool, left: Fate) -> Vec<Token> {
    let (mut idle, mut last, mut has_words) = (Vec::new(), None, false);
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| is_there(token.fate())) {
        match token {
            Token::Words { .. } => has_words = true,
            Token::Break(_) if has_words => (last, has_words) = (Some(at), false),
            Token::Break(_) => idle.push(at),
        }
    }
    if !has_words {
        idle.extend(last);
    }
    let mut is_gone = vec![false; tokens.len()];
    for at in idle {
        match tokens[at].fate() {
            Fate::Same => tokens[at] = Token::Break(left),
            _ => is_gone[at] = true,
        }
    }
    let mut gone = is_gone.into_iter();
    tokens.retain(|_| !gone.next().unwrap_or(false));
    tokens
}

/// A move that shows on one side only is none.
fn pair_moves(mut tokens: Vec<Token>, n_moves: usize) -> Vec<Token> {
    let mut seen = vec![(false, false); n_moves];
    for token in &tokens {
        match token {
            Token::Words { fate: Fate::From(number), .. } => seen[*number].0 = true,
            Token::Words { fate: Fate::To(number), .. } => seen[*number].1 = true,
            _ => {}
        }
    }
    for token in &mut tokens {
        let (Token::Words { fate, .. } | Token::Break(fate)) = token;
        match *fate {
            Fate::From(number) if seen[number] != (true, true) => *fate = Fate::Delete,
            Fate::To(number) if seen[number] != (true, true) => *fate = Fate::Insert,
            _ => {}
        }
    }
    tokens
}
