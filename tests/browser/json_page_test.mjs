// The page of a real recording, 47 million calls of nlohmann: json.html, and what `omnitrace stats`
// says is the hottest function in it, json.hottest.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {open, shot} from './page.mjs';

// "a::B::c" of "a::B<C<D>>::c<E>", one pair of brackets at a time from the inside.
function withoutTemplateArguments(name) {
  const shorter = name.replaceAll(/<[^<>]*>/g, '');
  return shorter === name ? name : withoutTemplateArguments(shorter);
}

test('the name of the hottest function can be read', async t => {
  const page = await open(t, 'json.html');
  await shot(page, 'json');
  const {text, fits} = await page.evaluate(() => {
    const [first, second] = itemsNamed(view, 'legendEntry');
    const context = document.createElement('canvas').getContext('2d');
    context.font = '11px sans-serif';
    const width = context.measureText(first.text).width;  // the item's own is that of what a cut left
    return {text: first.text, fits: first.x1 >= 0 && first.x1 + width < second.x1};
  });
  console.log(`hottest: ${text}`);
  assert.ok(fits, `${text} is cut`);
  const name = text.replace(/^[\d.]+% /, '');
  const hottest = withoutTemplateArguments(JSON.parse(readFileSync('json.hottest', 'utf8')).name);
  assert.ok(hottest === name || hottest.endsWith(`::${name}`), `${name}, not ${hottest}`);
});
