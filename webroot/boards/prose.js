import { h } from '../view/dom.js';
import { parsed } from './markdown.js';

const TAGS = { strong: 'strong', emphasis: 'em', code: 'code' };

/** What somebody wrote, as elements. */
export const prose = text => parsed(text).map(block);

function block(one) {
  switch (one.type) {
    case 'heading': return h(`h${one.level + 2}`, {}, one.spans.map(span));
    case 'list': return h('ul', {}, one.items.map(item => h('li', {}, item.map(span))));
    case 'code': return h('pre', {}, h('code', {}, one.text));
    default: return h('p', {}, one.spans.map(span));
  }
}

function span(one) {
  if (one.type === 'text') return one.text;
  if (one.type !== 'link') return h(TAGS[one.type], {}, one.text);
  const away = /^https?:/i.test(one.href);
  return h('a', { href: one.href, ...(away ? { rel: 'noreferrer noopener', target: '_blank' } : {}) }, one.text);
}
