import { LANGUAGES, language, remember } from './locale.js';

const said = document.querySelector('.login-problem').textContent;
const choices = document.querySelector('.login-languages');

/** The page as it was sent speaks English, and needs no script; with one it speaks as the other pages do. */
async function say(code) {
  const { words } = await import(`./login/${code}.js`);
  document.documentElement.lang = code;
  document.title = words.title;
  for (const node of document.querySelectorAll('[data-say]')) node.textContent = words[node.dataset.say];
  const [number = ''] = /\d+/.exec(said) ?? [];
  const known = words.problems[said.replace(number || /$^/, '{n}')];
  document.querySelector('.login-problem').textContent = known?.replace('{n}', number) ?? said;
  choices.setAttribute('aria-label', words.language);
  for (const button of choices.children) button.setAttribute('aria-pressed', String(button.lang === code));
}

for (const [code, name] of Object.entries(LANGUAGES)) {
  const button = Object.assign(document.createElement('button'), { type: 'button', lang: code, textContent: name });
  button.addEventListener('click', () => {
    remember(code);
    say(code);
  });
  choices.append(button);
}
await say(language);
