// The page used as a person would: shop.html and merged.html. Leaves its screenshots beside them.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {count, middleOf, moveTo, open, painted, shot, signal} from './page.mjs';

test('looks as it should in light and dark', async t => {
  for (const scheme of ['light', 'dark']) {
    for (const name of ['shop', 'merged']) {
      const page = await open(t, `${name}.html`, scheme);
      assert.equal(await signal(page, 'theme'), scheme);
      await shot(page, `${name}_${scheme}`);
    }
  }
});

test('boxes are painted in their colours', async t => {
  const page = await open(t, 'merged.html');
  const at = await middleOf(page, 'box', item => item.datum.depth === 0);
  const pixel = await page.evaluate(({x, y}) => {
    const canvas = document.querySelector('canvas');
    return [...canvas.getContext('2d').getImageData(x, y, 1, 1).data];
  }, at);
  const expected = await page.evaluate(() => view.data('boxes')[0].function.fill);
  assert.equal(`rgb(${pixel.slice(0, 3).join(', ')})`, expected);
});

test('a hover tells what the call was given and gave', async t => {
  const page = await open(t, 'shop.html');
  await page.evaluate(() => {
    const box = view.data('boxes').find(
      box => box.state === 1 && box.function.name === 'bank::Terminal::pay');
    view.signal('domain', [box.start - box.width, box.end + box.width]);
  });
  await painted(page);
  await moveTo(page, await middleOf(page, 'box', item => item.datum.state === 1 &&
                                    item.datum.function.name === 'bank::Terminal::pay'));
  await painted(page);
  const tooltip = page.locator('#tooltip');
  assert.ok(await tooltip.isVisible());
  const text = await tooltip.innerText();
  for (const part of ['bank::Terminal::pay', 'order = ', 'card = "4000 0000 0000 0002"',
                      'bank::Declined("card declined: insufficient funds") {code: 51}',
                      'changed', 'card = "declined"', 'total', 'self', 'src/shop.cc:']) {
    assert.ok(text.includes(part), `${part} in ${text}`);
  }
  await shot(page, 'tooltip');
  await page.mouse.move(700, 790);
  assert.ok(await tooltip.isHidden());
});

test('a click focuses, the breadcrumb leads back', async t => {
  const page = await open(t, 'merged.html');
  const isWrite = item => item.datum.function.name === 'web::Socket::write';
  const {x, y} = await middleOf(page, 'box', isWrite);
  await page.mouse.click(x, y);
  await painted(page);
  const focus = await signal(page, 'focus');
  assert.equal(focus.function.name, 'web::Socket::write');
  assert.deepEqual(await signal(page, 'domain'), [focus.start, focus.end]);
  const crumbs = await page.evaluate(() => itemsNamed(view, 'crumb').map(item => item.text));
  assert.deepEqual(crumbs, ['› main × 3', '› serve × 927', '› render × 885', '› write × 2,643']);
  await shot(page, 'focus');

  const back = await middleOf(page, 'crumb', item => item.text.includes('render'));
  await page.mouse.click(back.x, back.y);
  await painted(page);
  assert.equal((await signal(page, 'focus')).function.name, 'web::Page::render');
  const all = await middleOf(page, 'all', () => true);
  await page.mouse.click(all.x, all.y);
  await painted(page);
  assert.equal(await signal(page, 'focus'), null);
  assert.deepEqual(await signal(page, 'domain'), await signal(page, 'extent'));
});

test('the wheel zooms about the pointer', async t => {
  const page = await open(t, 'shop.html');
  const underPointer = () => page.evaluate(x => view.scale('x').invert(x - view.padding().left), 1000);
  const before = await underPointer();
  await page.mouse.move(1000, 300);
  for (let i = 0; i < 5; ++i) await page.mouse.wheel(0, -240);
  await page.waitForFunction(() => view.signal('domain')[1] - view.signal('domain')[0] <
                                   (view.signal('extent')[1] - view.signal('extent')[0]) / 4);
  await painted(page);
  const [first, last] = await signal(page, 'domain');
  assert.ok(Math.abs(await underPointer() - before) < (last - first) / 1000);
});

test('a drag pans and is no click', async t => {
  const page = await open(t, 'shop.html');
  await page.mouse.move(700, 300);
  await page.mouse.wheel(0, -300);
  await page.waitForFunction(() => view.signal('domain')[0] > view.signal('extent')[0]);
  await painted(page);
  const [first, last] = await signal(page, 'domain');
  const box = await middleOf(page, 'box', item => item.datum.depth === 0);
  await page.mouse.move(box.x, box.y);
  await page.mouse.down();
  await page.mouse.move(box.x - 100, box.y, {steps: 4});
  await page.mouse.up();
  await painted(page);
  const moved = (await signal(page, 'domain'))[0] - first;
  const expected = 100 * (last - first) / await page.evaluate(() => view.width());
  assert.ok(Math.abs(moved - expected) < expected / 20, `${moved}, not ${expected}`);
  assert.equal(await signal(page, 'focus'), null);
});

test('a search highlights, and Escape resets everything', async t => {
  const page = await open(t, 'merged.html');
  await page.keyboard.press('/');
  // An r in the search is no reset.
  await page.keyboard.type('parser::');
  await page.waitForFunction(() => view.signal('needle') === 'parser::');
  await painted(page);
  const hits = await page.evaluate(() => view.data('boxes').map(box => [box.function.name, box.hit]));
  for (const [name, hit] of hits) assert.equal(hit, name.includes('Parser::'), name);
  const share = await page.evaluate(() => itemsNamed(view, 'share')[0].text);
  assert.match(share, /“parser::”: [\d.]+% of the time/);
  await shot(page, 'search');

  await page.keyboard.press('Escape');
  await page.waitForFunction(() => view.signal('needle') === '');
  assert.equal(await page.locator('#controls input').inputValue(), '');
  assert.equal(await page.evaluate(() => view.data('boxes').every(box => box.hit)), true);
});

test('the hottest function is named, and a click on it shows where', async t => {
  const page = await open(t, 'shop.html');
  const entry = await middleOf(page, 'legendEntry', item => item.datum.place === 1);
  const hottest = await page.evaluate(() => itemsNamed(view, 'legendEntry')[0].text);
  assert.match(hottest, /^[\d.]+% web::Socket::poll$/);
  await page.mouse.click(entry.x, entry.y);
  await page.waitForFunction(() => view.signal('needle') === 'web::socket::poll');
  await painted(page);
  assert.equal(await page.locator('#controls input').inputValue(), 'web::Socket::poll');
  await shot(page, 'hottest');
});

test('keys zoom, pan and reset', async t => {
  const page = await open(t, 'shop.html');
  const extent = await signal(page, 'extent');
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await painted(page);
  const zoomed = await signal(page, 'domain');
  assert.ok(zoomed[0] > extent[0] && zoomed[1] < extent[1]);
  await page.keyboard.press('ArrowRight');
  await painted(page);
  assert.ok((await signal(page, 'domain'))[0] > zoomed[0]);
  await page.keyboard.press('r');
  await painted(page);
  assert.deepEqual(await signal(page, 'domain'), extent);
  // A second time too: to Vega, a handler that gives the same value twice has nothing to tell.
  await page.keyboard.press('+');
  await page.keyboard.press('r');
  await painted(page);
  assert.equal(await count(page, 'visible'), await count(page, 'boxes'));
});

test('the picture follows the window', async t => {
  const page = await open(t, 'shop.html');
  await page.setViewportSize({width: 900, height: 400});
  await page.waitForFunction(() => view.width() === 868);
  await painted(page);
  assert.ok(await page.evaluate(() => view.height()) <= 400);
  await page.mouse.move(400, 300);
  await page.keyboard.press('ArrowDown');
  await painted(page);
  assert.ok(await signal(page, 'scroll') > 0);
  await shot(page, 'small');
});
