import { NB } from '../../locale.js';

/** English. Each language has the same keys, and texts that are made of the same parts. */
export const words = {
  list: {
    title: 'Dashboards', search: 'Search dashboards', create: 'New dashboard', none: 'No dashboards yet.', noMatch: text => `Nothing matches “${text}”.`,
    say: 'A dashboard is a file in the server’s folder of dashboards; make one here, or put one there.', panels: n => (n === 1 ? '1 panel' : `${n} panels`),
    broken: n => (n === 1 ? '1 problem in its file' : `${n} problems in its file`), failed: 'The list could not be loaded.', preview: title => `Layout of ${title}`,
  },
  board: {
    all: 'All dashboards', edit: 'Edit', kiosk: 'Kiosk', kioskTitle: 'Open alone, for a wall', note: 'Note', noteTitle: 'Mark a time for everyone who looks', loading: 'waiting for the server',
    missing: 'There is no such dashboard.', missingSay: 'It was deleted, or its name is another.', broken: 'The file has problems. The last good version is shown.', brokenNone: 'The file has problems, and there is no good version yet.',
    line: n => `line ${n}`, changed: 'Someone has changed this dashboard just now.', empty: 'This dashboard has no panels yet.', addFirst: 'Add the first panel',
    states: { crit: 'critical', warn: 'warning' }, title: (n, level, title) => `${n} ${level}, ${title}`, deleted: 'This dashboard was deleted.',
  },
  panel: {
    above: limit => `above ${limit}`, below: limit => `below ${limit}`, for: age => `for ${age}`, limit: limit => `limit ${limit}`, stale: time => `stale, as of ${time}`, waiting: 'waiting for the first value',
    none: 'No series matches.', refused: code => `The server refused: ${code}.`, more: n => `and ${n} more`, as: 'as a minute ago', inSixty: `in 60${NB}s`, cut: (n, all) => `${n} of ${all} series`,
    name: 'series', value: 'now', least: 'least', most: 'most', mean: 'mean', age: 'age', state: 'state', fine: 'fine', warn: 'warning', crit: 'critical', noText: 'Nothing is written here yet.',
    at: (time, name, value) => `${time}, ${name}: ${value}`, gap: 'no readings', summary: (name, value) => `${name}: ${value}`,
  },
  edit: {
    title: 'Title', description: 'Description', interval: 'Updated every', range: 'Shows the last', add: 'Add panel', undo: 'Undo', redo: 'Redo', save: 'Save', cancel: 'Discard', deleteBoard: 'Delete dashboard',
    saved: 'Saved.', unsaved: 'not saved', move: name => `Move ${name}. Arrow keys move, with Shift they resize.`, resize: name => `Resize ${name}. Arrow keys resize.`, change: name => `Change ${name}`, remove: name => `Delete ${name}`, copy: name => `Duplicate ${name}`,
    untitled: 'untitled panel', moved: (x, y, w, h) => `column ${x}, row ${y}, ${w} wide, ${h} high`, kept: 'Your unsaved changes are still here.', drop: 'Discard them', sure: 'Delete this dashboard, and its file, for everyone?', yes: 'Delete', no: 'Keep',
    readOnly: 'This server does not let pages write dashboards. Copy the text into the file, and all open pages follow.', copyYaml: 'Copy', copied: 'Copied', yamlTitle: name => `${name}.yaml`, close: 'Close',
    problems: 'The server found problems, and saved nothing:', failed: 'It could not be saved. Your changes are still here.', asYaml: 'As YAML',
  },
  conflict: { title: 'Someone else has saved this dashboard meanwhile', say: 'Your changes are still here. Nothing was overwritten.', theirs: 'Take theirs, discard mine', mine: 'Save mine over theirs', stay: 'Go on editing' },
  create: { title: 'New dashboard', name: 'Title', go: 'Create', cancel: 'Cancel', needed: 'A dashboard needs a title.' },
  form: {
    title: name => `Panel: ${name}`, panelTitle: 'Title', kind: 'Kind', series: 'Series', select: 'Selector', label: 'Name in the legend', stat: 'Statistic', by: 'Together by', bySay: 'Labels with commas between: series are put together over all others', below: 'below zero', add: 'Add series', remove: n => `Remove series ${n}`, pick: 'Find series', unit: 'Unit', decimals: 'Digits', min: 'Scale from', max: 'to', automatic: 'automatic',
    thresholds: 'Thresholds', warn: 'Warning', critical: 'Critical', direction: 'Bad', above: 'above', belowLimit: 'below', hysteresis: 'Hysteresis', text: 'Text', textSay: '# heading, **bold**, *emphasis*, `code`, - list, [link](https://…)', states: 'States', stateFrom: 'from', stateText: 'name', stateLevel: 'level', addState: 'Add state', removeState: n => `Remove state ${n}`,
    ok: 'Apply', cancel: 'Cancel', preview: 'Preview', labelSay: '{{label}} stands for its value', wrongLimits: 'The critical limit lies on the good side of the warning.', needsSelect: 'Each series needs a selector.',
    kinds: { line: 'Line', area: 'Area', stacked: 'Stacked', mirrored: 'Mirrored', stat: 'Number', gauge: 'Gauge', bar: 'Bars', table: 'Table', heatmap: 'Heat map', states: 'States', text: 'Text' },
    levels: { none: 'none', ok: 'fine', warning: 'warning', critical: 'critical' },
  },
  picker: { title: 'Find series', search: 'Search by name or label', all: 'all of it', one: 'this one', none: 'No series matches.', cancel: 'Cancel', count: n => (n === 1 ? '1 series' : `${n} series`) },
  notes: {
    title: 'Notes', say: 'A note marks a time on all charts, and everyone who looks sees it at once.', text: 'Text', tags: 'Tags, with commas between', time: 'Time', add: 'Add note', now: 'now', none: 'No notes in sight.', remove: text => `Delete the note “${text}”`, failed: 'The note could not be kept.', close: 'Close', recent: 'In sight',
  },
  kiosk: {
    waiting: 'Waiting for the server', missing: name => `There is no dashboard named ${name}`, retry: 'It looks again by itself.', lost: age => `No link to the server for ${age}.`, lostSay: 'The last values are shown.', silent: (name, age) => `${name} has been silent for ${age}.`, lastShown: 'Its last value is shown.', others: n => `${n} more are silent.`, broken: 'The dashboard’s file has problems. The last good version is shown.',
  },
  embed: { none: 'Nothing is chosen: the address needs ?select=…', last: range => `last ${range}`, of: 'live chart' },
};
