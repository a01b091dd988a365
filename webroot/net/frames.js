/**
 * Messages at the edge. What comes in is checked here, once; inside the page a message has its shape
 * or does not exist.
 */
const SHAPES = {
  welcome: m => text(m.instance) && number(m.started) && number(m.serverTime),
  subscribed: m => number(m.subscription) && number(m.t) && (Array.isArray(m.series) ? m.series.every(series) : Array.isArray(m.topics)),
  unsubscribed: m => number(m.subscription),
  'metric.update': m => number(m.t) && numbers(m.ids) && Array.isArray(m.values) && m.ids.length === m.values.length,
  'series.added': m => Array.isArray(m.series) && m.series.every(series),
  'series.removed': m => numbers(m.ids),
  'device.state': m => text(m.deviceId) && text(m.state),
  annotation: m => number(m.removed) || (number(m.annotation?.id) && number(m.annotation.time) && text(m.annotation.text)),
  dashboard: m => text(m.name),
  'topics.missed': m => Array.isArray(m.topics),
  'subscription.degraded': m => number(m.interval),
  'subscription.restored': () => true,
  'server.draining': m => number(m.reconnectAfterMillis),
  /** A page's own: its stream was opened anew, and all after `t` comes live again. */
  rejoined: m => number(m.t),
  pong: m => number(m.clientTime) && number(m.serverTime),
  error: m => text(m.code),
};

const number = x => Number.isFinite(x);
const text = x => typeof x === 'string';
const numbers = x => Array.isArray(x) && x.every(number);
const series = s => s && number(s.id) && text(s.metric);

/** The message, or null for what is not one of ours: a newer server may say more than we know. */
export function read(data) {
  let message;
  try {
    message = JSON.parse(data);
  } catch {
    return null;
  }
  const shape = SHAPES[message?.type];
  return shape?.(message) ? message : null;
}

export const subscribe = (requestId, { select, interval, stat = 'last', by }) => JSON.stringify({ type: 'subscribe', requestId, select, interval, stat, by });
export const listen = (requestId, topics) => JSON.stringify({ type: 'subscribe', requestId, topics });
export const unsubscribe = (requestId, subscription) => JSON.stringify({ type: 'unsubscribe', requestId, subscription });
export const ping = clientTime => JSON.stringify({ type: 'ping', clientTime });
export const report = paintMillis => JSON.stringify({ type: 'client.report', paintMillis });
