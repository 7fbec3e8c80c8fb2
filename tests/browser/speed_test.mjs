// How long a page takes to come and to zoom: speed_test.mjs NAME... for the pages NAME.html.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {count, open, painted} from './page.mjs';

const kMostMilliseconds = 3000;

for (const name of process.argv.slice(2)) {
  test(`${name} paints at least a thousand marks and zooms them in time`, async t => {
    const page = await open(t, `${name}.html`);
    await page.reload();
    const paint = await painted(page);
    const marks = await count(page, 'visible');
    const canvas = await page.locator('canvas').boundingBox();
    await page.mouse.move(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2);
    await page.evaluate(() => addEventListener(
      'wheel', () => (globalThis.turned = performance.now()), {capture: true}));
    await page.mouse.wheel(0, -200);
    await page.waitForFunction(() => view.signal('wheel') !== null);
    const zoom = await painted(page) - await page.evaluate(() => turned);
    console.log(`${name}: first paint of ${marks} boxes: ${paint.toFixed()} ms; ` +
                `one zoom: ${zoom.toFixed()} ms`);
    assert.ok(marks >= 1000);
    assert.ok(paint < kMostMilliseconds && zoom < kMostMilliseconds);
  });
}
