/** An element with attributes, listeners (`on…`) and children. Styles come from classes or the CSSOM: the policy forbids attributes. */
export function h(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const node = document.createElement(name);
  if (classes.length) node.className = classes.join(' ');
  for (const [key, value] of Object.entries(attributes)) assign(node, key, value);
  node.append(...children.flat().filter(child => child !== null && child !== undefined));
  return node;
}

function assign(node, key, value) {
  if (value === null || value === undefined || value === false) return;
  if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
  else node.setAttribute(key, value === true ? '' : value);
}

/** Writes text only when it differs: most of a page stays as it was a second ago. */
export function setText(node, value) {
  const first = node.firstChild;
  if (first && first.nodeType === 3 && !first.nextSibling) {
    if (first.data !== value) first.data = value;
  } else if (first || value !== '') node.textContent = value;
}

export function setClass(node, name, on) {
  if (node.classList.contains(name) !== on) node.classList.toggle(name, on);
}

export function setAttribute(node, name, value) {
  if (value === null) {
    if (node.hasAttribute(name)) node.removeAttribute(name);
  } else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

export function setHidden(node, hidden) {
  if (node.hidden !== hidden) node.hidden = hidden;
}

/** The root's font size against 16 px: on a wall everything grows together. */
export function scale() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
}
