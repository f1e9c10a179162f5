//! The desk file: one SQLite database, one writer.
