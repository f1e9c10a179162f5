//! No case may hang or swell: one that takes longer or more memory than any may ends the test, and says which it was.
#![allow(dead_code, reason = "each test program uses its part of it")]

use std::fmt::Debug;
use std::io::Write;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// So long nothing takes that ends at all, in a build without optimisation on a machine with much else to do.
const LIMIT: Duration = Duration::from_secs(40);

/// So much a test program ever had in memory, all its tests at once: more than any one file may take.
const LIMIT_BYTES: u64 = 512 << 20;

/// Does some work on a case. Ends the program where it takes longer than the limit, and fails where it took the memory of the
/// whole program above its own.
pub fn within_limit<T>(case: &dyn Debug, work: impl FnOnce() -> T) -> T {
    let value = within(LIMIT, case, work);
    let peak = peak_bytes().unwrap_or_default();
    assert!(peak < LIMIT_BYTES, "{} MiB of memory were taken with {case:?}", peak >> 20);
    value
}

/// The most this program ever had in memory; none where the system does not say.
fn peak_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? << 10)
}

fn within<T>(limit: Duration, case: &dyn Debug, work: impl FnOnce() -> T) -> T {
    let (done, waiting) = channel::<()>();
    let (case, test) = (format!("{case:?}"), thread::current().name().unwrap_or("a test").to_owned());
    thread::spawn(move || {
        if waiting.recv_timeout(limit) == Err(RecvTimeoutError::Timeout) {
            // Past what the test harness holds back until a test ends, for this one does not.
            let _ = writeln!(std::io::stderr(), "{test} hangs: more than {limit:?} with {case}");
            std::process::abort();
        }
    });
    let value = work();
    drop(done);
    value
}

#[test]
fn a_case_that_hangs_is_told_and_ends_the_program() {
    const CHILD: &str = "STET_TEST_TO_HANG";
    if std::env::var_os(CHILD).is_some() {
        return within(Duration::from_millis(50), &"a long case", || thread::sleep(Duration::from_secs(60)));
    }
    let name = thread::current().name().expect("tests have names").to_owned();
    let child = std::process::Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", &name])
        .env(CHILD, "1")
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&child.stderr).into_owned();
    assert!(!child.status.success() && said.contains("hangs: more than 50ms with \"a long case\""), "{said}");
    assert_eq!(within(LIMIT, &"a short case", || 7), 7);
}

#[test]
fn the_memory_of_a_program_is_known_where_the_system_says() {
    let before = peak_bytes();
    let much = std::hint::black_box(vec![1u8; 64 << 20]);
    assert!(before.is_none() || peak_bytes() > Some(much.len() as u64));
}
