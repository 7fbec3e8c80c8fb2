// The specification in real Vega, without a browser: shop.vg.json and merged.vg.json.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import test from 'node:test';
import * as vega from 'vega';
import {itemsNamed} from './flamegraph_view.mjs';

const load = file => JSON.parse(readFileSync(file, 'utf8'));

// A view that has run; what Vega complains about fails the test.
async function draw(spec) {
  const complaints = [];
  const complain = (...words) => void complaints.push(words.join(' '));
  const logger = {...vega.logger(vega.Warn), warn: complain, error: complain};
  const view = new vega.View(vega.parse(structuredClone(spec)), {renderer: 'none', logger});
  await view.runAsync();
  // Without a browser there is no window to resize.
  assert.deepEqual(complaints.filter(text => !text.includes('event source: window')), []);
  return view;
}

const sum = numbers => numbers.reduce((total, number) => total + number, 0);
const shop = await draw(load('shop.vg.json'));
const merged = await draw(load('merged.vg.json'));

test('every call is in a box, and the boxes are within the budget', () => {
  const boxes = shop.data('boxes');
  assert.ok(boxes.length >= 1000 && boxes.length <= 10000, `${boxes.length} boxes`);
  const recorded = Number(shop.signal('subtitle').match(/([\d,]+) calls/)[1].replaceAll(',', ''));
  assert.equal(sum(boxes.map(box => box.calls)), recorded);
  assert.equal(sum(merged.data('boxes').map(box => box.calls)), recorded);
});

test('every thread has a lane, and no two lanes share a row', () => {
  const lanes = shop.data('lanes');
  assert.equal(lanes.length, 3);
  lanes.reduce((end, lane) => (assert.equal(lane.row, end), lane.row + 1 + lane.rows), 0);
  assert.equal(merged.data('lanes').length, 1);
});

test('width is time', () => {
  const [first, last] = shop.signal('extent');
  for (const {datum, x1, x2} of itemsNamed(shop, 'box')) {
    const pixels = datum.width / (last - first) * shop.width();
    assert.ok(Math.abs(x2 - x1 - pixels) <= 1.01, `${datum.function.name}: ${x2 - x1}, not ${pixels}`);
  }
});

test('boxes lie inside the box above them', () => {
  const open = [];
  for (const box of shop.data('boxes')) {
    open.length = box.depth;
    const parent = open.at(-1);
    if (parent) assert.ok(parent.start <= box.start && box.end <= parent.end && parent.row === box.row - 1);
    open.push(box);
  }
});

test('labels fit into their boxes', () => {
  const boxes = new Map(itemsNamed(shop, 'box').map(item => [item.datum.id, item]));
  const labels = itemsNamed(shop, 'label');
  assert.ok(labels.length > 0);
  for (const label of labels) {
    const box = boxes.get(label.datum.id);
    assert.ok(label.x1 >= box.x1 && label.x2 <= box.x2 && label.y1 >= box.y1 - 1 && label.y2 <= box.y2 + 1,
              label.text);
  }
});

test('the SVG shows the roots by name', async () => {
  const svg = await shop.toSVG();
  assert.match(svg, /shop::main/);
  assert.match(svg, /worker 1/);
  assert.doesNotMatch(svg, /NaN|undefined/);
});

test('open and thrown calls are told apart', () => {
  const state = number => shop.data('boxes').filter(box => box.state === number);
  assert.deepEqual(state(2).map(box => box.function.name),
                   ['shop::main', 'shop::Server::serve', 'bank::Terminal::pay',
                    'shop::main', 'shop::Server::serve', 'bank::Terminal::pay']);
  for (const box of state(2)) assert.equal(box.end, shop.signal('extent')[1]);
  assert.ok(state(1).some(box => box.function.name === 'bank::Terminal::pay'));
});

test('merged stacks are longest first', () => {
  const [root, ...rest] = merged.data('boxes');
  assert.equal(root.function.name, 'shop::main');
  assert.equal(root.calls, 3);
  const children = rest.filter(box => box.depth === 1);
  children.reduce((previous, box) => (assert.ok(previous.total >= box.total), box));
});

test('focus zooms to the box and names its callers', async () => {
  const view = await draw(load('shop.vg.json'));
  const box = view.data('boxes').find(({depth, calls}) => depth === 2 && calls === 1);
  await view.signal('focus', box).runAsync();
  assert.deepEqual(view.signal('domain'), [box.start, box.end]);
  assert.deepEqual(view.data('crumbs').map(crumb => crumb.depth), [0, 1, 2]);
  assert.ok(view.data('visible').length < view.data('boxes').length);
  await view.signal('reset', 1).runAsync();
  assert.equal(view.signal('focus'), null);
  assert.deepEqual(view.signal('domain'), view.signal('extent'));
});

test('search counts time once, however the matches are nested', async () => {
  const view = await draw(load('merged.vg.json'));
  await view.signal('query', 'PARSE_value').runAsync();
  const matches = view.data('boxes').filter(box => box.hit);
  assert.ok(matches.length > 1 && matches.every(box => box.function.name === 'json::Parser::parse_value'));
  const outermost = matches.reduce((least, box) => (box.depth < least.depth ? box : least));
  assert.equal(view.data('found')[0].total, outermost.total);
  await view.signal('query', 'no such function').runAsync();
  assert.equal(view.data('boxes').filter(box => box.hit).length, 0);
});

test('a recording without calls draws nothing, and well', async () => {
  const spec = load('shop.vg.json');
  for (const data of spec.data) if (data.values) data.values = [];
  assert.equal(itemsNamed(await draw(spec), 'box').length, 0);
});
