// Tokens by which boxes join: making one, and those that were not used yet.
import { api, words } from './api';
import { complaint, notice, openDialog } from './dialogs';
import { el, field, fill } from './dom';
import type { JoinToken } from './types';
import { timeElement } from './words';

const LIFETIMES: readonly [string, string][] = [
  ['3600', 'an hour'],
  ['86400', 'a day'],
  ['604800', 'a week'],
];

/** Opens the making of tokens. */
export async function openJoining(): Promise<void> {
  try {
    const unused = new UnusedTokens((await api.joinTokens()).join_tokens);
    openDialog('Let a box join', el('div', {}, tokenForm((made) => unused.add(made)), unused.element));
  } catch (error) {
    notice(words(error), 'bad');
  }
}

function tokenForm(made: (token: JoinToken) => void): HTMLElement {
  const name = el('input', { name: 'agent_id', maxlength: 64, autocomplete: 'off', spellcheck: 'false' });
  const site = el('input', { name: 'site_id', maxlength: 64, autocomplete: 'off', spellcheck: 'false' });
  const lifetime = el('select', { name: 'expires_in' }, ...LIFETIMES.map(([value, label]) => el('option', { value }, label)));
  const submit = el('button', { type: 'submit', class: 'primary' }, 'Make a token');
  const trouble = complaint();
  const result = el('div', { role: 'status' });
  const form = el(
    'form',
    { novalidate: true },
    field('Name of the box', name, 'Small letters, digits and dashes; empty: the box names itself.'),
    field('Site', site, 'Empty: the default site.'),
    field('Good for', lifetime),
    trouble.element,
    el('div', { class: 'actions' }, submit),
    result,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  const send = async (): Promise<void> => {
    submit.disabled = true;
    trouble.say();
    try {
      const wish = { ...(name.value.trim() ? { agent_id: name.value.trim() } : {}), ...(site.value.trim() ? { site_id: site.value.trim() } : {}) };
      const token = await api.makeJoinToken({ ...wish, expires_in: Number(lifetime.value) });
      fill(result, ...shown(token));
      made(token);
    } catch (error) {
      trouble.say(words(error));
    } finally {
      submit.disabled = false;
    }
  };
  return form;
}

function shown(token: JoinToken): HTMLElement[] {
  const command = `./facet edge --join ${token.join_token ?? ''}@${location.host}`;
  const copy = el('button', { type: 'button' }, 'Copy');
  copy.addEventListener('click', () => {
    navigator.clipboard.writeText(command).then(
      () => notice('The command is copied.'),
      () => notice('The browser does not let the page copy; mark the command by hand.', 'bad'),
    );
  });
  return [
    el('p', {}, 'Run this on the box. It is shown this once, and lets in one box:'),
    el('code', { class: 'command' }, command),
    el('div', { class: 'actions' }, copy),
  ];
}

/** Tokens that can still be used. */
class UnusedTokens {
  readonly element = el('section', { 'aria-label': 'Tokens not used yet' });

  constructor(private tokens: JoinToken[]) {
    this.tokens = tokens.filter((token) => !token.used_at && new Date(token.expires_at).getTime() > Date.now());
    this.render();
  }

  add(token: JoinToken): void {
    this.tokens = [token, ...this.tokens];
    this.render();
  }

  private render(): void {
    const items = this.tokens.map((token) => this.item(token));
    fill(this.element, ...(items.length ? [el('h3', {}, 'Not used yet'), el('ul', { class: 'tokens' }, ...items)] : []));
  }

  private item(token: JoinToken): HTMLElement {
    const withdraw = el('button', { type: 'button', class: 'quiet danger-words' }, 'Take back');
    withdraw.setAttribute('aria-label', `Take back ${token.token_id}`);
    withdraw.addEventListener('click', () => void this.withdraw(token));
    const whom = token.agent_id ?? 'any box';
    return el('li', {}, el('span', {}, `${token.token_id} for ${whom} at ${token.site_id}, until `, timeElement(token.expires_at)), withdraw);
  }

  private async withdraw(token: JoinToken): Promise<void> {
    try {
      await api.withdrawJoinToken(token.token_id);
      this.tokens = this.tokens.filter((other) => other !== token);
      this.render();
    } catch (error) {
      notice(words(error), 'bad');
    }
  }
}
