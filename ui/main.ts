import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/inter/wght-italic.css'
import '@fontsource-variable/source-serif-4/opsz.css'
import '@fontsource-variable/source-serif-4/opsz-italic.css'
import './theme.css'
import { mount } from 'svelte'
import App from './App.svelte'
import { setHostForTest } from './host'

/** Starts the page. `vite dev` has no core behind it and plays from the fixture. */
async function start(target: HTMLElement): Promise<void> {
  if (import.meta.env.DEV) {
    const { fixtureHost } = await import('./fixture')
    setHostForTest(fixtureHost())
  }
  mount(App, { target })
}

const target = document.getElementById('page')
if (target) void start(target)
