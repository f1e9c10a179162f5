//! A reading that keeps up with typing: what each graf says is kept, and only what an edit touches is read again.

use super::attribution::{self, Lead};
use super::furniture;
use super::graf::Graf;
use super::names::{self, Names, Naming};
use super::speaker::{self, Memory, Told};
use super::{Quote, Reading};
use crate::draft;
use crate::span::{self, Span};
use std::cell::RefCell;
use std::collections::HashMap;

/// A byline stands among the first lines.
const MAX_BYLINE: usize = 6;

/// The text last read and what each of its grafs says.
#[derive(Default)]
pub struct Live {
    text: String,
    /// In order, blank ones left out.
    lines: Vec<Line>,
}

/// A line of the text.
struct Line {
    span: Span,
    /// The list of phrases says that it is not copy.
    is_listed: bool,
    is_furniture: bool,
    /// None for furniture, and until it is read.
    graf: Option<Kept>,
}

/// What a graf says by itself.
struct Kept {
    /// The graf before left a passage open.
    is_inside: bool,
    /// Leaves a passage open itself.
    is_open: bool,
    is_heading: bool,
    n_sentences: usize,
    namings: Vec<Naming>,
    /// What it hands over to the next graf.
    lead: Option<Lead>,
    /// Whom it names as a signature to the graf before.
    signature: Option<Span>,
    /// Who writes, where it is a byline.
    byline: Option<Span>,
    said: Option<Said>,
}

/// What is attributed in a graf, and what that rests on beside the graf's own words.
struct Said {
    /// What the graf before hands over.
    lead: Option<Lead>,
    /// Who signs in the graf after.
    signed: Option<Span>,
    /// Whom the text was asked about, and whether it names them.
    asked: Vec<(String, bool)>,
    finds: Vec<Told>,
}

impl Live {
    /// Reads the text as it stands now: byte for byte what [`super::find`] reads in it. Total: any text, never a panic.
    ///
    /// Cost: the grafs that changed since the last reading, and one pass over the names and the finds of all.
    pub fn read(&mut self, text: &str) -> Reading {
        let text = &*draft::blank_comments(text);
        self.keep_equal_lines(text);
        let furniture = self.set_furniture_aside();
        let grafs = self.read_grafs(text);
        let mut said: Vec<Option<Said>> =
            self.lines.iter_mut().map(|line| line.graf.as_mut().and_then(|kept| kept.said.take())).collect();
        let kept = self.lines.iter().filter_map(|line| line.graf.as_ref());
        let names = Names::read(kept.map(|kept| (kept.namings.as_slice(), kept.n_sentences)));
        self.attribute(text, grafs, &names, &mut said);
        let quotes = self.quotes(text, &names, &said);
        for (line, said) in self.lines.iter_mut().zip(said) {
            if let Some(kept) = &mut line.graf {
                kept.said = said;
            }
        }
        Reading { quotes, furniture }
    }

    /// Takes over what is known of each line that stood in the last text too, at its new place.
    fn keep_equal_lines(&mut self, text: &str) {
        let spans = span::lines(text);
        let old = std::mem::take(&mut self.lines);
        let is_equal = |(line, span): &(&Line, &Span)| line.span.of(&self.text) == span.of(text);
        let n_front = old.iter().zip(&spans).take_while(is_equal).count();
        let n_back = old[n_front..].iter().rev().zip(spans[n_front..].iter().rev()).take_while(is_equal).count();
        let (n_old, n_new) = (old.len() - n_front - n_back, spans.len() - n_front - n_back);

        let mut old = old.into_iter();
        let mut lines = Vec::with_capacity(spans.len());
        lines.extend(old.by_ref().take(n_front));
        // Between the two equal ends grafs may have been moved, pasted or taken out: they are known by their words.
        let mut loose: HashMap<&str, Vec<Line>> = HashMap::new();
        for line in old.by_ref().take(n_old) {
            loose.entry(line.span.of(&self.text)).or_default().push(line);
        }
        for span in &spans[n_front..n_front + n_new] {
            let line = loose.get_mut(span.of(text)).and_then(Vec::pop);
            lines.push(line.unwrap_or_else(|| Line::new(text, *span)));
        }
        lines.extend(old);
        for (line, span) in lines.iter_mut().zip(&spans) {
            line.move_to(*span);
        }
        self.lines = lines;
        text.clone_into(&mut self.text);
    }

    /// Says of each line whether it is copy; the furniture, in order.
    fn set_furniture_aside(&mut self) -> Vec<Span> {
        let from_last = self.lines.iter().rev().map(|line| (line.span.of(&self.text), line.is_listed));
        let at_tail = self.lines.len() - furniture::count_tail(from_last);
        for (at, line) in self.lines.iter_mut().enumerate() {
            line.is_furniture = line.is_listed || at >= at_tail;
            line.graf = line.graf.take().filter(|_| !line.is_furniture);
        }
        self.lines.iter().filter(|line| line.is_furniture).map(|line| line.span).collect()
    }

    /// Reads the grafs that are not known yet; for each line the graf, if it was read now.
    fn read_grafs<'t>(&mut self, text: &'t str) -> Vec<Option<Graf<'t>>> {
        let mut is_inside = false;
        let read = |line: &mut Line| {
            if line.is_furniture {
                return None;
            }
            let known = line.graf.take().filter(|kept| kept.is_inside == is_inside);
            let graf = known.is_none().then(|| Graf::read(text, line.span, is_inside));
            let kept = known.or_else(|| graf.as_ref().map(|graf| Kept::new(graf, is_inside)));
            is_inside = kept.as_ref().is_some_and(|kept| kept.is_open);
            line.graf = kept;
            graf
        };
        self.lines.iter_mut().map(read).collect()
    }

    /// Attributes the words of each graf whose attributions are not known, or rest on what is no longer so.
    fn attribute(&self, text: &str, grafs: Vec<Option<Graf>>, names: &Names, said: &mut [Option<Said>]) {
        let copy = self.lines.iter().filter_map(|line| line.graf.as_ref()).filter(|kept| !kept.is_heading);
        let mut signatures = copy.skip(1).map(|kept| kept.signature);
        let mut lead = None;
        for ((line, graf), said) in self.lines.iter().zip(grafs).zip(said) {
            let Some(kept) = line.graf.as_ref().filter(|kept| !kept.is_heading) else { continue };
            let signed = signatures.next().flatten();
            if !said.as_ref().is_some_and(|said| said.holds(lead, signed, names)) {
                let graf = graf.unwrap_or_else(|| Graf::read(text, line.span, kept.is_inside));
                *said = Some(Said::new(&graf, lead, signed, names));
            }
            lead = kept.lead;
        }
    }

    /// Says who spoke each find, from the first on: each may rest on those before it.
    fn quotes(&self, text: &str, names: &Names, said: &[Option<Said>]) -> Vec<Quote> {
        let top = self.lines.iter().take(MAX_BYLINE).filter_map(|line| line.graf.as_ref());
        let byline = top.filter_map(|kept| kept.byline).next();
        let mut memory = Memory::default();
        memory.byline = byline.map(|name| (name.of(text).to_owned(), name));
        let mut quotes = Vec::new();
        // Speech over several grafs may name its speaker in the last.
        let mut waiting: Vec<(Span, &Told)> = Vec::new();
        let grafs = self.lines.iter().zip(said).filter_map(|(line, said)| Some((line, line.graf.as_ref()?, said)));
        for (line, kept, said) in grafs {
            let finds = said.as_ref().map_or(&[][..], |said| &said.finds);
            if kept.waits(finds) && !(kept.is_inside && waiting.is_empty()) {
                waiting.push((line.span, &finds[0]));
                continue;
            }
            let is_last = kept.is_inside && finds.first().is_some_and(|told| told.find.goes_on(line.span));
            let settled = if is_last { Vec::new() } else { std::mem::take(&mut waiting) };
            for (graf, told) in settled {
                quotes.extend(Quote::new(&told.find, speaker::resolve(text, names, graf, told, &mut memory)));
            }
            for told in finds {
                let speaker = speaker::resolve(text, names, line.span, told, &mut memory);
                for (_, told) in waiting.drain(..) {
                    quotes.extend(Quote::new(&told.find, speaker.clone().map(speaker::run_on)));
                }
                quotes.extend(Quote::new(&told.find, speaker));
            }
        }
        for (graf, told) in waiting {
            quotes.extend(Quote::new(&told.find, speaker::resolve(text, names, graf, told, &mut memory)));
        }
        quotes.sort_by_key(|quote| (quote.content[0], quote.cue));
        quotes
    }
}

impl Line {
    fn new(text: &str, span: Span) -> Line {
        Line { span, is_listed: furniture::is_listed(span.of(text)), is_furniture: false, graf: None }
    }

    fn move_to(&mut self, span: Span) {
        let (from, to) = (self.span.start, span.start);
        self.span = span;
        if let Some(kept) = self.graf.as_mut().filter(|_| from != to) {
            kept.move_spans(from, to);
        }
    }
}

impl Kept {
    fn new(graf: &Graf, is_inside: bool) -> Kept {
        Kept {
            is_inside,
            is_open: graf.passages.last().is_some_and(|passage| passage.is_open),
            is_heading: graf.is_heading,
            n_sentences: graf.sentences.len(),
            namings: names::namings(graf),
            lead: attribution::lead(graf).filter(|_| !graf.is_heading),
            signature: attribution::signature(graf),
            byline: attribution::byline(graf),
            said: None,
        }
    }

    /// All it has are words left open that it gives to nobody.
    fn waits(&self, finds: &[Told]) -> bool {
        let is_open = |told: &Told| told.find.cue.is_none() && told.find.mention.is_none();
        self.is_open && matches!(finds, [told] if is_open(told))
    }

    fn move_spans(&mut self, from: usize, to: usize) {
        for naming in &mut self.namings {
            naming.run.span = naming.run.span.moved(from, to);
        }
        self.lead = self.lead.map(|lead| lead.moved(from, to));
        self.signature = self.signature.map(|signature| signature.moved(from, to));
        self.byline = self.byline.map(|byline| byline.moved(from, to));
        // What was handed over stood before the graf, and may have no place before it now.
        let fits = |said: &Said| said.lead.is_none_or(|lead| lead.start() + to >= from);
        self.said = self.said.take().filter(fits).map(|said| said.moved(from, to));
    }
}

impl Said {
    fn new(graf: &Graf, lead: Option<Lead>, signed: Option<Span>, names: &Names) -> Said {
        let asked = RefCell::new(Vec::new());
        let is_named = |words: &str| {
            let is_known = names.is_known(words);
            asked.borrow_mut().push((words.to_owned(), is_known));
            is_known
        };
        let finds = attribution::find(graf, lead.as_ref(), signed, &is_named);
        let finds = finds.into_iter().map(|find| speaker::tell(graf, find)).collect();
        Said { lead, signed, asked: asked.into_inner(), finds }
    }

    /// All that it rests on is still so.
    fn holds(&self, lead: Option<Lead>, signed: Option<Span>, names: &Names) -> bool {
        let is_between_the_same = self.lead == lead && self.signed == signed;
        is_between_the_same && self.asked.iter().all(|(words, is_known)| names.is_known(words) == *is_known)
    }

    fn moved(mut self, from: usize, to: usize) -> Said {
        self.lead = self.lead.map(|lead| lead.moved(from, to));
        self.signed = self.signed.map(|signed| signed.moved(from, to));
        for told in &mut self.finds {
            told.find.move_spans(from, to);
        }
        self
    }
}
