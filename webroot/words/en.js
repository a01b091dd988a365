import { NB } from '../locale.js';

/** English. Each language has the same keys, and texts that are made of the same parts. */
export const words = {
  product: 'Tidepole',
  pages: 'Pages', skip: 'Skip to the content', language: 'Language',
  nav: { overview: 'Overview', devices: 'Devices', explore: 'Explore', dashboards: 'Dashboards', system: 'System' },
  units: { second: 's', minute: 'm', hour: 'h', day: 'd' },
  up: age => `up ${age}`,
  title: (page, host) => [page, host, 'Tidepole'].filter(Boolean).join(', '),
  missing: { title: 'Nothing is here', say: 'This address leads to no page.', failed: 'This page could not be loaded.', again: 'Try again' },

  pill: {
    connecting: 'CONNECTING', live: 'LIVE', paused: 'PAUSED', stale: 'STALE', reconnecting: 'RECONNECTING', offline: 'OFFLINE',
    millis: n => `${n}${NB}ms`,
    every: age => `every ${age}`,
    behind: age => `${age} behind`,
    lastTick: age => `last tick ${age} ago`,
    nextTry: age => `next try in ${age}`,
    trying: 'trying now',
    since: time => `since ${time}`,
  },
  details: {
    title: 'How live this page is',
    total: 'From reading to screen', window: 'waiting for its tick', way: 'on the way', paint: 'until painted',
    rhythm: 'A tick every', received: 'Received', reconnects: 'Reconnects', roundTrip: 'There and back', none: 'none', close: 'Close',
    by: 'Comes by', ways: { websocket: 'WebSocket', stream: 'event stream', poll: 'asking every 2 s' }, shared: way => `${way} of another tab`,
    trying: 'Trying to reach the server.',
  },

  partOf: pair => (pair ? `${pair[0]} of ${pair[1]}` : ''),
  pause: 'Pause', resume: 'Resume', range: 'Range', theme: { dark: 'Use the light theme', light: 'Use the dark theme' },
  full: 'Fill the screen', leaveFull: 'Leave the full screen', help: 'Keyboard shortcuts',
  ranges: { 60: '1m', 300: '5m', 900: '15m', 3600: '1h', 21600: '6h', 86400: '24h', 604800: '7d', 2592000: '30d' },
  rangeNames: { 60: '1m, 1 minute', 300: '5m, 5 minutes', 900: '15m, 15 minutes', 3600: '1h, 1 hour', 21600: '6h, 6 hours', 86400: '24h, 24 hours', 604800: '7d, 7 days', 2592000: '30d, 30 days' },
  lastRange: { 60: 'Last minute', 300: 'Last 5 minutes', 900: 'Last 15 minutes', 3600: 'Last hour', 21600: 'Last 6 hours', 86400: 'Last 24 hours', 604800: 'Last 7 days', 2592000: 'Last 30 days' },
  shortRange: { 60: '1 min', 300: '5 min', 900: '15 min', 3600: '1 h', 21600: '6 h', 86400: '24 h', 604800: '7 d', 2592000: '30 d' },
  zoomed: (from, until) => `${from} to ${until}`,
  backToLive: 'Back to live',

  tile: {
    cpu: 'CPU', memory: 'Memory', disk: 'Disk', network: 'Network',
    load: (load, cores) => `load ${load}${cores ? `, ${cores} ${cores === 1 ? 'core' : 'cores'}` : ''}`,
    inSixty: `in 60${NB}s`, same: 'as a minute ago',
    old: age => `${age} old`, above: limit => `above ${limit}${NB}%`,
  },

  charts: {
    label: 'Charts', every: age => `every ${age}`, waiting: 'waiting for history', now: 'now',
    at: (time, age) => `at ${time}, ${age} ago`, asOf: time => `as of ${time}`,
    cpu: 'CPU', memory: 'Memory', network: 'Network', disk: 'Disk I/O',
    user: 'user', system: 'system', iowait: 'waiting for disk', irq: 'interrupts', steal: 'stolen',
    used: 'used', cached: 'cache', buffers: 'buffers', swap: 'swap',
    received: '↓ received', sent: '↑ sent', errors: 'errors, drops', read: 'read', written: 'written', busy: 'busy', wait: 'wait',
    alone: name => `${name}: show alone`,
    table: name => `${name} as a table`,
    summary: (name, range, now, low, high) => `${name}, ${range}: now ${now}, lowest ${low}, highest ${high}`,
    empty: name => `${name}: waiting for the first value`,
    time: 'time', close: 'Close', total: 'total',
  },
  gap: {
    server: 'server down', serverNow: 'server restarting', link: 'no link to the server', sensor: 'no readings', filling: age => `${age}, will be filled in`,
    filled: age => `link down ${age}, filled in`,
  },

  processes: { title: 'Processes', running: (n, by) => `${n} running, by ${by}`, command: 'command', pid: 'pid', user: 'user', cpu: 'CPU', memory: 'memory', byCpu: 'CPU', byMemory: 'memory' },
  filesystems: { title: 'Filesystems', mounted: (n, shown) => (n > shown ? `${n} mounted, the ${shown} fullest` : `${n} mounted`) },

  devices: {
    title: 'Devices', waiting: 'waiting for the server', refused: 'There are more devices than one page can follow.', live: 'live', stale: 'stale', offline: 'offline',
    order: 'those that need you first, then the newest', asOf: time => `as of ${time}`, isNew: 'new', more: 'more', allWell: 'all well',
    staleFor: age => `stale ${age}`, offlineFor: age => `offline ${age}`, waitingTile: 'waiting', fewer: 'Show fewer', appeared: 'appeared',
    state: 'state', device: 'device', place: 'place', measures: 'measures', every: 'every', age: 'age', past: 'recent past', never: 'never',
    search: 'Search devices', searchHint: 'Words, or a selector', filter: 'Filter by state', orderBy: 'Order',
    sorts: { name: 'by name', need: 'by need', age: 'longest silent', refused: 'most refused' },
    filters: { all: 'All', live: 'Live', stale: 'Stale', offline: 'Offline', refused: 'Refused' },
    found: (some, all) => `${some} of ${all}`, rows: (first, last) => `rows ${first} to ${last}`, refusedCount: n => `${n} refused`,
    noMatch: what => `No device fits “${what}”.`, noAnswer: 'The server did not answer.',
  },
  system: {
    about: (version, age) => `Tidepole ${version}, up ${age}`, since: 'since', pid: 'process', figures: 'Figures', charts: 'The program', settings: 'Settings in force', settingsSay: 'what is secret is not shown', filter: 'Filter', empty: '–',
    tiles: { viewers: 'Viewers', deliveries: 'Deliveries', cpu: 'CPU', paint: 'From arrival to picture', readings: 'Readings', series: 'Series' },
    lists: { push: 'Viewers and what is sent', doors: 'Readings', kept: 'What is kept' },
    behind: n => `${n} behind`, allInStep: 'all in step', perDelivery: cost => `${cost} a delivery`, ofOneCore: 'of one core', paintSay: 'median of what pages report', refusedOf: n => `${n} refused in all`, devices: n => `of ${n} devices`,
    groups: 'Groups', deflaters: 'Compression windows', behindNow: 'Behind now', held: 'Most that waits for one', catchUps: 'Catch-ups sent', tooSlow: 'Closed, too slow', dead: 'Closed, gone', connections: 'Connections', openedEnded: (opened, ended) => `${opened} opened, ${ended} ended`, sent: 'Sent in all',
    accepted: 'Taken', late: 'Late for their window', texts: 'Texts left out', refusedWindows: 'Refused by windows', refusals: 'Refusals by code', noRefusals: 'Nothing was refused.',
    memory: 'In memory', keptSeries: 'Series', disk: 'On disk', days: 'Days with a file', waiting: 'Wait for their commit', commit: 'The newest commit took', unkept: 'Could not be kept', unkeptSay: 'Readings of devices are refused. What you see goes on live.', diskState: 'The disk', diskStates: { good: 'is well', off: 'is not written', opening: 'is being opened', full: 'is full', read_only: 'may not be written', taken: 'is used by another server', slow: 'is too slow', failed: 'has failed' },
    jvmCpu: 'CPU of the program', heap: 'Memory of the program', gc: 'Collecting garbage', usage: 'of one core', used: 'used', gcTime: 'time a second',
  },
  explore: {
    series: 'series', newest: 'newest', low: 'lowest', mean: 'mean', high: 'highest', values: 'Values in sight',
    stat: 'Statistic', interval: 'Interval', kind: 'Shape', every: 'every', by: 'Aggregate by labels', byHint: 'across series, by labels',
    stats: { last: 'newest value', min: 'minimum', max: 'maximum', mean: 'mean', sum: 'sum', count: 'count', rate: 'rate', p50: 'median', p95: '95th percentile', p99: '99th percentile' },
    kinds: { line: 'lines', area: 'areas', stacked: 'stacked' },
    selector: 'Selector', selectorHint: 'a metric, or temperature{device=~"line-1-.*"}', add: 'Add a selector', remove: 'Take out',
    count: n => (n === 1 ? '1 series' : `${n} series`), some: (shown, all) => `${shown} of ${all}`, atColumn: (reason, column) => `${reason}, at column ${column}`,
    search: 'Search series', searchHint: 'Search series', browser: 'Series to pick', noAnswer: 'The server did not answer.',
    begin: 'Which series?', beginSay: 'Pick some at the side, or write a selector.',
  },
  errors: {
    bad_selector: 'This selector cannot be read', too_many_series: 'More series than one page can follow', bad_stat: 'There is no such statistic', bad_interval: 'There is no such interval',
    too_many_subscriptions: 'Too many at a time', bad_request: 'This cannot be asked', too_much: 'More values than can be sent',
  },
  device: {
    heard: 'Last heard', every: 'Sends every', clock: 'Its clock', readings: 'Readings taken', first: 'First heard', refused: 'Refused', ago: age => `${age} ago`,
    ahead: age => `${age} ahead`, behind: age => `${age} behind`, inStep: 'in step', noStamps: 'sends no times', none: 'none', unknown: 'not known yet',
    explore: 'Explore', unknownTitle: 'Nothing was heard of this device', unknownSay: 'It appears here with its first reading.',
    send: 'Send a reading as this device', more: (shown, all) => `${shown} of ${all} metrics are drawn; Explore has the rest.`, lastRefusal: (code, age) => `${code}, ${age} ago`,
    quiet: 'Nothing was taken from it since the server began, or it was silent for an hour.', charts: 'What it measures', facts: 'The device',
  },
  doors: {
    title: 'No devices yet', say: 'Send one number and its tile appears here.', open: 'Nothing to declare, no login on this machine.',
    plain: 'Nothing to declare.', waiting: 'waiting for the first reading…', copy: 'Copy', copied: 'Copied', select: 'Selected',
    http: 'HTTP', mqtt: 'MQTT', websocket: 'WebSocket', copyOf: name => `Copy the ${name} command`,
  },

  foot: {
    series: 'series', tick: 'a tick every', history: 'history', viewers: n => (n === 1 ? 'viewer' : 'viewers'), refused: 'readings refused',
    logOut: 'Log out', reduced: age => `this screen is reduced to every ${age}`,
  },
  toast: { back: age => `Back after ${age}.`, whole: 'Nothing is missing.', serverGone: age => `The server was away for ${age} of it.` },
  keys: {
    title: 'Keyboard shortcuts', close: 'Close',
    list: [['Space', 'pause or resume'], ['1 2 3 4', '1, 5 or 15 minutes, 1 hour'], ['← →', 'walk the cursor, Shift for ten steps'], ['+ -', 'show less or more'], ['[ ]', 'earlier or later'], ['0', 'back to live'], ['Esc', 'let go of the cursor, leave a zoom'], ['t', 'dark or light'], ['f', 'fill the screen'], ['?', 'this list']],
    mouse: 'Drag across a chart to zoom, with Shift to move it; Ctrl and the wheel zoom as well. Double-click returns. A click on a row shows it alone, Shift adds.',
  },

  time: {
    more: name => `${name}: table, files, link`, last: age => `Last ${age}`, refused: code => `history refused: ${code}`,
    menu: name => `What can be done with ${name}`, table: 'Show as a table', csv: 'Save as CSV', png: 'Save as PNG', link: 'Copy link to this moment',
    linked: 'The link is copied.', linkHere: 'The link to this moment', linkHint: 'This page has no clipboard without a secure connection: copy it by hand.',
    note: 'Note this moment', noteText: 'What happened', noted: 'Noted.', notNoted: 'The note was not kept.', keep: 'Keep', remove: 'Remove',
    picker: 'Choose a time', live: 'Live', fixed: 'From and until', from: 'From', until: 'Until', show: 'Show', wrong: 'Until lies before from, or less than 5 s after it.',
    earlier: 'Earlier', later: 'Later', closer: 'Show less', wider: 'Show more', zone: 'Time zone', local: 'Local', utc: 'UTC',
    cut: (shown, all) => `${shown} of ${all} series`, undrawn: (units, scales) => `${units} is not drawn: a chart has ${scales === 1 ? 'one scale' : 'two scales'}`, silent: 'no such series yet', secure: 'Over plain HTTP the browser gives no clipboard, keeps no screen awake, and this page cannot be installed.',
    offline: when => `Not connected. The picture is of ${when}.`,
  },
};
