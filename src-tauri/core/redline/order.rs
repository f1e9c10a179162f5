//! What stands in the same order in both texts.

/// Of pairs sorted by their left place, told as (right place, weight), which stand in order: the heaviest chain.
///
/// Cost: n log n. Ties go to the chain found first, so the same input gives the same chain.
pub fn in_order(pairs: impl Iterator<Item = (usize, u64)>, n_right: usize) -> Vec<bool> {
    // A Fenwick tree of the heaviest chain that ends before a right place: its weight, and its last pair + 1.
    let (mut weights, mut lasts) = (vec![0_u64; n_right + 1], vec![0_u32; n_right + 1]);
    // For each pair the one before it in its chain, + 1.
    let mut before: Vec<u32> = Vec::new();
    let mut best = (0, 0);
    for (right, weight) in pairs {
        let mut chain = (0, 0);
        let mut place = right;
        while place > 0 {
            if weights[place] > chain.0 {
                chain = (weights[place], lasts[place]);
            }
            place &= place - 1;
        }
        before.push(chain.1);
        let chain = (chain.0 + weight, before.len() as u32);
        let mut place = right + 1;
        while place <= n_right {
            if chain.0 > weights[place] {
                (weights[place], lasts[place]) = chain;
            }
            place += place & place.wrapping_neg();
        }
        if chain.0 > best.0 {
            best = chain;
        }
    }
    let mut kept = vec![false; before.len()];
    let mut at = best.1 as usize;
    while at > 0 {
        kept[at - 1] = true;
        at = before[at - 1] as usize;
    }
    kept
}

/// The most cells a table may have; beyond, only places near the diagonal are looked at.
pub const MOST_CELLS: usize = 4096;

/// Pairs of places in order on both sides whose scores sum highest, each at least `least`.
///
/// Cost: at most `MOST_CELLS` scores, or one for each place of the shorter side.
pub fn best_in_order(n: usize, m: usize, least: u32, score: impl Fn(usize, usize) -> u32) -> Vec<(usize, usize)> {
    if n.saturating_mul(m) > MOST_CELLS {
        let scale = |i: usize| if n <= m { (i, i * m / n) } else { (i * n / m, i) };
        return (0..n.min(m)).map(scale).filter(|&(i, j)| score(i, j) >= least).collect();
    }
    let mut sums = vec![0_u32; (n + 1) * (m + 1)];
    let mut takes = vec![false; (n + 1) * (m + 1)];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            let skip = sums[(i + 1) * (m + 1) + j].max(sums[i * (m + 1) + j + 1]);
            let score = score(i, j);
            let take = if score >= least { score + sums[(i + 1) * (m + 1) + j + 1] } else { 0 };
            takes[i * (m + 1) + j] = take > skip;
            sums[i * (m + 1) + j] = skip.max(take);
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < n && j < m {
        if takes[i * (m + 1) + j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if sums[(i + 1) * (m + 1) + j] >= sums[i * (m + 1) + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_chain_stays_and_the_rest_moved() {
        let kept = |pairs: [(usize, u64); 3]| in_order(pairs.into_iter(), 3);
        assert_eq!(kept([(2, 1), (0, 1), (1, 1)]), [false, true, true], "two small ones outweigh one");
        assert_eq!(kept([(2, 5), (0, 1), (1, 1)]), [true, false, false], "a heavy one outweighs two");
    }

    #[test]
    fn the_best_pairs_cross_nowhere() {
        let score = |i: usize, j: usize| if i + j == 2 { 900 } else { 300 };
        assert_eq!(best_in_order(3, 3, 200, score), [(0, 0), (1, 1), (2, 2)]);
    }
}
