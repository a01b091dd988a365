/** Plain words that YAML would take for something else, or that do not stay themselves without quotes. */
const PLAIN = /^[A-Za-z_/][\w ./()-]*$/;
const RESERVED = /^(true|false|null|yes|no|on|off|~)$/i;

/** A tree of maps, lists, texts, numbers and flags as YAML, for those who copy a dashboard to where its file lies. */
export function yamlOf(tree) {
  return lines(tree, '').join('\n') + '\n';
}

function lines(value, indent) {
  return Array.isArray(value) ? value.flatMap(one => item(one, indent)) : Object.entries(value).flatMap(([key, one]) => entry(key, one, indent));
}

function entry(key, value, indent) {
  if (!isNested(value)) return [`${indent}${key}: ${scalar(value)}`];
  return isEmpty(value) ? [`${indent}${key}: ${Array.isArray(value) ? '[]' : '{}'}`] : [`${indent}${key}:`, ...lines(value, `${indent}  `)];
}

function item(value, indent) {
  if (!isNested(value)) return [`${indent}- ${scalar(value)}`];
  const [first, ...rest] = lines(value, `${indent}  `);
  return [`${indent}- ${first.trimStart()}`, ...rest];
}

const isNested = value => value !== null && typeof value === 'object';
const isEmpty = value => Object.keys(value).length === 0;

function scalar(value) {
  if (typeof value !== 'string') return String(value);
  return PLAIN.test(value) && !RESERVED.test(value) && value === value.trim() ? value : JSON.stringify(value);
}
