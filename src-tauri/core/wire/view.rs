//! The shapes of the answers: bytes are UTF-16 by now, times RFC 3339 in UTC.

/// A half-open place in a text, in UTF-16 code units.
pub type Place16 = [usize; 2];

/// Declares the types that cross the wire: camel case there, and TypeScript written from them.
macro_rules! wire_types {
    ($($(#[doc = $doc:literal])* pub struct $name:ident { $($(#[doc = $field_doc:literal])* pub $field:ident: $type:ty,)* })*) => {
        $(
            $(#[doc = $doc])*
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
            #[cfg_attr(test, derive(ts_rs::TS))]
            #[serde(rename_all = "camelCase")]
            pub struct $name { $($(#[doc = $field_doc])* pub $field: $type,)* }
        )*

        /// Every wire type of this file as TypeScript, in its order.
        #[cfg(test)]
        pub(super) fn declarations(config: &ts_rs::Config) -> Vec<String> {
            use ts_rs::TS;
            vec![$(<$name as TS>::decl(config),)*]
        }
    };
}

mod check;
mod comment;
mod compare;
mod desk;
mod out;
mod proposal;
mod spelling;
mod style;

pub use check::*;
pub use comment::*;
pub use compare::*;
pub use desk::*;
pub use out::*;
pub use proposal::*;
pub use spelling::*;
pub use style::*;

/// Every wire type as TypeScript.
#[cfg(test)]
pub fn type_declarations(config: &ts_rs::Config) -> Vec<String> {
    let files = [
        desk::declarations,
        check::declarations,
        style::declarations,
        spelling::declarations,
        comment::declarations,
        compare::declarations,
        proposal::declarations,
        out::declarations,
    ];
    files.iter().flat_map(|of_file| of_file(config)).collect()
}
