import { DASH, NB, age, clock } from '../../view/format.js';
import { h, setAttribute, setClass, setHidden, setText } from '../../view/dom.js';
import { icon, setIcon } from '../../view/icons.js';
import { limitOf } from '../thresholds.js';
import { parts, told, toldLimit } from '../told.js';
import { poleFor, scaleFor } from './pole.js';
import { words } from '../words.js';
import '../../view/spark.js';

const MINUTE = 60_000;

/** A large number with its pole, its past, and what there is to say of it. */
export class Stat {
  #whole = h('span');
  #fraction = h('i');
  #unit = h('u');
  #sign = icon('stale', 'hidden');
  #note = h('span');
  #spark = document.createElement('tide-spark');
  #past = [];

  constructor(page, panel) {
    Object.assign(this, { page, panel });
    this.pole = poleFor(panel);
    this.number = h('p.big.num', {}, this.#whole, this.#fraction, this.#unit);
    this.note = h('p.snote', {}, this.#sign, this.#note);
    this.node = h('div.stat', {}, this.pole.node, this.number, this.#spark, this.note);
  }

  draw(moment, rows, source) {
    const row = rows[0];
    const now = row?.newest(moment) ?? { value: NaN, old: 0 };
    const verdict = row?.judged(moment) ?? { level: '', since: 0 };
    const level = now.old ? '' : verdict.level;
    this.#number(now.value, row?.unit ?? this.panel.unit ?? '');
    setClass(this.node, 'old', now.old > 0);
    setClass(this.node, 'unknown', !Number.isFinite(now.value));
    this.pole.show(now.value, row, level);
    this.#say(moment, rows, now, verdict, source);
    if (row) this.#draw(moment, row, level, now.old);
    return { rows: row ? [{ row, ...now, level }] : [] };
  }

  #number(value, unit) {
    const [number, name] = parts(value, unit, this.panel.decimals);
    const at = number.search(/[.,](?=\d+$)/);
    setText(this.#whole, at < 0 ? number : number.slice(0, at));
    setText(this.#fraction, at < 0 ? '' : number.slice(at));
    setText(this.#unit, name);
    setAttribute(this.number, 'data-length', String(Math.min(9, Math.max(3, number.length))));
  }

  /** Age comes before a threshold, a threshold before the change. */
  #say(moment, rows, now, { level, since }, source) {
    const row = rows[0];
    const sign = now.old ? 'stale' : level;
    setClass(this.#sign, 'hidden', !sign);
    if (sign) setIcon(this.#sign, sign);
    this.note.className = `snote ${now.old ? 'warn' : level}`.trim();
    if (!row) return setText(this.#note, source.failure ? words.panel.refused(source.failure) : source.waiting ? words.panel.waiting : words.panel.none);
    if (now.old) return setText(this.#note, words.panel.stale(clock(now.time)));
    if (level) return setText(this.#note, this.#verdict(moment, row, level, since));
    setText(this.#note, this.#calm(moment, row, now, rows.length));
  }

  #verdict(moment, row, level, since) {
    const { thresholds } = this.panel;
    const limit = toldLimit(limitOf(thresholds, level), row.unit);
    const beyond = thresholds.direction === 'below' ? words.panel.below(limit) : words.panel.above(limit);
    const lasts = moment.until - since;
    return lasts >= 1000 && since > moment.from + 2000 ? `${beyond} ${words.panel.for(age(lasts))}` : beyond;
  }

  #calm(moment, row, now, count) {
    const more = count > 1 ? `, ${words.panel.more(count - 1)}` : '';
    const limit = this.panel.thresholds?.warn ?? this.panel.thresholds?.critical;
    if (limit !== undefined) return words.panel.limit(toldLimit(limit, row.unit)) + more;
    const by = now.value - row.at(moment.until - MINUTE);
    if (!Number.isFinite(by)) return count > 1 ? words.panel.more(count - 1) : '';
    const change = told(Math.abs(by), row.unit, this.panel.decimals);
    const none = /^[0.,\s]*\D*$/.test(change) && !/[1-9]/.test(change);
    return (none || change === DASH ? words.panel.as : `${by < 0 ? '−' : '+'}${change} ${words.panel.inSixty}`) + more;
  }

  #draw(moment, row, level, old) {
    this.#past = row.values(moment, this.#past);
    const { palette } = this.page;
    const ends = scaleFor(this.panel, row);
    const limit = this.panel.thresholds?.warn ?? this.panel.thresholds?.critical;
    this.#spark.show(this.#past, {
      palette, color: old ? 'ink-3' : level || 'accent', low: ends?.low, high: ends?.high, reach: row.reach, base: true, end: old ? 'warn' : undefined, limit,
    }, `${row.source.stamp(moment)} ${level} ${old > 0}`);
  }
}
