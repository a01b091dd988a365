import { NB } from '../../locale.js';

/** Deutsch. */
export const words = {
  list: {
    title: 'Dashboards', search: 'Dashboards suchen', create: 'Neues Dashboard', none: 'Noch keine Dashboards.', noMatch: text => `Nichts passt zu „${text}“.`,
    say: 'Ein Dashboard ist eine Datei im Dashboard-Ordner des Servers; lege hier eines an, oder lege eine Datei dort ab.', panels: n => (n === 1 ? '1 Feld' : `${n} Felder`),
    broken: n => (n === 1 ? '1 Fehler in der Datei' : `${n} Fehler in der Datei`), failed: 'Die Liste konnte nicht geladen werden.', preview: title => `Aufteilung von ${title}`,
  },
  board: {
    all: 'Alle Dashboards', edit: 'Bearbeiten', kiosk: 'Kiosk', kioskTitle: 'Allein öffnen, für eine Wand', note: 'Notiz', noteTitle: 'Eine Zeit markieren, für alle, die zusehen', loading: 'wartet auf den Server',
    missing: 'Dieses Dashboard gibt es nicht.', missingSay: 'Es wurde gelöscht, oder es heißt anders.', broken: 'Die Datei hat Fehler. Gezeigt wird die letzte gute Fassung.', brokenNone: 'Die Datei hat Fehler, und eine gute Fassung gibt es noch nicht.',
    line: n => `Zeile ${n}`, changed: 'Dieses Dashboard wurde gerade geändert.', empty: 'Dieses Dashboard hat noch keine Felder.', addFirst: 'Das erste Feld anlegen',
    states: { crit: 'kritisch', warn: 'Warnung' }, title: (n, level, title) => `${n} ${level}, ${title}`, deleted: 'Dieses Dashboard wurde gelöscht.',
  },
  panel: {
    above: limit => `über ${limit}`, below: limit => `unter ${limit}`, for: age => `seit ${age}`, limit: limit => `Grenze ${limit}`, stale: time => `veraltet, Stand ${time}`, waiting: 'wartet auf den ersten Wert',
    none: 'Keine Reihe passt.', refused: code => `Der Server lehnt ab: ${code}.`, more: n => `und ${n} weitere`, as: 'wie vor einer Minute', inSixty: `in 60${NB}s`, cut: (n, all) => `${n} von ${all} Reihen`,
    name: 'Reihe', value: 'jetzt', least: 'kleinster', most: 'größter', mean: 'Mittel', age: 'Alter', state: 'Zustand', fine: 'gut', warn: 'Warnung', crit: 'kritisch', noText: 'Hier steht noch nichts.',
    at: (time, name, value) => `${time}, ${name}: ${value}`, gap: 'keine Messwerte', summary: (name, value) => `${name}: ${value}`,
  },
  edit: {
    title: 'Titel', description: 'Beschreibung', interval: 'Neu alle', range: 'Zeigt die letzten', add: 'Feld anlegen', undo: 'Rückgängig', redo: 'Wiederholen', save: 'Speichern', cancel: 'Verwerfen', deleteBoard: 'Dashboard löschen',
    saved: 'Gespeichert.', unsaved: 'nicht gespeichert', move: name => `${name} verschieben. Pfeiltasten verschieben, mit Umschalt ändern sie die Größe.`, resize: name => `Größe von ${name}. Pfeiltasten ändern sie.`, change: name => `${name} ändern`, remove: name => `${name} löschen`, copy: name => `${name} verdoppeln`,
    untitled: 'Feld ohne Titel', moved: (x, y, w, h) => `Spalte ${x}, Zeile ${y}, ${w} breit, ${h} hoch`, kept: 'Deine ungespeicherten Änderungen sind noch da.', drop: 'Verwerfen', sure: 'Dieses Dashboard und seine Datei für alle löschen?', yes: 'Löschen', no: 'Behalten',
    readOnly: 'Dieser Server lässt Seiten keine Dashboards schreiben. Kopiere den Text in die Datei, und alle offenen Seiten folgen.', copyYaml: 'Kopieren', copied: 'Kopiert', yamlTitle: name => `${name}.yaml`, close: 'Schließen',
    problems: 'Der Server hat Fehler gefunden und nichts gespeichert:', failed: 'Es konnte nicht gespeichert werden. Deine Änderungen sind noch da.', asYaml: 'Als YAML',
  },
  conflict: { title: 'Jemand anders hat dieses Dashboard inzwischen gespeichert', say: 'Deine Änderungen sind noch da. Nichts wurde überschrieben.', theirs: 'Ihres nehmen, meines verwerfen', mine: 'Meines darüber speichern', stay: 'Weiter bearbeiten' },
  create: { title: 'Neues Dashboard', name: 'Titel', go: 'Anlegen', cancel: 'Abbrechen', needed: 'Ein Dashboard braucht einen Titel.' },
  form: {
    title: name => `Feld: ${name}`, panelTitle: 'Titel', kind: 'Art', series: 'Reihen', select: 'Auswahl', label: 'Name in der Legende', stat: 'Statistik', by: 'Zusammen nach', bySay: 'Labels mit Kommas dazwischen: Reihen werden über alle anderen zusammengefasst', below: 'unter null', add: 'Reihe dazu', remove: n => `Reihe ${n} entfernen`, pick: 'Reihen suchen', unit: 'Einheit', decimals: 'Stellen', min: 'Skala von', max: 'bis', automatic: 'von selbst',
    thresholds: 'Schwellen', warn: 'Warnung', critical: 'Kritisch', direction: 'Schlecht', above: 'darüber', belowLimit: 'darunter', hysteresis: 'Hysterese', text: 'Text', textSay: '# Überschrift, **fett**, *betont*, `Code`, - Liste, [Link](https://…)', states: 'Zustände', stateFrom: 'ab', stateText: 'Name', stateLevel: 'Stufe', addState: 'Zustand dazu', removeState: n => `Zustand ${n} entfernen`,
    ok: 'Übernehmen', cancel: 'Abbrechen', preview: 'Vorschau', labelSay: '{{label}} steht für seinen Wert', wrongLimits: 'Die kritische Grenze liegt auf der guten Seite der Warnung.', needsSelect: 'Jede Reihe braucht eine Auswahl.',
    kinds: { line: 'Linie', area: 'Fläche', stacked: 'Gestapelt', mirrored: 'Gespiegelt', stat: 'Zahl', gauge: 'Anzeige', bar: 'Balken', table: 'Tabelle', heatmap: 'Heatmap', states: 'Zustände', text: 'Text' },
    levels: { none: 'keine', ok: 'gut', warning: 'Warnung', critical: 'kritisch' },
  },
  picker: { title: 'Reihen suchen', search: 'Suche nach Name oder Label', all: 'alle davon', one: 'nur diese', none: 'Keine Reihe passt.', cancel: 'Abbrechen', count: n => (n === 1 ? '1 Reihe' : `${n} Reihen`) },
  notes: {
    title: 'Notizen', say: 'Eine Notiz markiert eine Zeit auf allen Kurven, und alle, die zusehen, sehen sie sofort.', text: 'Text', tags: 'Stichwörter, mit Kommas dazwischen', time: 'Zeit', add: 'Notiz anlegen', now: 'jetzt', none: 'Keine Notizen im Bild.', remove: text => `Die Notiz „${text}“ löschen`, failed: 'Die Notiz konnte nicht behalten werden.', close: 'Schließen', recent: 'Im Bild',
  },
  kiosk: {
    waiting: 'Wartet auf den Server', missing: name => `Es gibt kein Dashboard namens ${name}`, retry: 'Es sieht von selbst wieder nach.', lost: age => `Seit ${age} keine Verbindung zum Server.`, lostSay: 'Gezeigt werden die letzten Werte.', silent: (name, age) => `${name} schweigt seit ${age}.`, lastShown: 'Gezeigt wird der letzte Wert.', others: n => `${n} weitere schweigen.`, broken: 'Die Datei des Dashboards hat Fehler. Gezeigt wird die letzte gute Fassung.',
  },
  embed: { none: 'Nichts ist gewählt: die Adresse braucht ?select=…', last: range => `letzte ${range}`, of: 'Kurve, live' },
};
