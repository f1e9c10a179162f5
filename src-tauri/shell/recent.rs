//! Keeps what is chosen in a dialog out of the system's list of recent files, where a path may name a source. GTK notes
//! there whatever its dialogs choose; turning that off in its settings would empty the list of every program.

/// Takes out what an earlier run may have left, and from now on whatever comes. Call on the window's own thread.
#[cfg(target_os = "linux")]
pub fn keep_out() {
    use gtk::prelude::RecentManagerExt;
    if let Some(list) = gtk::RecentManager::default() {
        take_out(&list);
        list.connect_changed(take_out);
    }
}

#[cfg(not(target_os = "linux"))]
pub fn keep_out() {}

/// What only this program noted. A file another one noted too stays: it was there before.
#[cfg(target_os = "linux")]
fn take_out(list: &gtk::RecentManager) {
    use gtk::prelude::RecentManagerExt;
    let own = gtk::glib::application_name();
    for entry in list.items() {
        let noted_by = entry.applications();
        if noted_by.iter().all(|name| Some(name) == own.as_ref()) {
            // One that is gone already is what was wanted.
            let _ = entry.uri().map(|uri| list.remove_item(&uri));
        }
    }
}
