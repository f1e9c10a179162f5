//! Tells when the machine is about to sleep, and has it wait until the desk is locked. Linux asks logind, over the bus GTK
//! speaks anyway; elsewhere, and where there is no logind, the page sees by its clock that the machine slept.
#![cfg_attr(not(target_os = "linux"), allow(dead_code))]

#[cfg(target_os = "linux")]
mod linux {
    use gio::glib::prelude::ToVariant;
    use gio::{BusType, Cancellable, DBusCallFlags, DBusConnection, DBusSignalFlags, UnixFDList};
    use std::cell::RefCell;

    const LOGIND: &str = "org.freedesktop.login1";
    const MANAGER: &str = "org.freedesktop.login1.Manager";
    const PATH: &str = "/org/freedesktop/login1";

    /// What this window holds of the machine’s sleep.
    #[derive(Default)]
    struct Delay {
        /// While this is held logind waits before it sleeps, for as long as it allows (five seconds, until it was told
        /// otherwise). The file in it is closed with it.
        held: Option<UnixFDList>,
        /// The machine said it is about to sleep, and is not awake again.
        is_going: bool,
    }

    thread_local! {
        /// On the window's own thread alone.
        static DELAY: RefCell<Delay> = RefCell::default();
    }

    /// Runs `work` each time the machine is about to sleep; the machine waits for [`let_go`] where `work` says so. Call
    /// both on the window's own thread.
    pub fn watch(work: impl Fn() -> bool + 'static) {
        gio::bus_get(BusType::System, Cancellable::NONE, move |bus| {
            let Ok(bus) = bus else { return };
            watch_on(&bus, work);
            // The bus is given up with its last handle, and with it what was asked of it.
            std::mem::forget(bus);
        });
    }

    /// The same on a bus that is there already.
    pub fn watch_on(bus: &DBusConnection, work: impl Fn() -> bool + 'static) {
        ask_to_wait(bus);
        // From whomever it comes: who says so wrongly has the desk locked, no more.
        bus.signal_subscribe(
            None,
            Some(MANAGER),
            Some("PrepareForSleep"),
            Some(PATH),
            None,
            DBusSignalFlags::NONE,
            move |bus, _, _, _, _, told| {
                // True before it sleeps, false when it is awake again.
                let Some(is_going) = told.try_child_get::<bool>(0).ok().flatten() else { return };
                DELAY.with_borrow_mut(|delay| delay.is_going = is_going);
                if !is_going {
                    ask_to_wait(bus);
                } else if !work() {
                    let_go();
                }
            },
        );
    }

    /// Lets a machine that is about to sleep do so; what is held for another time stays.
    pub fn let_go() {
        DELAY.with_borrow_mut(|delay| delay.held = delay.held.take().filter(|_| !delay.is_going));
    }

    /// Asks that the machine wait for us. Where nobody grants it, it sleeps at once, as it would have.
    fn ask_to_wait(bus: &DBusConnection) {
        let what = ("sleep", "Stet", "The desk is locked first", "delay").to_variant();
        bus.call_with_unix_fd_list(
            Some(LOGIND),
            PATH,
            MANAGER,
            "Inhibit",
            Some(&what),
            None,
            DBusCallFlags::NO_AUTO_START,
            -1,
            None::<&UnixFDList>,
            Cancellable::NONE,
            |granted| {
                if let Ok((_, list)) = granted {
                    DELAY.with_borrow_mut(|delay| delay.held = Some(list));
                }
            },
        );
    }
}

#[cfg(target_os = "linux")]
pub use linux::*;

#[cfg(not(target_os = "linux"))]
pub fn watch(_work: impl Fn() -> bool + 'static) {}

#[cfg(not(target_os = "linux"))]
pub fn let_go() {}
