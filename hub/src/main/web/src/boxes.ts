// The edge boxes: how each does, and letting new ones join.
import { api, words } from './api';
import { confirmed, notice } from './dialogs';
import { el, emptyState, fill } from './dom';
import { openJoining } from './joining';
import { openGallery } from './settings';
import type { Device, Software } from './types';
import { count, spaced, timeElement } from './words';

const REFRESH_EVERY_MS = 5000;

/** The view; `stop` when it is left. */
export class BoxesView {
  readonly element: HTMLElement;
  private readonly list = el('ul', { class: 'cameras' });
  private readonly message = el('div', {});
  private readonly timer: ReturnType<typeof setInterval>;
  private known = '';

  constructor(private readonly mayAdminister: boolean) {
    const join = el('button', { type: 'button', class: 'primary' }, 'Let a box join');
    join.addEventListener('click', () => void openJoining());
    this.element = el(
      'section',
      { class: 'panel', 'aria-labelledby': 'boxes-title' },
      el('header', {}, el('h2', { id: 'boxes-title' }, 'Edge boxes'), mayAdminister ? join : null),
      this.message,
      this.list,
    );
    this.timer = setInterval(() => !document.hidden && void this.load(), REFRESH_EVERY_MS);
    void this.load();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async load(): Promise<void> {
    try {
      this.render((await api.devices()).devices);
    } catch (error) {
      this.known = '';
      fill(this.message, el('p', { class: 'complaint', role: 'alert' }, words(error)));
    }
  }

  /** Nothing is drawn anew while nothing changed, so that the keyboard's place is kept. */
  private render(devices: Device[]): void {
    const now = JSON.stringify(devices);
    if (now === this.known) return;
    this.known = now;
    const focused = document.activeElement?.getAttribute('data-focus');
    fill(this.list, ...devices.map((device) => this.card(device)));
    fill(this.message, devices.length === 0 ? this.none() : null);
    if (focused) this.list.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
  }

  private none(): HTMLElement {
    return emptyState('No edge boxes yet', this.mayAdminister ? 'Let one join: it reads the cameras beside it.' : 'An administrator can let one join.');
  }

  private card(device: Device): HTMLElement {
    const state = stateOf(device);
    return el(
      'li',
      { class: 'camera', 'data-box': device.agent_id },
      el(
        'div',
        { class: 'camera-words' },
        el('strong', { class: 'name' }, device.agent_id),
        el('span', { class: `state ${state.tone}` }, state.words),
        device.not_ready_reason ? el('span', { class: 'where' }, spaced(device.not_ready_reason)) : null,
        el('span', { class: 'where' }, ...joined(about(device))),
        el('span', { class: 'where' }, ...joined(machine(device))),
        ...(device.software ?? []).filter((one) => one.state !== 'current').map((one) => el('span', { class: 'where' }, softwareWords(one))),
      ),
      this.mayAdminister ? this.actions(device) : null,
    );
  }

  private actions(device: Device): HTMLElement {
    const gallery = el('button', { type: 'button', class: 'quiet', 'data-focus': `gallery-${device.agent_id}` }, 'Gallery');
    gallery.setAttribute('aria-label', `Whom ${device.agent_id} knows`);
    gallery.addEventListener('click', () => void openGallery(device.agent_id));
    const remove = el('button', { type: 'button', class: 'quiet danger-words', 'data-focus': `remove-${device.agent_id}` }, 'Remove');
    remove.setAttribute('aria-label', `Remove ${device.agent_id}`);
    remove.addEventListener('click', () => void this.remove(device));
    return el('div', { class: 'actions' }, gallery, remove);
  }

  private async remove(device: Device): Promise<void> {
    const text = 'Its key or certificate ends and it is cut off at once. What it has seen so far stays in the list of events.';
    if (!(await confirmed(`Remove ${device.agent_id}?`, text, 'Remove'))) return;
    try {
      await api.removeDevice(device.agent_id);
      notice(`${device.agent_id} is removed.`);
    } catch (error) {
      notice(words(error), 'bad');
    }
    await this.load();
  }
}

function stateOf(device: Device): { words: string; tone: string } {
  if (!device.online) return { words: 'Offline', tone: 'bad' };
  return device.ready ? { words: 'Online', tone: 'good' } : { words: 'Online, not ready', tone: 'wait' };
}

/** What becomes of an update. */
function softwareWords(software: Software): string {
  const what = software.product === 'facet-models' ? 'New models' : 'New release';
  return `${what}: ${spaced(software.state).toLowerCase()}${software.reason ? ` (${software.reason})` : ''}`;
}

type Words = (Node | string)[];

function about(device: Device): Words[] {
  return [
    device.site_id ? [`at ${device.site_id}`] : [],
    device.version ? [`version ${device.version}`] : [],
    ...(device.software ?? []).filter((one) => one.product === 'facet-models').map((one): Words => [`models ${one.version}`]),
    device.groups?.length ? [`in ${device.groups.join(', ')}`] : [],
    device.gallery_size !== undefined ? [`knows ${count(device.gallery_size, 'face')}`] : [],
    device.last_seen ? ['last heard ', timeElement(device.last_seen)] : ['never heard'],
  ];
}

function machine(device: Device): Words[] {
  return [
    device.load != null ? [`load ${device.load.toFixed(2)} a core`] : [],
    device.temperature_c != null ? [`${Math.round(device.temperature_c)} °C`] : [],
    device.spool_depth ? [`${count(device.spool_depth, 'event')} waiting to be sent`] : [],
    device.dropped_events ? [`${count(device.dropped_events, 'event')} given up for want of space`] : [],
  ];
}

function joined(facts: Words[]): Words {
  return facts.filter((fact) => fact.length > 0).flatMap((fact, i) => (i === 0 ? fact : [' · ', ...fact]));
}
