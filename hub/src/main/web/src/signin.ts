// The sign-in form. The key goes to the hub once and is kept nowhere on this page.
import { api, ApiError, words } from './api';
import { complaint } from './dialogs';
import { el, field } from './dom';
import type { Session } from './types';

/** The form; `reason` says why it is shown again. */
export function signInView(reason: string, signedIn: (session: Session) => void): HTMLElement {
  const key = el('input', { type: 'password', name: 'key', required: true, autocomplete: 'current-password', spellcheck: 'false' });
  const submit = el('button', { type: 'submit', class: 'primary' }, 'Sign in');
  const trouble = complaint();
  if (reason) trouble.say(reason);
  const form = el(
    'form',
    { novalidate: true },
    field('API key', key, 'The hub prints where its first key lies when it starts.'),
    trouble.element,
    el('div', { class: 'actions' }, submit),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  const send = async (): Promise<void> => {
    if (!key.value.trim()) return trouble.say('Enter your API key.'), key.focus();
    submit.disabled = true;
    try {
      const session = await api.signIn(key.value.trim());
      key.value = '';
      signedIn(session);
    } catch (error) {
      trouble.say(error instanceof ApiError && error.status === 401 ? 'The hub does not know this key.' : words(error));
      key.select();
    } finally {
      submit.disabled = false;
    }
  };
  return el('main', { class: 'sign-in' }, el('div', { class: 'panel' }, brand(), form));
}

/** Facet's mark and name. */
export function brand(): HTMLElement {
  return el('h1', { class: 'brand' }, el('img', { src: '/facet.svg', alt: '', width: 28, height: 28 }), 'Facet');
}
