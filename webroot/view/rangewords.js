import { age, clock, clockMinutes, day } from './format.js';
import { words } from '../words.js';

const HOUR = 3_600_000;

/**
 * What is in sight, in words: "Last 5 minutes", "10:38:20 to 10:41:48", "20 Nov 08:00 to 21 Nov 08:00". Less
 * than an hour is told with its seconds. `range` in seconds.
 */
export function rangeWords({ from, until, zoomed, now }, range, narrow) {
  if (!zoomed && typeof range === 'number') {
    return (narrow ? words.shortRange : words.lastRange)[range] ?? words.time.last(age(range * 1000));
  }
  if (day(from) === day(until) && day(until) === day(now)) return words.zoomed(clock(from), clock(until));
  const time = until - from < HOUR ? clock : clockMinutes;
  return words.zoomed(`${day(from)} ${time(from)}`, `${day(until)} ${time(until)}`);
}
