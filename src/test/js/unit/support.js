/** A clock that only moves when told to, with timers that fire on the way. */
export class FakeTime {
  constructor(start = 1_760_000_000_000) {
    this.time = start;
    this.timers = new Map();
    this.next = 1;
  }

  now = () => this.time;

  later = (task, millis) => {
    this.timers.set(this.next, { at: this.time + millis, task });
    return this.next++;
  };

  cancel = handle => this.timers.delete(handle);

  advance(millis) {
    const end = this.time + millis;
    for (;;) {
      const due = [...this.timers].filter(([, timer]) => timer.at <= end).sort((a, b) => a[1].at - b[1].at)[0];
      if (!due) break;
      this.timers.delete(due[0]);
      this.time = due[1].at;
      due[1].task();
    }
    this.time = end;
  }
}

/** A socket that remembers what was sent and says what the test wants. */
export class FakeWebSocket {
  static made = [];

  constructor(url, protocol) {
    Object.assign(this, { url, protocol, readyState: 0, sent: [], closed: false });
    FakeWebSocket.made.push(this);
  }

  static get last() {
    return FakeWebSocket.made.at(-1);
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.closed = true;
    this.readyState = 3;
  }

  hear(message) {
    this.readyState = 1;
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  drop() {
    this.readyState = 3;
    this.onclose?.({ code: 1006 });
  }

  sentOf(type) {
    return this.sent.filter(message => message.type === type);
  }
}

/** The examples of docs/protocol.md. */
export const T = 1_760_000_100_000;
export const welcome = (more = {}) => ({
  type: 'welcome', connectionId: 'c-7f3a-12', server: 'Tidepole 0.1.0', instance: 'm3k9x2', host: 'quay-01',
  started: 1_760_000_000_000, serverTime: T, heartbeat: 25000, maxMessageBytes: 65536, subprotocol: 'metrics.v1.columns', ...more,
});
export const CPU = { id: 4, metric: 'cpu_usage', labels: { host: 'quay-01' }, unit: '%', interval: 1000, stat: 'last' };

/** Lets promises that are already settled run. */
export const settle = () => new Promise(done => setImmediate(done));
