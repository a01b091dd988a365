import assert from 'node:assert/strict';
import test from 'node:test';
import { Selection } from '../../../../webroot/model/selector.js';

const takes = (selector, meta) => new Selection([selector]).matches(meta);
const press = { metric: 'temperature', labels: { device: 'line-1-press', hall: '2' } };

test('selector_matchers_areThoseOfPrometheus', () => {
  for (const [selector, wanted] of [
    ['temperature', true], ['humidity', false], ['temperature{}', true],
    ['temperature{device="line-1-press"}', true], ['temperature{device="line-1"}', false],
    ['temperature{device=~"line-1-.*"}', true], ['temperature{device=~"line-1"}', false],
    ['{device!~"line-2.*", hall="2"}', true], ['{hall!="2"}', false], ['{floor=""}', true], ['{__name__=~"temp.*"}', true],
    ["temperature{hall='2'}", true], ['temperature{device="a}b"}', false],
  ]) assert.equal(takes(selector, press), wanted, selector);
});

test('selector_escapes_areRead', () => {
  assert.equal(takes('x{a="say \\"hi\\"\\n"}', { metric: 'x', labels: { a: 'say "hi"\n' } }), true);
});

test('selector_thatCannotBeRead_takesNothing', () => {
  for (const wrong of ['', '{', '{}', 'a{b}', 'a{b=~"("}', 'a b', 'a{b="c" d}']) assert.equal(takes(wrong, press), false, wrong);
});
