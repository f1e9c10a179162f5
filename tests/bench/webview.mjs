// A bare window of the web view Stet's own is made of, driven by WebDriver, and what it is given to show.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Builder, Capabilities } from 'selenium-webdriver';
import { serve } from '../page/twin.mjs';
import { freePort, openDisplay, root } from '../window/window.mjs';

const modules = path.join(root, 'ui/node_modules');

/** Where the library keeps it: a folder named after the machine. */
function browserPath() {
  const places = fs.readdirSync('/usr/lib').map((machine) => `/usr/lib/${machine}/webkit2gtk-4.1/MiniBrowser`);
  const found = places.find((place) => fs.existsSync(place));
  if (!found) throw new Error('MiniBrowser is not here: `src-tauri/setup.sh bench` installs it');
  return found;
}

/** What was opened, to be closed in turn, the last first. */
export class Opened {
  #closing = [];

  add(close) {
    this.#closing.unshift(close);
  }

  async close() {
    for (const close of this.#closing) await close();
  }
}

/** The web view on a display of its own. */
export async function openWebView(folder, opened) {
  const display = await openDisplay();
  opened.add(display.close);
  const port = await freePort();
  const env = { ...process.env, DISPLAY: display.name, GDK_BACKEND: 'x11', HOME: folder, XDG_DATA_HOME: folder, XDG_CACHE_HOME: folder };
  const server = spawn('WebKitWebDriver', [`--port=${port}`], { env, stdio: 'ignore' });
  opened.add(() => server.kill());
  const capabilities = new Capabilities();
  capabilities.set('browserName', 'MiniBrowser');
  capabilities.set('webkitgtk:browserOptions', { binary: browserPath(), args: ['--automation'] });
  const build = () => new Builder().usingServer(`http://127.0.0.1:${port}/`).withCapabilities(capabilities).build();
  for (let tries = 0; ; tries++) {
    try {
      const driver = await build();
      opened.add(() => driver.quit().catch(() => {}));
      await driver.manage().window().setRect({ x: 0, y: 0, width: 1280, height: 840 });
      await driver.manage().setTimeouts({ script: 60_000 });
      return driver;
    } catch (error) {
      if (tries === 40) throw error;
      await new Promise((wake) => setTimeout(wake, 100));
    }
  }
}

/** These make the clock of a page tell 20 µs; without them it tells whole milliseconds. */
const isolation = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

async function listen(answer, opened) {
  const server = http.createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.add(() => (server.closeAllConnections(), server.close()));
  return `http://127.0.0.1:${server.address().port}`;
}

/** The page on a desk, as `stet serve` gives it. The address works once. */
export async function serveDesk(program, deskPath, opened) {
  const { server, url } = await serve(program, deskPath);
  opened.add(() => server.kill());
  const its = new URL(url);
  const agent = new http.Agent({ keepAlive: true });
  const own = await listen((request, response) => {
    const headers = { ...request.headers, host: its.host };
    if (headers.origin) headers.origin = its.origin;
    const passed = http.request(its.origin + request.url, { method: request.method, headers, agent }, (reply) => {
      response.writeHead(reply.statusCode, { ...reply.headers, ...isolation });
      reply.pipe(response);
    });
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  }, opened);
  return own + its.pathname + its.search;
}

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' };

/** CodeMirror alone on a text (`bare.js`). */
export async function serveBare(folder, text, opened) {
  const { build } = await import(pathToFileURL(path.join(modules, 'vite/dist/node/index.js')).href);
  const made = path.join(folder, 'bare');
  await build({
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'error',
    resolve: { alias: [{ find: /^(@codemirror|@fontsource-variable)\//, replacement: `${modules}/$1/` }] },
    build: { outDir: made, emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, rollupOptions: { input: path.join(import.meta.dirname, 'bare.js'), output: { entryFileNames: 'bare.js', assetFileNames: '[name][extname]' } } },
  });
  const style = fs.readdirSync(made).find((name) => name.endsWith('.css'));
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>bare</title><link rel="stylesheet" href="${style}"><script type="module" src="bare.js"></script><body></body></html>`;
  return listen((request, response) => {
    const name = path.basename(new URL(request.url, 'http://here').pathname);
    const file = path.join(made, name);
    const isFile = name !== '' && fs.existsSync(file);
    const words = name === '' ? page : name === 'text' ? text : isFile ? fs.readFileSync(file) : '';
    const type = name === '' ? 'text/html' : (types[path.extname(name)] ?? 'text/plain; charset=utf-8');
    response.writeHead(words === '' ? 404 : 200, { 'Content-Type': type, ...isolation });
    response.end(words);
  }, opened);
}
