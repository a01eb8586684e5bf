// The cameras: how each does, adding and removing them.
import { api, words } from './api';
import { complaint, confirmed, notice, openDialog } from './dialogs';
import { el, emptyState, field, fill } from './dom';
import type { Live } from './live';
import { openGallery, openSettings } from './settings';
import type { Camera, Device } from './types';
import { cameraState, spaced, timeElement } from './words';

const REFRESH_EVERY_MS = 5000;

/** The view; `stop` when it is left. */
export class CamerasView {
  readonly element: HTMLElement;
  private readonly list = el('ul', { class: 'cameras' });
  private readonly message = el('div', {});
  private readonly stops: (() => void)[] = [];
  private known = '';

  constructor(
    live: Live,
    private readonly mayEdit: boolean,
    private readonly mayAdminister: boolean,
  ) {
    const add = el('button', { type: 'button', class: 'primary' }, 'Add a camera');
    add.addEventListener('click', () => void openCameraForm(() => void this.load()));
    this.element = el(
      'section',
      { class: 'panel', 'aria-labelledby': 'cameras-title' },
      el('header', {}, el('h2', { id: 'cameras-title' }, 'Cameras'), mayEdit ? add : null),
      this.message,
      this.list,
    );
    this.stops.push(live.onEvent((event) => event.kind.startsWith('camera_') && void this.load()));
    const timer = setInterval(() => !document.hidden && void this.load(), REFRESH_EVERY_MS);
    this.stops.push(() => clearInterval(timer));
    void this.load();
  }

  stop(): void {
    for (const stop of this.stops) stop();
  }

  private async load(): Promise<void> {
    try {
      this.render((await api.cameras()).cameras);
    } catch (error) {
      fill(this.message, el('p', { class: 'complaint', role: 'alert' }, words(error)));
    }
  }

  /** Nothing is drawn anew while nothing changed, so that the keyboard's place is kept. */
  private render(cameras: Camera[]): void {
    const now = JSON.stringify(cameras);
    const failed = this.message.querySelector('.complaint') !== null;
    if (now === this.known && !failed) return;
    this.known = now;
    const focused = document.activeElement?.getAttribute('data-focus');
    fill(this.list, ...cameras.map((camera) => this.card(camera)));
    fill(this.message, cameras.length === 0 ? this.none() : null);
    if (focused) this.list.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
  }

  private none(): HTMLElement {
    const advice = this.mayEdit
      ? 'Add one by its address (rtsp://…, http://…, a file) or by the number of a camera plugged into an edge agent.'
      : 'An operator can add cameras.';
    return emptyState('No cameras yet', advice);
  }

  private card(camera: Camera): HTMLElement {
    const state = cameraState(camera.state);
    return el(
      'li',
      { class: 'camera' },
      el(
        'div',
        { class: 'camera-words' },
        el('strong', { class: 'name' }, camera.name),
        el('span', { class: `state ${state.tone}` }, state.words),
        camera.state_reason ? el('span', { class: 'where' }, spaced(camera.state_reason)) : null,
        el('span', { class: 'where source' }, sourceOf(camera)),
        el('span', { class: 'where' }, ...facts(camera)),
      ),
      this.actions(camera),
    );
  }

  private actions(camera: Camera): HTMLElement {
    const watch = el('a', { class: 'button', href: `#live/${camera.camera_id}`, 'data-focus': `watch-${camera.camera_id}` }, 'Watch');
    watch.setAttribute('aria-label', `Watch ${camera.name}`);
    const remove = el('button', { type: 'button', class: 'quiet danger-words', 'data-focus': `remove-${camera.camera_id}` }, 'Remove');
    remove.setAttribute('aria-label', `Remove ${camera.name}`);
    remove.addEventListener('click', () => void this.remove(camera));
    const settings = el('button', { type: 'button', class: 'quiet', 'data-focus': `settings-${camera.camera_id}` }, 'Settings');
    settings.setAttribute('aria-label', `Settings of ${camera.name}`);
    settings.addEventListener('click', () => void openSettings(camera.camera_id, () => void this.load()));
    return el('div', { class: 'actions' }, watch, this.mayEdit ? settings : null, this.mayAdminister ? gallery(camera) : null, this.mayEdit ? remove : null);
  }

  private async remove(camera: Camera): Promise<void> {
    const text = 'The agent stops reading it. What it has seen so far stays in the list of events.';
    if (!(await confirmed(`Remove ${camera.name}?`, text, 'Remove'))) return;
    try {
      await api.removeCamera(camera.camera_id);
      notice(`${camera.name} is removed.`);
    } catch (error) {
      notice(words(error), 'bad');
    }
    await this.load();
  }
}

function gallery(camera: Camera): HTMLElement | null {
  const agent = camera.agent_id;
  if (!agent) return null;
  const button = el('button', { type: 'button', class: 'quiet', 'data-focus': `gallery-${camera.camera_id}` }, 'Gallery');
  button.setAttribute('aria-label', `Whom ${agent} knows`);
  button.addEventListener('click', () => void openGallery(agent));
  return button;
}

function sourceOf(camera: Camera): string {
  return camera.url ?? (camera.device_id !== undefined ? `Device ${camera.device_id}` : '');
}

function facts(camera: Camera): (Node | string)[] {
  const parts: (Node | string)[] = [];
  const say = (...what: (Node | string)[]): void => void parts.push(...(parts.length ? [' · '] : []), ...what);
  if (camera.width && camera.height) say(`${camera.width} × ${camera.height}`);
  if (camera.frames_per_second) say(`${camera.frames_per_second.toFixed(1)} pictures a second`);
  if (camera.agent_id) say(`on ${camera.agent_id}`);
  if (camera.since) say('since ', timeElement(camera.since));
  return parts;
}

async function openCameraForm(added: () => void): Promise<void> {
  const devices = await api.devices().then((answer) => answer.devices, () => []);
  const form = cameraForm(devices, (camera) => {
    dialog.close();
    notice(`${camera.name} is added; its agent takes it up within seconds.`);
    added();
  });
  const dialog = openDialog('Add a camera', form);
  form.querySelector('input')?.focus();
}

function cameraForm(devices: Device[], done: (camera: Camera) => void): HTMLFormElement {
  const name = el('input', { name: 'name', required: true, maxlength: 200, autocomplete: 'off' });
  const source = el('input', { name: 'source', required: true, maxlength: 2000, autocomplete: 'off', spellcheck: 'false' });
  const agent = el('select', { name: 'agent' }, ...devices.map((device) => el('option', { value: device.agent_id }, agentWords(device))));
  const submit = el('button', { type: 'submit', class: 'primary' }, 'Add');
  const trouble = complaint();
  const form = el(
    'form',
    { novalidate: true },
    field('Name', name, 'Where it looks: “Entrance”, “Loading dock”.'),
    field('Address or device number', source, 'rtsp://user:password@host/stream, http://host/video, a file on the agent, or 0 for its first plugged-in camera.'),
    devices.length > 1 ? field('Edge agent', agent) : null,
    trouble.element,
    el('div', { class: 'actions' }, submit),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  const send = async (): Promise<void> => {
    if (!name.value.trim()) return trouble.say('Give the camera a name.'), name.focus();
    if (!source.value.trim()) return trouble.say('Say where its pictures come from.'), source.focus();
    submit.disabled = true;
    try {
      done(await api.addCamera(cameraOf(name.value, source.value, devices.length > 1 ? agent.value : '')));
    } catch (error) {
      trouble.say(words(error));
    } finally {
      submit.disabled = false;
    }
  };
  return form;
}

function cameraOf(name: string, source: string, agent: string): Record<string, string> {
  const where = source.trim();
  const from: Record<string, string> = /^\d+$/.test(where) ? { device_id: where } : { url: where };
  return { name: name.trim(), ...from, ...(agent ? { agent_id: agent } : {}) };
}

function agentWords(device: Device): string {
  return device.online ? device.agent_id : `${device.agent_id} (offline)`;
}
