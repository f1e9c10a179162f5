//! The numbered steps from an empty file to the desk of today.

use super::{history, seal, typing};
use crate::error::Result;
use rusqlite::{Connection, TransactionBehavior};

/// Stands in the file's header and says it is a desk: "Stet".
pub const APPLICATION_ID: i32 = 0x5374_6574;

/// Step n brings a desk of version n - 1 to version n. Released steps are never edited.
const STEPS: [Step; 9] = [
    Step::plain(include_str!("001_desk.sql")),
    Step::plain(include_str!("002_cards.sql")),
    Step {
        before: include_str!("003_history.sql"),
        fill: history::chain_old,
        after: include_str!("003_history_chained.sql"),
    },
    Step::plain(include_str!("004_typing.sql")),
    Step { before: include_str!("005_seals.sql"), fill: seal_old, after: "" },
    Step::plain(include_str!("006_originals.sql")),
    Step::plain(include_str!("007_comments.sql")),
    Step::plain(include_str!("008_proposals.sql")),
    Step::plain(include_str!("009_recordings.sql")),
];

/// What is laid out, what is carried over, and what closes it.
struct Step {
    before: &'static str,
    fill: fn(&Connection) -> Result<()>,
    after: &'static str,
}

impl Step {
    /// A step that SQL alone can take.
    const fn plain(sql: &'static str) -> Step {
        Step { before: sql, fill: |_| Ok(()), after: "" }
    }
}

/// Seals the rows of a desk from before there were seals, and how what was typed into it ends.
fn seal_old(connection: &Connection) -> Result<()> {
    typing::note_ends(connection)?;
    seal::seal_noted(connection)
}

/// The version of a desk that has had every step.
pub const LATEST: i64 = STEPS.len() as i64;

/// Brings a desk up to date, all steps or none. Returns whether there was anything to do.
pub fn upgrade(connection: &mut Connection) -> Result<bool> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Read inside the transaction: another program may have been faster.
    let version = version(&transaction)?;
    let steps = STEPS.iter().skip(usize::try_from(version).unwrap_or_default());
    for step in steps {
        transaction.execute_batch(step.before)?;
        (step.fill)(&transaction)?;
        transaction.execute_batch(step.after)?;
    }
    if version < LATEST {
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", LATEST)?;
    }
    transaction.commit()?;
    Ok(version < LATEST)
}

/// The version a desk file says it has; 0 for an empty file.
pub fn version(connection: &Connection) -> Result<i64> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Written by a Stet that knows more steps.
pub fn is_newer(connection: &Connection) -> Result<bool> {
    Ok(application_id(connection)? == APPLICATION_ID && version(connection)? > LATEST)
}

/// What the file says it is.
pub fn application_id(connection: &Connection) -> Result<i32> {
    Ok(connection.pragma_query_value(None, "application_id", |row| row.get(0))?)
}
