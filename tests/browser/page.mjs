// A flamegraph's page in headless Chromium, offline, and what a test does to it and asks it.
import assert from 'node:assert/strict';
import {pathToFileURL} from 'node:url';
import {after, before} from 'node:test';
import {chromium} from 'playwright-core';
import {itemsNamed} from './flamegraph_view.mjs';

let browser;

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
});
after(() => browser.close());

// Opens a page, and fails the test for anything it asks the network for or complains about.
export async function open(t, file, colorScheme = 'light') {
  const context = await browser.newContext({
    viewport: {width: 1400, height: 800}, colorScheme, offline: true,
  });
  const page = await context.newPage();
  const url = pathToFileURL(file).href;
  const wrong = [];
  page.on('request', request => request.url() === url || wrong.push(`request: ${request.url()}`));
  page.on('console', message => wrong.push(`console: ${message.text()}`));
  page.on('pageerror', error => wrong.push(`error: ${error.message}`));
  t.after(async () => {
    await context.close();
    assert.deepEqual(wrong, []);
  });
  await page.addInitScript(`globalThis.itemsNamed = ${itemsNamed}`);
  await page.goto(url);
  await painted(page);
  return page;
}

// Resolves when what was asked for so far is on the screen: to the milliseconds since the page was
// asked for.
export const painted = page => page.evaluate(async () => {
  await view.runAsync();
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now();
});

export const signal = (page, name) => page.evaluate(name => view.signal(name), name);
export const count = (page, data) => page.evaluate(data => view.data(data).length, data);

// The middle, on the screen, of the first item of a mark that `test` (a function's text) accepts.
export const middleOf = (page, mark, test) => page.evaluate(([mark, test]) => {
  const item = itemsNamed(view, mark).find(item => eval(test)(item));
  const {left, top} = view.padding();
  const canvas = document.querySelector('canvas').getBoundingClientRect();
  const x1 = Math.max(item.x1, 0), x2 = Math.min(item.x2, view.width());
  return {x: canvas.x + left + (x1 + x2) / 2, y: canvas.y + top + (item.y1 + item.y2) / 2};
}, [mark, String(test)]);

export async function moveTo(page, {x, y}) {
  await page.mouse.move(x - 1, y);
  await page.mouse.move(x, y);
}

export const shot = (page, name) => page.screenshot({path: `${name}.png`});
