//! The proof.
use super::Outgoing;
pub fn write(outgoing: &Outgoing) -> String {
    outgoing.slug.to_owned()
}
