//! What SQLite refuses, said to an editor. The one place where its errors become ours.

use crate::error::{Code, Error};
use rusqlite::ErrorCode;
use rusqlite::ffi;
use std::io;
use std::path::Path;

/// What an editor does with a damaged desk; ends every message about one.
pub const WAY_OUT: &str = "Nothing was changed. `stet verify` lists the damage, `stet restore-desk` puts a backup in its \
                           place, `stet salvage` copies what can be read into a new desk file.";

/// Said of a desk that something is wrong with.
pub fn damaged() -> String {
    format!("The desk file is damaged. {WAY_OUT}")
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        let (code, message) = read(&error);
        Error::new(code, message).because(error)
    }
}

fn read(error: &rusqlite::Error) -> (Code, String) {
    use rusqlite::Error as Sql;
    match error {
        Sql::SqliteFailure(failure, _) | Sql::SqlInputError { error: failure, .. } => read_failure(failure, error),
        Sql::FromSqlConversionFailure(..)
        | Sql::IntegralValueOutOfRange(..)
        | Sql::InvalidColumnType(..)
        | Sql::Utf8Error(..)
        | Sql::QueryReturnedNoRows => (Code::Corrupt, damaged()),
        Sql::InvalidPath(path) => {
            (Code::BadInput, format!("{} cannot be the path of a desk file. Choose another.", path.display()))
        }
        Sql::NulError(_) => (Code::BadInput, "A name may not hold a NUL. Take it out and try again.".into()),
        _ => (Code::Io, format!("The desk could not do it: {error}. The last save stands; try again.")),
    }
}

fn read_failure(failure: &ffi::Error, error: &rusqlite::Error) -> (Code, String) {
    // The shared index of the log grows by truncation, and a full disk says so only in the extended code.
    if failure.code == ErrorCode::DiskFull || failure.extended_code == ffi::SQLITE_IOERR_SHMSIZE {
        let message = "The disk is full, so this was not kept. The last save stands; make room and save again.";
        return (Code::DiskFull, message.into());
    }
    if failure.extended_code == ffi::SQLITE_READONLY_ROLLBACK {
        let message = "This desk was being written when its program ended, and that must be taken back before it can be \
                       read. Copy it, with the file beside it that ends in -journal, to a folder you may write to.";
        return (Code::ReadOnly, message.into());
    }
    match failure.code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
            (Code::Busy, "Another program is writing to this desk. Nothing was changed; try again in a moment.".into())
        }
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => {
            (Code::ReadOnly, "This desk can be read, not written. Copy it to a folder you may write to.".into())
        }
        ErrorCode::DatabaseCorrupt => (Code::Corrupt, damaged()),
        ErrorCode::NotADatabase => {
            (Code::Corrupt, format!("This is no desk file of Stet, or a damaged one. {WAY_OUT}"))
        }
        ErrorCode::CannotOpen => {
            (Code::Io, "The desk file could not be opened. Look whether its folder is there and may be read.".into())
        }
        ErrorCode::TooBig => (Code::BadInput, "This text is too long to be kept in one piece. Divide it.".into()),
        ErrorCode::ConstraintViolation => {
            (Code::BadInput, format!("The desk does not allow this: {error}. Nothing was changed."))
        }
        _ => {
            (Code::Io, format!("The desk file could not be read or written: {error}. The last save stands; try again."))
        }
    }
}

/// A refusal of the file system, with what was attempted and where.
pub fn from_io(error: io::Error, attempt: &str, path: &Path) -> Error {
    let (code, advice) = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => (Code::DiskFull, "the disk is full; make room"),
        io::ErrorKind::PermissionDenied if attempt == "read" => (Code::Io, "you may not read it; ask whose it is"),
        io::ErrorKind::PermissionDenied => (Code::ReadOnly, "you may not write there; choose another folder"),
        io::ErrorKind::ReadOnlyFilesystem => (Code::ReadOnly, "the disk is read-only; choose another"),
        io::ErrorKind::NotFound => (Code::BadInput, "its folder is not there; make it or choose another"),
        _ => (Code::Io, "look whether the disk is there and works"),
    };
    Error::new(code, format!("{} could not be {attempt}: {advice}.", path.display())).because(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_of(extended_code: i32) -> Code {
        Error::from(rusqlite::Error::SqliteFailure(ffi::Error::new(extended_code), None)).code
    }

    #[test]
    fn a_refusal_of_sqlite_has_the_code_the_page_acts_on() {
        assert_eq!(code_of(ffi::SQLITE_FULL), Code::DiskFull);
        assert_eq!(code_of(ffi::SQLITE_IOERR_SHMSIZE), Code::DiskFull, "a full disk hides in an I/O error");
        assert_eq!(code_of(ffi::SQLITE_BUSY_SNAPSHOT), Code::Busy);
        assert_eq!(code_of(ffi::SQLITE_READONLY_DIRECTORY), Code::ReadOnly);
        assert_eq!(code_of(ffi::SQLITE_CORRUPT_VTAB), Code::Corrupt);
        assert_eq!(code_of(ffi::SQLITE_NOTADB), Code::Corrupt);
        assert_eq!(code_of(ffi::SQLITE_IOERR_WRITE), Code::Io);
    }
}
