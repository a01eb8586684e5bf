// How times, scores and names of the hub read on the page.
import { el } from './dom';

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const dayAndClock = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** The viewer's local time, with the date when it is not today; UTC as the title. */
export function timeElement(instant: string | number, now = new Date()): HTMLTimeElement {
  const element = document.createElement('time');
  const when = new Date(instant);
  if (!(when.getTime() > 0)) {
    element.textContent = 'time unknown';
    return element;
  }
  const today = when.toDateString() === now.toDateString();
  element.dateTime = when.toISOString();
  element.title = `${when.toISOString()} (UTC)`;
  element.textContent = (today ? clock : dayAndClock).format(when);
  return element;
}

/** The viewer's local date. */
export function dateWords(instant: string | undefined): string {
  const when = new Date(instant ?? '');
  return Number.isNaN(when.getTime()) ? '' : day.format(when);
}

/** A score of the 0 to 1 scale. */
export function score(value: number | null | undefined): string {
  return typeof value === 'number' && Number.isFinite(value) ? value.toFixed(2) : '';
}

/** A score of the 0 to 1 scale as a bar and a figure; the title says more. */
export function scoreMark(label: string, value: number, title: string): HTMLElement {
  const bar = el('span', { class: 'bar-fill' });
  bar.style.width = `${Math.round(Math.min(1, Math.max(0, value)) * 100)}%`;
  const meter = el('span', { class: 'bar-track', role: 'meter', 'aria-label': label, 'aria-valuemin': 0, 'aria-valuemax': 1, 'aria-valuenow': score(value) }, bar);
  return el('span', { class: 'score', title }, meter, score(value));
}

const CAMERA_STATES: Record<string, { words: string; tone: string }> = {
  pending: { words: 'Waiting for its agent', tone: 'wait' },
  connecting: { words: 'Connecting', tone: 'wait' },
  streaming: { words: 'Live', tone: 'good' },
  stalled: { words: 'No new pictures', tone: 'bad' },
  failed: { words: 'Not working', tone: 'bad' },
  stopped: { words: 'Stopped', tone: 'off' },
  offline: { words: 'Agent is offline', tone: 'bad' },
};

/** A camera's state in words, and its tone for colour. */
export function cameraState(state: string): { words: string; tone: string } {
  return CAMERA_STATES[state] ?? { words: spaced(state), tone: 'off' };
}

/** `pose_deviation` as "Pose deviation". */
export function spaced(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "1 picture", "3 pictures". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
