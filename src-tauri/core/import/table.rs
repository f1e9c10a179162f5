//! Cells of any blocks as the plain cells Markdown has.

use super::block::{Block, Cell, Footnote, Graf, Loss, Losses, Role, Run, Side, Table, grafs, is_blank};

/// A wider or longer table is a sheet: its rows stand as grafs.
const MAX_CELLS: usize = 100_000;

/// A table from its rows: none where it is empty; what stood in a box of one cell stands free; the rows of a sheet are
/// grafs, their cells apart by tabs.
pub fn table_of(rows: Vec<Vec<(Vec<Block>, Side)>>, losses: &mut Losses) -> Vec<Block> {
    let is_box = matches!(rows.as_slice(), [row] if row.len() == 1);
    if is_box
        && let Some((blocks, _)) = rows.first().and_then(|row| row.first())
        && (blocks.len() > 1 || !matches!(blocks.first(), Some(Block::Graf(_))))
    {
        return rows.into_iter().flatten().flat_map(|(blocks, _)| blocks).collect();
    }
    let mut rows: Vec<Vec<Cell>> = rows
        .into_iter()
        .map(|row| row.into_iter().map(|(blocks, side)| Cell { runs: flat(blocks, losses), side }).collect())
        .collect();
    let n_columns = rows.iter().map(|row| n_used(row)).max().unwrap_or_default();
    if rows.iter().flatten().all(|cell| is_blank(&cell.runs)) && n_columns == 0 {
        rows.retain(|row| row.len() > 1);
        if rows.is_empty() {
            return Vec::new();
        }
    }
    if n_columns.saturating_mul(rows.len()) > MAX_CELLS {
        losses.add(Loss::Cells);
        return rows.into_iter().flat_map(|row| grafs(Role::Plain, line(row))).collect();
    }
    vec![Block::Table(Table { rows })]
}

/// How many cells a row has, without empty ones at its end that only sheets have.
fn n_used(row: &[Cell]) -> usize {
    row.iter().rposition(|cell| !is_blank(&cell.runs)).map_or(0, |last| last + 1)
}

fn line(row: Vec<Cell>) -> Vec<Run> {
    let n_used = n_used(&row);
    let mut runs = Vec::new();
    for (n, cell) in row.into_iter().take(n_used).enumerate() {
        if n > 0 {
            runs.push(Run::plain("\t"));
        }
        runs.extend(cell.runs);
    }
    runs
}

/// The words of blocks as one line.
fn flat(blocks: Vec<Block>, losses: &mut Losses) -> Vec<Run> {
    if blocks.len() > 1 || blocks.iter().any(|block| !matches!(block, Block::Graf(_))) {
        losses.add(Loss::Cells);
    }
    let mut runs: Vec<Run> = Vec::new();
    for block in blocks {
        if !runs.is_empty() {
            runs.push(Run::plain(" "));
        }
        match block {
            Block::Graf(Graf { runs: inner, .. }) => runs.extend(inner),
            Block::Code(words) => runs.push(Run::plain(words)),
            Block::Rule => {}
            Block::Quote(inner) | Block::Footnote(Footnote { blocks: inner, .. }) => runs.extend(flat(inner, losses)),
            Block::List(list) => list.items.into_iter().for_each(|item| {
                runs.extend(flat(item, losses));
                runs.push(Run::plain(" "));
            }),
            Block::Table(table) => table.rows.into_iter().for_each(|row| {
                runs.extend(line(row));
                runs.push(Run::plain(" "));
            }),
        }
    }
    runs
}
