const IDLE_MILLIS = 3000;

/**
 * The full screen of a wall: the pointer hides while nobody moves it, and the screen stays on where the
 * browser can promise that (over plain HTTP it cannot, and then the machine's own setting rules).
 */
export class FullScreen {
  #idle = 0;
  #lock = null;

  constructor(changed) {
    document.addEventListener('fullscreenchange', () => {
      this.#entered(this.on);
      changed();
    });
    document.addEventListener('pointermove', () => this.#moved());
    document.addEventListener('visibilitychange', () => this.on && this.#stayAwake());
  }

  get possible() {
    return document.fullscreenEnabled === true;
  }

  get on() {
    return document.fullscreenElement !== null;
  }

  toggle() {
    if (!this.possible) return;
    const done = this.on ? document.exitFullscreen() : document.documentElement.requestFullscreen();
    done.catch(() => {});
  }

  #entered(on) {
    this.#moved();
    if (on) return this.#stayAwake();
    this.#lock?.release().catch(() => {});
    this.#lock = null;
  }

  #moved() {
    clearTimeout(this.#idle);
    document.documentElement.classList.remove('idle');
    if (this.on) this.#idle = setTimeout(() => document.documentElement.classList.add('idle'), IDLE_MILLIS);
  }

  async #stayAwake() {
    try {
      this.#lock = await navigator.wakeLock?.request('screen') ?? null;
    } catch {
      this.#lock = null;
    }
  }
}
