import { h } from '../../view/dom.js';
import '../../view/pole.js';

/** The ends of a panel's scale: as it says, 0 to 100 for a percentage; null where nobody knows. */
export function scaleFor(panel, row) {
  const percent = (row?.unit ?? panel.unit) === '%';
  const low = panel.min ?? (percent || panel.max !== undefined ? 0 : undefined);
  const high = panel.max ?? (percent ? 100 : undefined);
  return low === undefined || high === undefined ? null : { low, high };
}

/** The staff of a panel: {node, show(value, row, level)}. Its wedges come when its scale is known. */
export function poleFor(panel) {
  const node = document.createElement('tide-pole');
  let marked = false;
  return {
    node,
    show(value, row, level) {
      const ends = scaleFor(panel, row);
      node.classList.toggle('unknown', !ends);
      if (!ends) return;
      const part = number => (number - ends.low) / (ends.high - ends.low);
      if (!marked && panel.thresholds) node.marks(limitsIn(panel).map(part).filter(at => at >= 0 && at <= 1));
      marked = true;
      node.show(part(value), level);
    },
  };
}

export const limitsIn = ({ thresholds }) => [thresholds?.warn, thresholds?.critical].filter(limit => limit !== undefined);

/** A level bar that lies, with its limits as ticks: {node, show(part, level)}. */
export function levelBar(panel, partOf) {
  const fill = h('i');
  const node = h('span.lbar', { 'aria-hidden': 'true' }, fill);
  let marked = false;
  return {
    node,
    show(value, level) {
      const part = partOf(value);
      fill.style.width = Number.isFinite(part) ? `${Math.min(100, Math.max(0, part * 100)).toFixed(1)}%` : '0';
      fill.className = level;
      if (marked) return;
      marked = true;
      for (const limit of limitsIn(panel)) mark(node, partOf(limit));
    },
    unmark() {
      marked = false;
      for (const tick of node.querySelectorAll('u')) tick.remove();
    },
  };
}

function mark(node, part) {
  if (!(part > 0 && part < 1)) return;
  const tick = h('u');
  tick.style.left = `${part * 100}%`;
  node.append(tick);
}
