import { DASH, NB, bytes, fixed, measure, unitName } from '../view/format.js';

/** Units that read best with one digit after the point. */
const ONE_DIGIT = new Set(['%', 'Cel', '[degF]']);

/** [number, unit] of a value as a panel shows it. */
export function parts(value, unit, decimals) {
  if (!Number.isFinite(value)) return [DASH, unit.startsWith('By') ? '' : unitName(unit)];
  if (unit === 'By' || unit === 'By/s') return bytes(value, unit === 'By/s');
  if (decimals !== undefined) return [fixed(value, decimals), unitName(unit)];
  return ONE_DIGIT.has(unit) ? [fixed(value), unitName(unit)] : measure(value, unit);
}

/** The same as one text. */
export function told(value, unit, decimals) {
  const [number, name] = parts(value, unit, decimals);
  return name && number !== DASH ? number + NB + name : number;
}

/** The limits of a panel, without zeros after the point: `above 70 %`. */
export const toldLimit = (value, unit) => told(value, unit, unit.startsWith('By') ? undefined : Number.isInteger(value) ? 0 : Math.min(3, String(value).split('.')[1]?.length ?? 0));
