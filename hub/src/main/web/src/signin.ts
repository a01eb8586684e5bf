// The sign-in form: user name and password, or an API key. Either goes to the hub once and is kept
// nowhere on this page.
import { api, ApiError, words } from './api';
import { complaint } from './dialogs';
import { el, field } from './dom';
import type { Credential, Session } from './types';

/** The form; `reason` says why it is shown again. */
export function signInView(reason: string, signedIn: (session: Session) => void): HTMLElement {
  const panel = el('div', { class: 'panel' });
  const show = (form: HTMLFormElement): void => {
    panel.replaceChildren(brand(), form);
    form.querySelector('input')?.focus();
  };
  const byName = (why: string): HTMLFormElement => passwordForm(why, signedIn, () => show(byKey()));
  const byKey = (): HTMLFormElement => keyForm(signedIn, () => show(byName('')));
  panel.append(brand(), byName(reason));
  return el('main', { class: 'sign-in' }, panel, elsewhere());
}

/** The way to the organisation's own sign-in, once the hub says that there is one. */
function elsewhere(): HTMLElement {
  const place = el('p', { class: 'elsewhere' });
  api.ways().then(
    ({ oidc }) => oidc && place.append(el('a', { href: oidc.href }, oidc.label)),
    () => undefined, // an older hub; the form above still works
  );
  return place;
}

/** Why the organisation's sign-in sent the browser back here with nothing; said once. */
export function refusal(): string {
  const url = new URL(location.href);
  const code = url.searchParams.get('sign_in');
  if (code === null) return '';
  url.searchParams.delete('sign_in');
  history.replaceState(history.state, '', url);
  if (code === 'permission_denied') return 'You have no role at this hub. Ask an administrator.';
  if (code === 'unavailable') return 'Your organisation’s sign-in does not answer. Try again later.';
  return 'Signing in did not succeed. Please try again.';
}

function passwordForm(reason: string, signedIn: (session: Session) => void, other: () => void): HTMLFormElement {
  const name = el('input', { name: 'username', required: true, autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false' });
  const password = el('input', { type: 'password', name: 'password', required: true, autocomplete: 'current-password' });
  return form(
    [field('User name', name), field('Password', password, 'The first user is admin; the password lies in the data folder.')],
    'Use an API key',
    other,
    reason,
    () => (name.value.trim() && password.value ? { username: name.value.trim(), password: password.value } : null),
    'Enter user name and password.',
    'User name or password is wrong.',
    () => (password.value = ''),
    signedIn,
  );
}

function keyForm(signedIn: (session: Session) => void, other: () => void): HTMLFormElement {
  const key = el('input', { type: 'password', name: 'key', required: true, autocomplete: 'off', spellcheck: 'false' });
  return form(
    [field('API key', key, 'The hub prints where its first key lies when it starts.')],
    'Use a password',
    other,
    '',
    () => (key.value.trim() ? { key: key.value.trim() } : null),
    'Enter your API key.',
    'The hub does not know this key.',
    () => (key.value = ''),
    signedIn,
  );
}

function form(
  fields: HTMLElement[],
  otherWords: string,
  other: () => void,
  reason: string,
  read: () => Credential | null,
  missing: string,
  wrong: string,
  forget: () => void,
  signedIn: (session: Session) => void,
): HTMLFormElement {
  const submit = el('button', { type: 'submit', class: 'primary' }, 'Sign in');
  const change = el('button', { type: 'button', class: 'quiet' }, otherWords);
  const trouble = complaint();
  if (reason) trouble.say(reason);
  const element = el('form', { novalidate: true }, ...fields, trouble.element, el('div', { class: 'actions' }, change, submit));
  change.addEventListener('click', other);
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    const credential = read();
    if (!credential) return trouble.say(missing);
    void send(credential);
  });
  const send = async (credential: Credential): Promise<void> => {
    submit.disabled = true;
    try {
      const session = await api.signIn(credential);
      forget();
      signedIn(session);
    } catch (error) {
      trouble.say(error instanceof ApiError && error.status === 401 ? wrong : words(error));
    } finally {
      submit.disabled = false;
    }
  };
  return element;
}

/** Facet's mark and name. */
export function brand(): HTMLElement {
  return el('h1', { class: 'brand' }, el('img', { src: '/facet.svg', alt: '', width: 28, height: 28 }), 'Facet');
}
