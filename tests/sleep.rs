//! The machine waits with its sleep until the desk is locked, as far as logind can be played: a bus of our own, and on it
//! one that grants what logind would.
#![cfg(target_os = "linux")]

#[path = "../src-tauri/shell/sleep.rs"]
#[allow(dead_code, reason = "the window asks for the system's bus, the test has its own")]
mod sleep;

use gio::glib::MainContext;
use gio::glib::prelude::ToVariant;
use gio::prelude::UnixFDListExtManual;
use gio::{BusNameOwnerFlags, Cancellable, DBusConnection, DBusConnectionFlags, DBusNodeInfo, UnixFDList};
use std::cell::Cell;
use std::io::{BufRead, BufReader, PipeReader, Read};
use std::process::{Child, Command, Stdio};
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const MANAGER: &str = r#"<node><interface name="org.freedesktop.login1.Manager"><method name="Inhibit">
  <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
  <arg type="h" direction="out"/>
</method></interface></node>"#;

/// A bus that ends with the test.
struct Bus {
    daemon: Child,
    address: String,
}

impl Bus {
    fn start() -> Bus {
        let mut command = Command::new("dbus-daemon");
        command.args(["--session", "--nofork", "--print-address"]).stdout(Stdio::piped());
        let mut daemon = command.spawn().expect("dbus-daemon, which the desktop needs anyway");
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().expect("its words")).read_line(&mut address).expect("an address");
        Bus { daemon, address: address.trim().to_owned() }
    }

    fn connect(&self) -> DBusConnection {
        let flags = DBusConnectionFlags::AUTHENTICATION_CLIENT | DBusConnectionFlags::MESSAGE_BUS_CONNECTION;
        DBusConnection::for_address_sync(&self.address, flags, None, Cancellable::NONE).expect("the bus")
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

/// Stands for logind.
struct Logind {
    bus: DBusConnection,
    /// What was asked for, with the end of each grant that is told when it is let go.
    granted: Arc<Mutex<Vec<(String, String, PipeReader)>>>,
}

impl Logind {
    fn start(bus: DBusConnection) -> Logind {
        let granted = Arc::new(Mutex::new(Vec::new()));
        let info = DBusNodeInfo::for_xml(MANAGER).expect("an interface");
        let interface = info.lookup_interface("org.freedesktop.login1.Manager").expect("it");
        let grants = Arc::clone(&granted);
        let grant = move |_: DBusConnection,
                          _: &str,
                          _: &str,
                          _: &str,
                          _: &str,
                          asked: gio::glib::Variant,
                          invocation: gio::DBusMethodInvocation| {
            let (what, _, _, mode) = asked.get::<(String, String, String, String)>().expect("four words");
            let (told, held) = std::io::pipe().expect("a pipe");
            let list = UnixFDList::new();
            list.append(held).expect("a file");
            let answer = (gio::glib::variant::Handle(0),).to_variant();
            invocation.return_value_with_unix_fd_list(Some(&answer), Some(&list));
            grants.lock().expect("whole").push((what, mode, told));
        };
        let nothing = |_: DBusConnection, _: &str, _: &str, _: &str, _: &str| false.to_variant();
        let no = |_: DBusConnection, _: &str, _: &str, _: &str, _: &str, _: gio::glib::Variant| false;
        let _ = bus.register_object("/org/freedesktop/login1", &interface, grant, nothing, no).expect("registered");
        let _ = gio::bus_own_name_on_connection(
            &bus,
            "org.freedesktop.login1",
            BusNameOwnerFlags::NONE,
            |_, _| (),
            |_, _| (),
        );
        Logind { bus, granted }
    }

    fn say(&self, is_going: bool) {
        let told = (is_going,).to_variant();
        let (path, interface) = ("/org/freedesktop/login1", "org.freedesktop.login1.Manager");
        self.bus.emit_signal(None, path, interface, "PrepareForSleep", Some(&told)).expect("said");
        self.bus.flush_sync(Cancellable::NONE).expect("on its way");
    }

    fn n_granted(&self) -> usize {
        self.granted.lock().expect("whole").len()
    }

    /// Whether the nth grant was let go.
    fn is_let_go(&self, n: usize) -> bool {
        let end = self.granted.lock().expect("whole")[n].2.try_clone().expect("a second hand on it");
        is_ended(end)
    }
}

/// Whether the other end of a pipe nobody writes to is closed: then reading is done at once.
fn is_ended(mut end: PipeReader) -> bool {
    let (said, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || said.send(end.read(&mut [0]).ok() == Some(0)));
    told.recv_timeout(Duration::from_millis(200)).unwrap_or(false)
}

fn until(what: &str, is_so: impl Fn() -> bool) {
    let context = MainContext::default();
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < Duration::from_secs(20), "never came true: {what}");
        context.iteration(false);
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn the_machine_waits_until_the_desk_is_locked() {
    let bus = Bus::start();
    let logind = Logind::start(bus.connect());
    let (n_asked, must_wait) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(true)));
    let ours = bus.connect();
    // Its name is its own before it is asked for anything.
    until("logind is there", || {
        let owner = ("org.freedesktop.login1",).to_variant();
        let (name, path) = ("org.freedesktop.DBus", "/org/freedesktop/DBus");
        let call = ours.call_sync(
            Some(name),
            path,
            name,
            "NameHasOwner",
            Some(&owner),
            None,
            gio::DBusCallFlags::NONE,
            -1,
            Cancellable::NONE,
        );
        call.ok().and_then(|answer| answer.try_child_get::<bool>(0).ok().flatten()) == Some(true)
    });
    let (asked, waits) = (Rc::clone(&n_asked), Rc::clone(&must_wait));
    sleep::watch_on(&ours, move || {
        asked.set(asked.get() + 1);
        waits.get()
    });
    until("it asked to be waited for", || logind.n_granted() == 1);
    let asked_for = logind.granted.lock().expect("whole").first().map(|(what, mode, _)| (what.clone(), mode.clone()));
    assert_eq!(asked_for, Some(("sleep".into(), "delay".into())));
    // What was granted is on its way to us.
    (0..200).for_each(|_| {
        MainContext::default().iteration(false);
        std::thread::sleep(Duration::from_millis(1));
    });

    sleep::let_go();
    assert!(!logind.is_let_go(0), "a desk locked by key gives up nothing: the machine does not sleep now");
    logind.say(true);
    until("it was told", || n_asked.get() == 1);
    assert!(!logind.is_let_go(0), "the machine waits while the desk is being locked");
    sleep::let_go();
    assert!(logind.is_let_go(0), "and no longer");

    logind.say(false);
    until("awake again it asks anew", || logind.n_granted() == 2);
    (0..200).for_each(|_| {
        MainContext::default().iteration(false);
        std::thread::sleep(Duration::from_millis(1));
    });
    must_wait.set(false);
    logind.say(true);
    until("it was told again", || n_asked.get() == 2);
    assert!(logind.is_let_go(1), "with nothing to lock the machine sleeps at once");
}
