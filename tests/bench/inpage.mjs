// What runs inside the page that is measured: both ends of each time are taken there, so that WebDriver's own do not count.
// Each function is given to the page as text and may use nothing from around it.

/** Begins to watch: how long each key takes to be painted, and how long the page hears nothing. */
export function watch() {
  const seen = { paints: [], gaps: [], nChecks: 0 };
  window.seen = seen;
  if (window.isWatched) return;
  window.isWatched = true;
  /** The end of the frame that comes next: its callbacks, its layout and its painting are behind us. */
  window.painted = () =>
    new Promise((done) => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => done(performance.now());
        channel.port2.postMessage(null);
      });
    });
  window.addEventListener(
    'keydown',
    () => {
      const began = performance.now();
      void window.painted().then((ended) => window.seen.paints.push(ended - began));
    },
    true,
  );
  let last = performance.now();
  const tick = () => {
    const now = performance.now();
    window.seen.gaps.push(now - last);
    last = now;
    setTimeout(tick, 4);
  };
  tick();
  const ask = window.fetch;
  window.fetch = async (...args) => {
    const reply = await ask.apply(window, args);
    if (String(args[1]?.body).startsWith('{"name":"check_draft"')) window.seen.nChecks += 1;
    return reply;
  };
}

/** Puts the caret behind the graf in the middle of the text, and that graf in the middle of the window. */
export function toMiddle() {
  const content = document.querySelector('.cm-content');
  const { view } = content.cmTile.root;
  const anchor = view.state.doc.lineAt(Math.floor(view.state.doc.length / 2)).to;
  view.dispatch({ selection: { anchor }, effects: view.constructor.scrollIntoView(anchor, { y: 'center' }) });
  content.focus();
}

/** Waits for a key, then for the first paint in which something stands: `css`, with `words` in it if any are named. */
export function untilShown(css, words, done) {
  const isThere = () => [...document.querySelectorAll(css)].some((one) => !words || one.textContent.includes(words));
  window.addEventListener(
    'keydown',
    function begin(event) {
      if (['Control', 'Shift'].includes(event.key)) return;
      window.removeEventListener('keydown', begin, true);
      const began = performance.now();
      const look = () => {
        let isShown = false;
        // The last of what this frame does before it is laid out.
        requestAnimationFrame(() => (isShown = isThere()));
        void window.painted().then((ended) => (isShown ? (window.took = ended - began) : look()));
      };
      look();
    },
    true,
  );
  window.took = null;
  done();
}
