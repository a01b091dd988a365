/** What the login page says, in German. */
export const words = {
  title: 'Anmelden – Tidepole', provider: 'Mit deiner Organisation anmelden', or: 'oder mit einem Passwort dieses Servers',
  name: 'Name', password: 'Passwort', submit: 'Anmelden', language: 'Sprache',
  problems: {
    'the name or the password is wrong': 'Der Name oder das Passwort ist falsch.',
    'too many failed logins from here, try again in {n} s': 'Von hier sind zu viele Anmeldungen misslungen. Versuche es in {n} s noch einmal.',
    'the provider cannot be reached at present': 'Der Anbieter ist zurzeit nicht erreichbar.',
    'you are known there, but have no role here': 'Dort bist du bekannt, hast hier aber keine Rolle.',
    'this login was not begun in this browser, or too long ago': 'Diese Anmeldung wurde nicht in diesem Browser begonnen, oder vor zu langer Zeit.',
    'this login is over; begin again': 'Diese Anmeldung ist vorbei. Beginne von vorn.',
    'the provider let nobody in': 'Der Anbieter hat niemanden eingelassen.',
  },
};
