// The film around an event, in a dialog of its own.
import { openDialog } from './dialogs';
import { el } from './dom';

/** A button that shows a film. */
export function filmButton(address: string, title: string): HTMLElement {
  const button = el('button', { type: 'button', class: 'quiet', 'aria-label': `Film: ${title}` }, 'Film');
  button.addEventListener('click', () => show(address, title));
  return button;
}

function show(address: string, title: string): void {
  const gone = el('p', { role: 'alert', hidden: true }, 'The film is no longer kept, or cannot be played here.');
  const video = el('video', { class: 'film', controls: true, preload: 'auto', src: address, 'aria-label': `Film: ${title}` });
  video.muted = true;
  video.addEventListener('error', () => {
    video.hidden = true;
    gone.hidden = false;
  });
  const dialog = openDialog(title, el('div', {}, video, gone));
  dialog.addEventListener('close', () => video.removeAttribute('src'));
}
