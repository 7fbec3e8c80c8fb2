// Starts and ends by a key.
import assert from 'node:assert/strict';
import test from 'node:test';
import {Host} from './host.mjs';

const {Pairs} = new Host().require('omnitrace');
const at = time => ({time});
const rest = ({open, abandoned, unstarted}) => ({open, abandoned, unstarted});

test('an end finds its start, once', () => {
  const pairs = new Pairs();
  assert.equal(pairs.start(1, at(10)), undefined);
  assert.equal(pairs.start('1', at(11)), undefined);
  assert.deepEqual(pairs.end(1, at(15)), {start: at(10), end: at(15)});
  assert.equal(pairs.end(1, at(16)), undefined);
  assert.deepEqual(rest(pairs), {open: 1, abandoned: 0, unstarted: 1});
});

test('objects are keys by what is in them', () => {
  const pairs = new Pairs();
  pairs.start({user: 1}, at(1));
  assert.deepEqual(pairs.end({user: 1}, at(2)), {start: at(1), end: at(2)});
});

test('an end that comes before its start is waited for', () => {
  const pairs = new Pairs();
  assert.equal(pairs.end('a', at(20)), undefined);
  assert.deepEqual(pairs.start('a', at(10)), {start: at(10), end: at(20)});
  assert.deepEqual(rest(pairs), {open: 0, abandoned: 0, unstarted: 0});
});

test('an end that was before its start belongs to another one', () => {
  const pairs = new Pairs();
  pairs.end('a', at(5));
  assert.equal(pairs.start('a', at(10)), undefined);
  assert.equal(pairs.end('a', at(7)), undefined);
  assert.deepEqual(pairs.end('a', at(12)), {start: at(10), end: at(12)});
  assert.deepEqual(rest(pairs), {open: 0, abandoned: 0, unstarted: 2});
});

test('a start of the same key takes the place of the one before', () => {
  const pairs = new Pairs();
  pairs.start('a', at(1));
  pairs.start('a', at(2));
  assert.deepEqual(pairs.end('a', at(3)).start, at(2));
  assert.deepEqual(rest(pairs), {open: 0, abandoned: 1, unstarted: 0});
});

test('a million starts and ends that nobody answers take bounded memory', () => {
  const pairs = new Pairs({keys: 1000});
  for (let i = 0; i < 1_000_000; ++i) {
    pairs.start(`start ${i}`, at(i));
    pairs.end(`end ${i}`, at(i));
  }
  assert.deepEqual(rest(pairs), {open: 1000, abandoned: 999_000, unstarted: 1_000_000});
  assert.ok(pairs.starts_.size <= 1000 && pairs.ends_.size <= 1000);
  assert.deepEqual(pairs.end('start 999999', at(1e6)).start, at(999_999));
});
