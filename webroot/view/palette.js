const COLOURS = ['bg', 'surface', 'raised', 'line', 'line-2', 'edge', 'ink', 'ink-2', 'ink-3', 'accent', 'warn', 'crit', 's0', 's1', 's2', 's3', 's4', 's5', 's6', 's7', 's8'];

/** The tokens as a canvas needs them. Read once a theme; a canvas does not know custom properties. */
export class Palette {
  constructor() {
    this.version = 0;
    this.refresh();
  }

  refresh() {
    const style = getComputedStyle(document.documentElement);
    for (const name of COLOURS) this[name] = style.getPropertyValue(`--${name}`).trim();
    this.fill = Number(style.getPropertyValue('--fill')) || 0.4;
    this.spark = Number(style.getPropertyValue('--spark')) || 0.26;
    this.sans = style.getPropertyValue('--sans').trim() || 'sans-serif';
    this.version++;
  }

  /** A colour at an opacity. */
  alpha(name, opacity) {
    const byte = Math.round(255 * opacity).toString(16).padStart(2, '0');
    return `${this[name]}${byte}`;
  }
}
