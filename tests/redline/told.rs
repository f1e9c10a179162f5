//! Texts whose sentences may stand in any graf, in any order.

use proptest::prelude::*;

/// `marks`: what a graf may begin with.
pub fn told(marks: &[&'static str]) -> impl Strategy<Value = String> + use<> {
    let sentences = vec![
        "Ada Okri opened the new harbour bridge at noon.",
        "The council voted on Tuesday to close three schools.",
        "“We waited long enough,” Okri said. “Now the boats can pass.”",
        "Fishing crews had asked for a **wider channel** between the piers.",
        "Nobody could say what the [report](https://a.org) cost\nthe town.",
        "It rained.",
        "Fishing crews had asked the town for a **wider channel** between the old piers.",
        "The council voted on Friday to close two schools and a library.",
    ];
    let graf = prop::collection::vec(prop::sample::select(sentences), 1..5).prop_map(|list| list.join(" "));
    let graf = (prop::sample::select(marks.to_vec()), graf).prop_map(|(mark, graf)| format!("{mark}{graf}"));
    prop::collection::vec(graf, 1..5).prop_map(|grafs| grafs.join("\n\n"))
}
