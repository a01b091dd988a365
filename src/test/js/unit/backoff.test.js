import assert from 'node:assert/strict';
import test from 'node:test';
import { Backoff } from '../../../../webroot/net/backoff.js';

test('backoff_repeatedFailures_doublesToThirtySeconds', () => {
  const backoff = new Backoff(() => 0);
  assert.deepEqual([1, 2, 3, 4, 5, 6, 7].map(() => backoff.next()), [1000, 2000, 4000, 8000, 16000, 30000, 30000]);
});

test('backoff_reset_startsFromOneSecond', () => {
  const backoff = new Backoff(() => 0);
  backoff.next();
  backoff.next();
  backoff.reset();
  assert.equal(backoff.next(), 1000);
});

test('backoff_jitter_isAtMostAFifthLonger', () => {
  assert.equal(new Backoff(() => 1).next(), 1200);
  assert.equal(new Backoff(() => 0.5).jittered(1500), 1650);
});
