//! The desk: one method for each thing an editor does.
