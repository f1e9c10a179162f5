//! Whether two grafs have too little in common to read as word changes.

use super::token::Token;

/// A graf that keeps less than this of its words, and no row of them, reads better whole: old, then new.
const KEPT: f64 = 0.3;
const RUN: usize = 6;

/// What was kept of the words of both, 0 to 1, and the longest row of them in words, make it a rewrite.
pub fn is_rewrite(kept: f64, longest_run: usize) -> bool {
    kept < KEPT && longest_run < RUN
}

/// It will be a rewrite however the words are aligned: not even the longest chain in common would do. False says nothing.
///
/// Cost: linear in the longer, for the shorter may have 64 words; more words are not looked at.
pub fn is_sure(olds: &[Token], news: &[Token]) -> bool {
    // Most pairs begin or end alike.
    fn ends<'a>(list: &'a [Token]) -> impl DoubleEndedIterator<Item = u64> + 'a {
        list.iter().filter(|token| token.sort().is_word()).map(Token::fold)
    }
    let is_row = |n_alike: usize| n_alike == RUN;
    let (fronts, backs) = (ends(olds).zip(ends(news)), ends(olds).rev().zip(ends(news).rev()));
    if is_row(fronts.take(RUN).take_while(|(one, other)| one == other).count())
        || is_row(backs.take(RUN).take_while(|(one, other)| one == other).count())
    {
        return false;
    }
    let count = |list: &[Token]| ends(list).count();
    let (n_olds, n_news) = (count(olds), count(news));
    if !(1..=64).contains(&n_olds.min(n_news)) {
        return false;
    }
    let (short, long) = if n_olds <= n_news { (olds, news) } else { (news, olds) };
    let short: Vec<u64> = ends(short).collect();
    // Bit by bit, a place of the shorter each: where a chain may still grow, and where rows of so many words end.
    let (mut open, mut rows) = (u64::MAX, [0_u64; RUN]);
    for word in ends(long) {
        let places = short.iter().enumerate().fold(0, |places, (at, own)| places | u64::from(*own == word) << at);
        let taken = open & places;
        open = open.wrapping_add(taken) | (open - taken);
        for n in (1..RUN).rev() {
            rows[n] = places & rows[n - 1] << 1;
        }
        rows[0] = places;
        if rows[RUN - 1] != 0 {
            return false;
        }
    }
    let n_chain = (!open).count_ones() as f64;
    is_rewrite(2.0 * n_chain / (n_olds + n_news) as f64, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redline::token::tokens;
    use crate::span::Span;

    #[test]
    fn what_shares_a_row_or_a_third_of_its_words_may_be_an_edit() {
        let sure = |old: &str, new: &str| {
            let read = |text: &str| tokens(text, Span::new(0, text.len()));
            is_sure(&read(old), &read(new))
        };
        assert!(sure("a quiet market rose", "the storm closed every school"), "nothing in common");
        assert!(!sure("a quiet market rose again", "a quiet storm rose"), "most of it in order");
        assert!(
            sure("x1 x2 x3 x4 x5 x6 a b", "b a y1 y2 y3 y4 y5 y6 y7"),
            "words in another order hold nothing together"
        );
        let far = "u1 u2 u3 u4 u5 u6 u7 u8 u9 v1 v2 v3 v4 v5 v6 v7 v8 v9 w1 w2 w3 w4 w5 w6 w7 w8 w9 z1 z2 z3";
        assert!(
            !sure(
                &format!("{far} it was as cold as ice"),
                &far.replace(['u', 'v', 'w', 'z'], "q it was as cold as ice ")
            ),
            "a row"
        );
    }
}
