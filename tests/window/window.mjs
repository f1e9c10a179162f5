// Opens the real window under a display of its own and drives it through WebDriver.
import { spawn, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Builder, By, Capabilities, Key, until } from 'selenium-webdriver';

export { By, Key, until };

export const root = path.resolve(import.meta.dirname, '../..');
/** The programs, or those that watch them (`tests/unplugged.sh`). */
const programs = process.env.STET_PROGRAMS ?? path.join(root, 'target/debug');
const application = path.join(programs, 'stet-desk');
const tauriDriver = path.join(root, 'target/tools/bin/tauri-driver');

/**
 * A display for the tests alone, with room for a window of 1920 × 1080. It does not begin anew when its last window goes: a
 * window that starts just then would find no display.
 */
export async function openDisplay() {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '2000x1200x24', '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [number] = await once(child.stdio[3], 'data');
  return { name: `:${String(number).trim()}`, close: () => child.kill() };
}

/** What was started for each folder and must end before the folder goes. */
const started = new Map();

/** A folder that is gone when the test is, and with it whatever was started in it. */
export function temporaryFolder(t) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'stet-window-'));
  fs.mkdirSync(path.join(folder, 'run'), { mode: 0o700 });
  started.set(folder, []);
  t.after(async () => {
    for (const end of started.get(folder)) await end();
    started.delete(folder);
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });
  return folder;
}

/** Ends a process we started and all it started: kindly, and after five seconds for good. */
async function end(child) {
  const ended = child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : once(child, 'exit');
  child.kill('SIGTERM');
  await Promise.race([ended, new Promise((done) => setTimeout(done, 5000).unref())]);
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Its group is empty: it took everything along.
  }
}

/** The window started as an editor does, without WebDriver, in a group of its own. */
export function startPlain(display, folder, deskPath) {
  const child = spawn(application, ['--desk', deskPath], { env: environment(display, folder), stdio: 'ignore', detached: true });
  started.get(folder).push(() => end(child));
  return child;
}

/** A port of this machine that nobody listens at. */
export async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(port) {
  for (let tries = 0; tries < 200; tries++) {
    const isOpen = await new Promise((done) => {
      const socket = net.connect(port, '127.0.0.1', () => (socket.destroy(), done(true)));
      socket.on('error', () => done(false));
    });
    if (isOpen) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`nothing answers on port ${port}`);
}

/** The environment of a user who has never run Stet, whose home is `folder`. */
export function environment(display, folder) {
  return { ...process.env, DISPLAY: display.name, HOME: folder, XDG_DATA_HOME: path.join(folder, 'data'), XDG_RUNTIME_DIR: path.join(folder, 'run'), GDK_BACKEND: 'x11' };
}

/** The window on a desk file, `more` in its environment. `kill()` is kill −9: no time to save anything. */
export async function openWindow(display, folder, deskPath, more = {}) {
  const [port, nativePort] = [await freePort(), await freePort()];
  const env = { ...environment(display, folder), ...more };
  const server = spawn(tauriDriver, ['--port', String(port), '--native-port', String(nativePort)], { env, stdio: 'ignore', detached: true });
  started.get(folder).push(() => end(server));
  await answers(port);
  const capabilities = new Capabilities();
  capabilities.set('browserName', 'wry');
  capabilities.set('tauri:options', { application, args: ['--desk', deskPath] });
  const driver = await new Builder().usingServer(`http://127.0.0.1:${port}/`).withCapabilities(capabilities).build();
  await driver.wait(until.elementLocated(By.css('main')), 20000);
  return {
    driver,
    pids: () => pidsOf(deskPath),
    async close() {
      await driver.quit().catch(() => {});
      await end(server);
    },
    async kill() {
      for (const pid of pidsOf(deskPath)) process.kill(pid, 'SIGKILL');
      await driver.quit().catch(() => {});
      await end(server);
    },
  };
}

/** The window's processes on that desk, by what stands on their command line. */
function pidsOf(deskPath) {
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const words = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return words[0].endsWith('stet-desk') && words.includes(deskPath);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** What `stet` prints for a desk, as JSON. */
export function stet(args, options = {}) {
  return execFileSync(path.join(programs, 'stet'), args, { encoding: 'utf8', ...options });
}
