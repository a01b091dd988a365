/**
 * Limited Markdown as a tree: headings, paragraphs, lists and code blocks; bold, emphasis, code and links in them.
 * Everything else is text. Who draws it makes elements of it, so nothing in a dashboard can become markup.
 */
export function parsed(text) {
  const blocks = [];
  let open = null;
  for (const line of String(text).split(/\r?\n/)) open = read(line, open, blocks);
  return blocks;
}

const add = (blocks, block) => {
  blocks.push(block);
  return block;
};

function read(line, open, blocks) {
  if (open?.type === 'code') return inCode(line, open);
  if (/^\s*```/.test(line)) return add(blocks, { type: 'code', text: '' });
  const heading = /^(#{1,3})\s+(.*)$/.exec(line);
  if (heading) return add(blocks, { type: 'heading', level: heading[1].length, spans: spans(heading[2]) }) && null;
  const item = /^\s*[-*]\s+(.*)$/.exec(line);
  if (item) {
    const list = open?.type === 'list' ? open : add(blocks, { type: 'list', items: [] });
    list.items.push(spans(item[1]));
    return list;
  }
  if (!line.trim()) return null;
  if (open?.type !== 'paragraph') return add(blocks, { type: 'paragraph', spans: spans(line) });
  open.spans.push({ type: 'text', text: '\n' }, ...spans(line));
  return open;
}

function inCode(line, open) {
  if (/^\s*```/.test(line)) return null;
  open.text += (open.text && '\n') + line;
  return open;
}

const SPAN = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\(([^)\s]+)\)/g;
/** Pages of this server, the web, mail; nothing that runs. */
const SAFE = /^(https?:\/\/|mailto:|\/(?!\/)|#)/i;

function spans(text) {
  const found = [];
  let end = 0;
  for (const match of text.matchAll(SPAN)) {
    if (match.index > end) found.push({ type: 'text', text: text.slice(end, match.index) });
    found.push(span(match));
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ type: 'text', text: text.slice(end) });
  return found;
}

function span([whole, code, strong, emphasis, label, href]) {
  if (code !== undefined) return { type: 'code', text: code };
  if (strong !== undefined) return { type: 'strong', text: strong };
  if (emphasis !== undefined) return { type: 'emphasis', text: emphasis };
  return SAFE.test(href) ? { type: 'link', text: label, href } : { type: 'text', text: whole };
}
