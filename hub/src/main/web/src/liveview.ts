// The first view: a live picture beside the list of who was seen.
import { api, words } from './api';
import { notice } from './dialogs';
import { el, fill, freshId } from './dom';
import { EventList } from './events';
import type { Live } from './live';
import type { Camera } from './types';
import { Watch } from './watch';
import { cameraState } from './words';

const REFRESH_EVERY_MS = 10_000;

/** The view; `stop` when it is left. */
export class LiveView {
  readonly element: HTMLElement;
  private readonly watch: Watch;
  private readonly events: EventList;
  private readonly select = el('select', { id: freshId('camera'), name: 'camera' });
  private readonly trouble = el('p', { class: 'watch-caption' });
  private readonly stops: (() => void)[] = [];
  private cameras: Camera[] = [];

  constructor(
    live: Live,
    private wanted: string | null,
    mayDispatch: boolean,
  ) {
    this.watch = new Watch(live);
    this.events = new EventList(live);
    this.select.addEventListener('change', () => this.choose(this.select.value));
    this.element = el('div', { class: 'live' }, this.picturePanel(mayDispatch), this.events.element);
    this.stops.push(live.onEvent((event) => event.kind.startsWith('camera_') && void this.load()));
    const timer = setInterval(() => !document.hidden && void this.load(), REFRESH_EVERY_MS);
    this.stops.push(() => clearInterval(timer));
    void this.load();
  }

  stop(): void {
    this.watch.stop();
    this.events.stop();
    for (const stop of this.stops) stop();
  }

  private picturePanel(mayDispatch: boolean): HTMLElement {
    const simulate = el('button', { type: 'button', class: 'quiet', title: 'Sends a made-up recognition to everybody who watches live; it is marked and not stored' }, 'Send a test event');
    simulate.addEventListener('click', () => void api.simulate().catch((error: unknown) => notice(words(error), 'bad')));
    const label = el('label', { for: this.select.id, class: 'visually-hidden' }, 'Camera');
    return el(
      'section',
      { class: 'panel', 'aria-labelledby': 'picture-title' },
      el('header', {}, el('h2', { id: 'picture-title' }, 'Live picture'), el('span', {}, label, this.select)),
      this.watch.element,
      this.trouble,
      mayDispatch ? el('div', { class: 'actions start' }, simulate) : null,
    );
  }

  private async load(): Promise<void> {
    try {
      this.cameras = (await api.cameras()).cameras;
      this.offer();
    } catch (error) {
      fill(this.trouble, words(error));
    }
  }

  private offer(): void {
    const options = this.cameras.map((camera) => el('option', { value: camera.camera_id }, optionWords(camera)));
    const before = this.select.value;
    if (this.labels(options) !== this.labels([...this.select.options])) fill(this.select, ...options);
    this.select.hidden = options.length === 0;
    fill(this.trouble);
    this.choose(this.wanted ?? (before || this.firstLive()));
  }

  private labels(options: HTMLOptionElement[]): string {
    return JSON.stringify(options.map((option) => [option.value, option.text]));
  }

  private firstLive(): string {
    return (this.cameras.find((camera) => camera.state === 'streaming') ?? this.cameras[0])?.camera_id ?? '';
  }

  private choose(cameraId: string): void {
    const camera = this.cameras.find((candidate) => candidate.camera_id === cameraId) ?? null;
    this.wanted = null;
    if (camera) this.select.value = camera.camera_id;
    this.watch.show(camera);
  }
}

function optionWords(camera: Camera): string {
  const state = cameraState(camera.state);
  return state.tone === 'good' ? camera.name : `${camera.name} (${state.words.toLowerCase()})`;
}
