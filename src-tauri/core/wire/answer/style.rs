//! The house style.

use super::{Now, path_to_write};
use crate::desk::Desk;
use crate::error::Result;
use crate::span::Utf16;
use crate::style::{Rules, Slip};
use crate::wire::view::{ComplaintView, Exported, RulesView, SlipView, StyleView};
use crate::wire::{Begun, write_reply};
use serde::Deserialize;

pub fn find_slips(desk: &mut Desk, _now: Now, body: String) -> Result<Vec<SlipView>> {
    Ok(slip_views(&body, desk.stylist()?.find(&body)))
}

/// The arguments of `find_slips`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlipArgs {
    body: String,
}

/// The same as `find_slips`, with the reading left for later.
pub fn begin_slips(desk: &mut Desk, args: SlipArgs) -> Result<Begun> {
    let stylist = desk.stylist()?;
    Ok(Begun(Box::new(move || write_reply(&slip_views(&args.body, stylist.find(&args.body))))))
}

fn slip_views(body: &str, slips: Vec<Slip>) -> Vec<SlipView> {
    let places = Utf16::new(body);
    let view = |slip: Slip| SlipView {
        at: places.span(slip.span),
        words: slip.span.of(body).to_owned(),
        preferred: slip.preferred,
        why: slip.why,
        section: slip.section.word().into(),
        line: slip.line,
    };
    slips.into_iter().map(view).collect()
}

pub fn house_style(desk: &mut Desk, _now: Now) -> Result<StyleView> {
    let text = desk.style()?;
    let n_rules = Rules::read(&text).0.n_rules();
    Ok(StyleView { text, shipped: Rules::shipped_text().into(), is_on: desk.is_style_on()?, n_rules })
}

pub fn read_rules(_desk: &mut Desk, _now: Now, text: String) -> Result<RulesView> {
    let (rules, complaints) = Rules::read(&text);
    let complaints = complaints.into_iter().map(|it| ComplaintView { line: it.line, message: it.message });
    Ok(RulesView { n_rules: rules.n_rules(), complaints: complaints.collect() })
}

pub fn set_style(desk: &mut Desk, now: Now, text: String) -> Result<StyleView> {
    desk.set_style(&text)?;
    house_style(desk, now)
}

pub fn set_style_on(desk: &mut Desk, now: Now, is_on: bool) -> Result<StyleView> {
    desk.set_style_on(is_on)?;
    house_style(desk, now)
}

pub fn except_from_style(desk: &mut Desk, now: Now, line: usize, phrase: String) -> Result<StyleView> {
    desk.except_from_style(line, &phrase)?;
    house_style(desk, now)
}

pub fn write_style(desk: &mut Desk, _now: Now, path: String) -> Result<Exported> {
    let size_bytes = desk.write_style(path_to_write(desk, &path)?)?;
    Ok(Exported { path, size_bytes })
}
