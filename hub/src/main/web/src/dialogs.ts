// Dialogs and passing notices.
import { el, fill, freshId } from './dom';

/** Asks before something that cannot be undone; true when the user agrees. */
export function confirmed(title: string, text: string, action: string): Promise<boolean> {
  const heading = el('h2', { id: freshId('confirm') }, title);
  const cancel = el('button', { type: 'submit', value: 'cancel', autofocus: true }, 'Cancel');
  const agree = el('button', { type: 'submit', value: 'agree', class: 'danger' }, action);
  const form = el('form', { method: 'dialog' }, heading, el('p', {}, text), el('div', { class: 'actions' }, cancel, agree));
  const dialog = el('dialog', { 'aria-labelledby': heading.id, class: 'confirm' }, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'agree');
    });
  });
}

/** Opens a dialog around a form; it is removed from the page when it closes. */
export function openDialog(title: string, content: HTMLElement): HTMLDialogElement {
  const heading = el('h2', { id: freshId('dialog') }, title);
  const close = el('button', { type: 'button', class: 'quiet close', 'aria-label': 'Close' }, '✕');
  const dialog = el('dialog', { 'aria-labelledby': heading.id }, el('header', {}, heading, close), content);
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** An error inside a form; empty hides it. */
export function complaint(): { element: HTMLElement; say: (...what: (Node | string)[]) => void } {
  const element = el('div', { class: 'complaint', role: 'alert', hidden: true });
  return {
    element,
    say: (...what) => {
      fill(element, ...what);
      element.hidden = what.length === 0;
    },
  };
}

const NOTICE_MS = 6000;

/** A notice at the foot of the page that goes away by itself. */
export function notice(text: string, tone: 'plain' | 'bad' = 'plain'): void {
  let shelf = document.getElementById('notices');
  if (!shelf) {
    shelf = el('div', { id: 'notices', role: 'status', 'aria-live': 'polite' });
    document.body.append(shelf);
  }
  const item = el('p', { class: `notice ${tone}` }, text);
  shelf.append(item);
  setTimeout(() => item.remove(), NOTICE_MS);
}
