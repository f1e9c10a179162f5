//! How many bytes a run holds at once.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

#[global_allocator]
static COUNTING: Counting = Counting;

static IS_COUNTING: AtomicBool = AtomicBool::new(false);
static N_BYTES: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

/// The system's allocator; it counts only while it is asked to, so that what is timed is not slowed.
struct Counting;

// SAFETY: every call goes to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if IS_COUNTING.load(Relaxed) {
            let n_bytes = N_BYTES.fetch_add(layout.size(), Relaxed) + layout.size();
            PEAK.fetch_max(n_bytes, Relaxed);
        }
        // SAFETY: as above.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        if IS_COUNTING.load(Relaxed) {
            // What was taken before the count began may be given back within it.
            let less = |n_bytes: usize| Some(n_bytes.saturating_sub(layout.size()));
            let _ = N_BYTES.fetch_update(Relaxed, Relaxed, less);
        }
        // SAFETY: as above.
        unsafe { System.dealloc(place, layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // What grows is not held twice: the system moves its pages.
        if IS_COUNTING.load(Relaxed) {
            let n_bytes = N_BYTES.fetch_add(size, Relaxed) + size;
            PEAK.fetch_max(n_bytes.saturating_sub(layout.size()), Relaxed);
            let less = |n_bytes: usize| Some(n_bytes.saturating_sub(layout.size()));
            let _ = N_BYTES.fetch_update(Relaxed, Relaxed, less);
        }
        // SAFETY: as above.
        unsafe { System.realloc(place, layout, size) }
    }
}

/// The most bytes a run holds at once, of those it takes itself.
pub fn peak_bytes(run: impl FnOnce()) -> usize {
    N_BYTES.store(0, Relaxed);
    PEAK.store(0, Relaxed);
    IS_COUNTING.store(true, Relaxed);
    run();
    IS_COUNTING.store(false, Relaxed);
    PEAK.load(Relaxed)
}
