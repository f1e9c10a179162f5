//! Tells when the machine is about to sleep. Linux asks logind, over the bus GTK speaks anyway; elsewhere, and where there
//! is no logind, the page sees by its clock that the machine slept.

/// Runs `work` each time the machine is about to sleep. Call it on the window's own thread.
#[cfg(target_os = "linux")]
pub fn watch(work: impl Fn() + 'static) {
    use gio::{BusType, Cancellable, DBusSignalFlags};
    gio::bus_get(BusType::System, Cancellable::NONE, move |bus| {
        let Ok(bus) = bus else { return };
        // From whomever it comes: who says so wrongly has the desk locked, no more.
        bus.signal_subscribe(
            None,
            Some("org.freedesktop.login1.Manager"),
            Some("PrepareForSleep"),
            Some("/org/freedesktop/login1"),
            None,
            DBusSignalFlags::NONE,
            move |_, _, _, _, _, told| {
                // True before it sleeps, false when it is awake again.
                if told.try_child_get::<bool>(0).ok().flatten() == Some(true) {
                    work();
                }
            },
        );
        // The bus is given up with its last handle, and with it what was asked of it.
        std::mem::forget(bus);
    });
}

#[cfg(not(target_os = "linux"))]
pub fn watch(_work: impl Fn() + 'static) {}
