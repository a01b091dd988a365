const KEY = 'tidepole.theme';

/** Storage may be denied; then a choice lasts as long as the page. */
const storage = {
  read() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  },
  write(value) {
    try {
      localStorage.setItem(KEY, value);
    } catch {
      // Nothing depends on it.
    }
  },
};

/** Dark or light: as the system says until someone chooses. */
export class Theme {
  constructor(changed) {
    this.system = matchMedia('(prefers-color-scheme: light)');
    this.contrast = matchMedia('(prefers-contrast: more)');
    this.chosen = storage.read();
    this.changed = changed;
    this.system.addEventListener('change', () => this.apply());
    this.contrast.addEventListener('change', () => this.apply());
    this.apply();
  }

  get name() {
    const chosen = this.chosen === 'light' || this.chosen === 'dark';
    return chosen ? this.chosen : this.system.matches ? 'light' : 'dark';
  }

  toggle() {
    this.chosen = this.name === 'light' ? 'dark' : 'light';
    storage.write(this.chosen);
    this.apply();
  }

  apply() {
    document.documentElement.dataset.theme = this.name;
    this.changed?.();
  }
}
