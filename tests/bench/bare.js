// The peer of `typing.mjs`: CodeMirror alone, in Stet's type and measure. `typing.mjs` has Vite bundle it.
import '@fontsource-variable/source-serif-4/opsz.css';
import '../../ui/theme.css';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';

const look = EditorView.theme({
  '&': { height: '100vh' },
  '.cm-scroller': { font: 'var(--text)' },
  '.cm-content': { maxWidth: 'var(--measure)', margin: '0 auto', padding: '0 0 40vh' },
});
const text = await (await fetch('./text')).text();
const extensions = [history(), keymap.of([...historyKeymap, ...defaultKeymap]), EditorView.lineWrapping, look];
new EditorView({ parent: document.body, state: EditorState.create({ doc: text, extensions }) });
