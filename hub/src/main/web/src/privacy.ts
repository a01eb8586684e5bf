// The switch that blurs faces on the screen: pictures by style sheet, live pictures on their canvas.
import { el, freshId } from './dom';

const KEY = 'facet.blur-faces';

/** Whether faces are blurred. */
export function facesAreBlurred(): boolean {
  return document.documentElement.dataset['blur'] === 'on';
}

/** Takes up what was chosen last; to be called before any face is shown. */
export function restoreBlur(): void {
  document.documentElement.dataset['blur'] = remembered() === 'on' ? 'on' : 'off';
}

/** The switch; it reports its state to assistive technology. */
export function blurSwitch(): HTMLElement {
  const input = el('input', { type: 'checkbox', role: 'switch', id: freshId('blur'), name: 'blur-faces' });
  input.checked = facesAreBlurred();
  input.addEventListener('change', () => setBlur(input.checked));
  return el('label', { class: 'switch', for: input.id }, input, el('span', {}, 'Blur faces'));
}

/** A picture of a face, which the switch blurs; without a picture, a plain silhouette. */
export function facePicture(source: string | null, description: string): HTMLElement {
  const frame = el('span', { class: 'face' });
  if (source) {
    const image = el('img', { src: source, alt: description, loading: 'lazy', decoding: 'async' });
    image.addEventListener('error', () => frame.replaceChildren());
    frame.append(image);
  }
  return frame;
}

function setBlur(on: boolean): void {
  document.documentElement.dataset['blur'] = on ? 'on' : 'off';
  try {
    localStorage.setItem(KEY, on ? 'on' : 'off');
  } catch {
    // Storage can be switched off; then the choice lasts as long as the page.
  }
  document.dispatchEvent(new Event('blurchange'));
}

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
