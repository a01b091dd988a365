/** What the login page says, in English. `problems` are the server's own sentences, with {n} for a number. */
export const words = {
  title: 'Log in – Tidepole', provider: 'Log in with your organisation', or: 'or with a password of this server',
  name: 'Name', password: 'Password', submit: 'Log in', language: 'Language',
  problems: {
    'the name or the password is wrong': 'The name or the password is wrong.',
    'too many failed logins from here, try again in {n} s': 'Too many failed logins from here. Try again in {n} s.',
    'the provider cannot be reached at present': 'The provider cannot be reached at present.',
    'you are known there, but have no role here': 'You are known there, but have no role here.',
    'this login was not begun in this browser, or too long ago': 'This login was not begun in this browser, or too long ago.',
    'this login is over; begin again': 'This login is over. Begin again.',
    'the provider let nobody in': 'The provider let nobody in.',
  },
};
