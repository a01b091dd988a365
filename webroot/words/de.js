import { NB } from '../locale.js';

/** German. Each language has the same keys, and texts that are made of the same parts. */
export const words = {
  product: 'Tidepole',
  pages: 'Seiten', skip: 'Zum Inhalt', language: 'Sprache',
  nav: { overview: 'Übersicht', devices: 'Geräte', explore: 'Erkunden', dashboards: 'Dashboards', system: 'System' },
  units: { second: 's', minute: 'min', hour: 'h', day: 'd' },
  up: age => `läuft ${age}`,
  title: (page, host) => [page, host, 'Tidepole'].filter(Boolean).join(', '),
  missing: { title: 'Hier ist nichts', say: 'Diese Adresse führt zu keiner Seite.', failed: 'Diese Seite ließ sich nicht laden.', again: 'Noch einmal' },

  pill: {
    connecting: 'VERBINDET', live: 'LIVE', paused: 'PAUSE', stale: 'VERALTET', reconnecting: 'VERBINDET NEU', offline: 'OFFLINE',
    millis: n => `${n}${NB}ms`,
    every: age => `alle ${age}`,
    behind: age => `${age} zurück`,
    lastTick: age => `letzter Takt vor ${age}`,
    nextTry: age => `nächster Versuch in ${age}`,
    trying: 'Versuch läuft',
    since: time => `seit ${time}`,
  },
  details: {
    title: 'Wie live diese Seite ist',
    total: 'Von der Messung zum Bild', window: 'wartet auf den Takt', way: 'unterwegs', paint: 'bis gezeichnet',
    rhythm: 'Ein Takt alle', received: 'Empfangen', reconnects: 'Neu verbunden', roundTrip: 'Hin und zurück', none: 'nie', close: 'Schließen',
    by: 'Kommt per', ways: { websocket: 'WebSocket', stream: 'Ereignisstrom', poll: 'Nachfragen alle 2 s' }, shared: way => `${way} eines anderen Tabs`,
    trying: 'Der Server wird gesucht.',
  },

  partOf: pair => (pair ? `${pair[0]} von ${pair[1]}` : ''),
  pause: 'Anhalten', resume: 'Weiter', range: 'Zeitraum', theme: { dark: 'Helles Bild', light: 'Dunkles Bild' },
  full: 'Ganzer Bildschirm', leaveFull: 'Ganzen Bildschirm verlassen', help: 'Tasten',
  ranges: { 60: '1m', 300: '5m', 900: '15m', 3600: '1h', 21600: '6h', 86400: '24h', 604800: '7d', 2592000: '30d' },
  rangeNames: { 60: '1m, 1 Minute', 300: '5m, 5 Minuten', 900: '15m, 15 Minuten', 3600: '1h, 1 Stunde', 21600: '6h, 6 Stunden', 86400: '24h, 24 Stunden', 604800: '7d, 7 Tage', 2592000: '30d, 30 Tage' },
  lastRange: { 60: 'Letzte Minute', 300: 'Letzte 5 Minuten', 900: 'Letzte 15 Minuten', 3600: 'Letzte Stunde', 21600: 'Letzte 6 Stunden', 86400: 'Letzte 24 Stunden', 604800: 'Letzte 7 Tage', 2592000: 'Letzte 30 Tage' },
  shortRange: { 60: '1 min', 300: '5 min', 900: '15 min', 3600: '1 h', 21600: '6 h', 86400: '24 h', 604800: '7 d', 2592000: '30 d' },
  zoomed: (from, until) => `${from} bis ${until}`,
  backToLive: 'Zurück zu live',

  tile: {
    cpu: 'CPU', memory: 'Speicher', disk: 'Platte', network: 'Netz',
    load: (load, cores) => `Last ${load}${cores ? `, ${cores} ${cores === 1 ? 'Kern' : 'Kerne'}` : ''}`,
    inSixty: `in 60${NB}s`, same: 'wie vor einer Minute',
    old: age => `${age} alt`, above: limit => `über ${limit}${NB}%`,
  },

  charts: {
    label: 'Kurven', every: age => `alle ${age}`, waiting: 'wartet auf die Vergangenheit', now: 'jetzt',
    at: (time, age) => `um ${time}, vor ${age}`, asOf: time => `Stand ${time}`,
    cpu: 'CPU', memory: 'Speicher', network: 'Netz', disk: 'Platten',
    user: 'Programme', system: 'System', iowait: 'wartet auf Platte', irq: 'Unterbrechungen', steal: 'entzogen',
    used: 'belegt', cached: 'Cache', buffers: 'Puffer', swap: 'Auslagerung',
    received: '↓ empfangen', sent: '↑ gesendet', errors: 'Fehler, verworfen', read: 'gelesen', written: 'geschrieben', busy: 'beschäftigt', wait: 'Wartezeit',
    alone: name => `${name}: allein zeigen`,
    table: name => `${name} als Tabelle`,
    summary: (name, range, now, low, high) => `${name}, ${range}: jetzt ${now}, tiefster ${low}, höchster ${high}`,
    empty: name => `${name}: wartet auf den ersten Wert`,
    time: 'Zeit', close: 'Schließen', total: 'gesamt',
  },
  gap: {
    server: 'Server aus', serverNow: 'Server startet neu', link: 'keine Verbindung zum Server', sensor: 'keine Messwerte', filling: age => `${age}, wird nachgetragen`,
    filled: age => `Verbindung ${age} weg, nachgetragen`,
  },

  processes: { title: 'Prozesse', running: (n, by) => `${n} laufen, nach ${by}`, command: 'Befehl', pid: 'PID', user: 'Nutzer', cpu: 'CPU', memory: 'Speicher', byCpu: 'CPU', byMemory: 'Speicher' },
  filesystems: { title: 'Dateisysteme', mounted: (n, shown) => (n > shown ? `${n} eingehängt, die ${shown} vollsten` : `${n} eingehängt`) },

  devices: {
    title: 'Geräte', waiting: 'wartet auf den Server', refused: 'Es sind mehr Geräte, als eine Seite verfolgen kann.', live: 'live', stale: 'veraltet', offline: 'offline',
    order: 'zuerst, wer dich braucht, dann die neuesten', asOf: time => `Stand ${time}`, isNew: 'neu', more: 'mehr', allWell: 'alles gut',
    staleFor: age => `veraltet ${age}`, offlineFor: age => `offline ${age}`, waitingTile: 'wartet', fewer: 'Weniger zeigen', appeared: 'ist da',
    state: 'Zustand', device: 'Gerät', place: 'Ort', measures: 'Messwerte', every: 'alle', age: 'Alter', past: 'zuletzt', never: 'nie',
    search: 'Geräte suchen', searchHint: 'Wörter oder ein Selektor', filter: 'Nach Zustand', orderBy: 'Reihenfolge',
    sorts: { name: 'nach Name', need: 'nach Bedarf', age: 'am längsten still', refused: 'am meisten abgelehnt' },
    filters: { all: 'Alle', live: 'Live', stale: 'Veraltet', offline: 'Offline', refused: 'Abgelehnt' },
    found: (some, all) => `${some} von ${all}`, rows: (first, last) => `Zeilen ${first} bis ${last}`, refusedCount: n => `${n} abgelehnt`,
    noMatch: what => `Kein Gerät passt zu „${what}“.`, noAnswer: 'Der Server hat nicht geantwortet.',
  },
  system: {
    about: (version, age) => `Tidepole ${version}, läuft ${age}`, since: 'seit', pid: 'Prozess', figures: 'Zahlen', charts: 'Das Programm', settings: 'Geltende Einstellungen', settingsSay: 'Geheimes wird nicht gezeigt', filter: 'Filtern', empty: '–',
    tiles: { viewers: 'Zuschauer', deliveries: 'Zustellungen', cpu: 'CPU', paint: 'Von Ankunft zum Bild', readings: 'Messwerte', series: 'Reihen' },
    lists: { push: 'Zuschauer und was gesendet wird', doors: 'Messwerte', kept: 'Was aufbewahrt wird' },
    behind: n => `${n} zurück`, allInStep: 'alle im Takt', perDelivery: cost => `${cost} je Zustellung`, ofOneCore: 'eines Kerns', paintSay: 'Median, wie Seiten melden', refusedOf: n => `${n} abgelehnt insgesamt`, devices: n => `von ${n} Geräten`,
    groups: 'Gruppen', deflaters: 'Kompressionsfenster', behindNow: 'Jetzt zurück', held: 'Wartet höchstens für einen', catchUps: 'Nachgeholte Bilder', tooSlow: 'Geschlossen, zu langsam', dead: 'Geschlossen, weg', connections: 'Verbindungen', openedEnded: (opened, ended) => `${opened} geöffnet, ${ended} beendet`, sent: 'Gesendet insgesamt',
    accepted: 'Angenommen', late: 'Zu spät für ihr Fenster', texts: 'Texte weggelassen', refusedWindows: 'Von Fenstern abgelehnt', refusals: 'Ablehnungen nach Code', noRefusals: 'Nichts wurde abgelehnt.',
    memory: 'Im Speicher', keptSeries: 'Reihen', disk: 'Auf der Platte', days: 'Tage mit Datei', waiting: 'Warten auf ihr Commit', commit: 'Das letzte Commit dauerte', unkept: 'Nicht aufbewahrt', unkeptSay: 'Messwerte von Geräten werden abgelehnt. Was zu sehen ist, bleibt live.', diskState: 'Die Platte', diskStates: { good: 'ist in Ordnung', off: 'wird nicht beschrieben', opening: 'wird geöffnet', full: 'ist voll', read_only: 'darf nicht beschrieben werden', taken: 'ist von einem anderen Server belegt', slow: 'ist zu langsam', failed: 'ist gestört' },
    jvmCpu: 'CPU des Programms', heap: 'Speicher des Programms', gc: 'Speicherbereinigung', usage: 'eines Kerns', used: 'belegt', gcTime: 'Zeit je Sekunde',
  },
  explore: {
    series: 'Reihe', newest: 'neuester', low: 'tiefster', mean: 'Mittel', high: 'höchster', values: 'Werte im Bild',
    stat: 'Statistik', interval: 'Abstand', kind: 'Form', every: 'alle', by: 'Zusammenfassen nach Labels', byHint: 'über Reihen, nach Labels',
    stats: { last: 'neuester Wert', min: 'Minimum', max: 'Maximum', mean: 'Mittel', sum: 'Summe', count: 'Anzahl', rate: 'Rate', p50: 'Median', p95: '95. Perzentil', p99: '99. Perzentil' },
    kinds: { line: 'Linien', area: 'Flächen', stacked: 'gestapelt' },
    selector: 'Selektor', selectorHint: 'eine Messgröße oder temperature{device=~"line-1-.*"}', add: 'Noch ein Selektor', remove: 'Herausnehmen',
    count: n => (n === 1 ? '1 Reihe' : `${n} Reihen`), some: (shown, all) => `${shown} von ${all}`, atColumn: (reason, column) => `${reason}, Spalte ${column}`,
    search: 'Reihen suchen', searchHint: 'Reihen suchen', browser: 'Reihen zur Auswahl', noAnswer: 'Der Server hat nicht geantwortet.',
    begin: 'Welche Reihen?', beginSay: 'Wähle welche an der Seite, oder schreibe einen Selektor.',
  },
  errors: {
    bad_selector: 'Dieser Selektor ist nicht lesbar', too_many_series: 'Mehr Reihen, als eine Seite verfolgen kann', bad_stat: 'Diese Statistik gibt es nicht', bad_interval: 'Diesen Abstand gibt es nicht',
    too_many_subscriptions: 'Zu viele auf einmal', bad_request: 'Danach kann nicht gefragt werden', too_much: 'Mehr Werte, als gesendet werden können',
  },
  device: {
    heard: 'Zuletzt gehört', every: 'Sendet alle', clock: 'Seine Uhr', readings: 'Messwerte', first: 'Zuerst gehört', refused: 'Abgelehnt', ago: age => `vor ${age}`,
    ahead: age => `${age} voraus`, behind: age => `${age} zurück`, inStep: 'geht richtig', noStamps: 'sendet keine Zeiten', none: 'nichts', unknown: 'noch nicht bekannt',
    explore: 'Erkunden', unknownTitle: 'Von diesem Gerät wurde nichts gehört', unknownSay: 'Es erscheint hier mit seinem ersten Messwert.',
    send: 'Als dieses Gerät senden', more: (shown, all) => `${shown} von ${all} Messgrößen sind gezeichnet; Erkunden hat die übrigen.`, lastRefusal: (code, age) => `${code}, vor ${age}`,
    quiet: 'Seit der Server läuft, wurde nichts angenommen, oder es schwieg eine Stunde.', charts: 'Was es misst', facts: 'Das Gerät',
  },
  doors: {
    title: 'Noch keine Geräte', say: 'Sende eine Zahl, und seine Kachel erscheint hier.', open: 'Nichts anzumelden, auf diesem Rechner kein Login.',
    plain: 'Nichts anzumelden.', waiting: 'wartet auf den ersten Messwert…', copy: 'Kopieren', copied: 'Kopiert', select: 'Markiert',
    http: 'HTTP', mqtt: 'MQTT', websocket: 'WebSocket', copyOf: name => `Den Befehl für ${name} kopieren`,
  },

  foot: {
    series: 'Reihen', tick: 'ein Takt alle', history: 'Vergangenheit', viewers: () => 'Zuschauer', refused: 'Messwerte abgelehnt',
    logOut: 'Abmelden', reduced: age => `dieses Bild ist auf alle ${age} verringert`,
  },
  toast: { back: age => `Nach ${age} zurück.`, whole: 'Es fehlt nichts.', serverGone: age => `Davon war der Server ${age} weg.` },
  keys: {
    title: 'Tasten', close: 'Schließen',
    list: [['Space', 'anhalten oder weiter'], ['1 2 3 4', '1, 5 oder 15 Minuten, 1 Stunde'], ['← →', 'Zeiger bewegen, mit Shift zehn Schritte'], ['+ -', 'weniger oder mehr zeigen'], ['[ ]', 'früher oder später'], ['0', 'zurück zu live'], ['Esc', 'Zeiger loslassen, Ausschnitt verlassen'], ['t', 'dunkel oder hell'], ['f', 'ganzer Bildschirm'], ['?', 'diese Liste']],
    mouse: 'Über eine Kurve ziehen vergrößert, mit Shift verschiebt es; auch Strg und das Rad vergrößern. Doppelklick führt zurück. Ein Klick auf eine Zeile zeigt sie allein, Shift fügt hinzu.',
  },

  time: {
    more: name => `${name}: Tabelle, Dateien, Link`, last: age => `Letzte ${age}`, refused: code => `Vergangenheit abgelehnt: ${code}`,
    menu: name => `Was mit ${name} getan werden kann`, table: 'Als Tabelle zeigen', csv: 'Als CSV sichern', png: 'Als PNG sichern', link: 'Link zu diesem Moment kopieren',
    linked: 'Der Link ist kopiert.', linkHere: 'Der Link zu diesem Moment', linkHint: 'Ohne sichere Verbindung gibt der Browser keine Zwischenablage: von Hand kopieren.',
    note: 'Diesen Moment vermerken', noteText: 'Was geschehen ist', noted: 'Vermerkt.', notNoted: 'Der Vermerk wurde nicht behalten.', keep: 'Behalten', remove: 'Entfernen',
    picker: 'Zeit wählen', live: 'Live', fixed: 'Von und bis', from: 'Von', until: 'Bis', show: 'Zeigen', wrong: 'Bis liegt vor Von, oder weniger als 5 s danach.',
    earlier: 'Früher', later: 'Später', closer: 'Weniger zeigen', wider: 'Mehr zeigen', zone: 'Zeitzone', local: 'Ortszeit', utc: 'UTC',
    cut: (shown, all) => `${shown} von ${all} Reihen`, undrawn: (units, scales) => `${units} ist nicht gezeichnet: es gibt ${scales === 1 ? 'eine Skala' : 'zwei Skalen'}`, silent: 'noch keine solche Reihe', secure: 'Über einfaches HTTP gibt der Browser keine Zwischenablage, hält keinen Bildschirm wach, und diese Seite lässt sich nicht installieren.',
    offline: when => `Nicht verbunden. Das Bild ist von ${when}.`,
  },
};
