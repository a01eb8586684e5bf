// A camera's settings, and whom its box is told of.
import { api, words } from './api';
import { complaint, notice, openDialog } from './dialogs';
import { el, field } from './dom';
import { RegionPad } from './regions';
import type { Camera, CameraSettings, Hours, Schedule } from './types';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** Opens the settings of a camera. */
export async function openSettings(cameraId: string, changed: () => void): Promise<void> {
  try {
    const camera = await api.camera(cameraId);
    const form = settingsForm(camera, () => {
      dialog.close();
      notice(`${camera.name} is changed; its agent follows within seconds.`);
      changed();
    });
    const dialog = openDialog(`Settings of ${camera.name}`, form);
  } catch (error) {
    notice(words(error), 'bad');
  }
}

function settingsForm(camera: Camera & CameraSettings, done: () => void): HTMLFormElement {
  const number = (name: string, value: number | null | undefined, step: string, most: string): HTMLInputElement =>
    el('input', { name, type: 'number', min: 0, max: most, step, value: value ?? '' });
  const threshold = number('threshold', camera.threshold, '0.01', '1');
  const size = number('min_face_size', camera.min_face_size || null, '1', '4096');
  const budget = number('inference_budget', camera.inference_budget, '0.05', '16');
  const pad = new RegionPad(api.snapshot(camera.camera_id), camera.zones ?? [], camera.masks ?? []);
  const schedule = scheduleFields(camera.schedule ?? null);
  const submit = el('button', { type: 'submit', class: 'primary' }, 'Save');
  const trouble = complaint();
  const form = el(
    'form',
    { novalidate: true, class: 'settings' },
    pad.element,
    field('Least confidence of a match', threshold, '0 to 1; empty: the system’s. Higher for doors.'),
    field('Least width of a face in pixels', size, 'Empty: the agent’s.'),
    field('Most seconds of analysis a second', budget, '0.05 to 16; empty: a fair share of its box.'),
    schedule.element,
    trouble.element,
    el('div', { class: 'actions' }, submit),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  const send = async (): Promise<void> => {
    submit.disabled = true;
    try {
      await api.changeCamera(camera.camera_id, {
        zones: pad.zones,
        masks: pad.masks,
        threshold: numberOf(threshold),
        min_face_size: numberOf(size),
        inference_budget: numberOf(budget),
        schedule: schedule.value(),
      });
      done();
    } catch (error) {
      trouble.say(words(error));
    } finally {
      submit.disabled = false;
    }
  };
  return form;
}

function numberOf(input: HTMLInputElement): number | null {
  return input.value.trim() === '' ? null : Number(input.value);
}

/** One span of hours on chosen days; a schedule of several is kept unless it is changed here. */
function scheduleFields(present: Schedule | null): { element: HTMLElement; value: () => Schedule | null } {
  const first: Hours = present?.hours[0] ?? { days: DAYS, from: '00:00', to: '00:00' };
  const always = el('input', { type: 'checkbox', checked: !present });
  const days = DAYS.map((day) => el('input', { type: 'checkbox', name: day, checked: first.days.includes(day) }));
  const from = el('input', { type: 'time', name: 'from', value: first.from });
  const to = el('input', { type: 'time', name: 'to', value: first.to });
  let touched = false;
  const boxes = el(
    'fieldset',
    { disabled: !present },
    el('legend', {}, 'Hours'),
    ...days.map((input, i) => el('label', { class: 'day' }, input, DAYS[i] ?? '')),
    field('From', from),
    field('To', to, 'Not after the first: on the next day.'),
    present && present.hours.length > 1 ? el('small', {}, 'There are more hours than these; they stay unless you change something here.') : null,
  );
  const element = el('div', { class: 'field' }, el('label', { class: 'day' }, always, 'Looks at any time'), boxes);
  element.addEventListener('change', () => {
    touched = true;
    boxes.disabled = always.checked;
  });
  return {
    element,
    value: () => {
      if (!touched) return present;
      if (always.checked) return null;
      const chosen = DAYS.filter((_, i) => days[i]?.checked);
      const zone = present?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
      return { time_zone: zone, hours: [{ days: chosen, from: from.value, to: to.value }] };
    },
  };
}

/** Opens the choice of whom a box is told of. */
export async function openGallery(agentId: string): Promise<void> {
  try {
    const [present, lists] = await Promise.all([api.gallery(agentId), api.watchlists()]);
    const mode = el(
      'select',
      { name: 'mode' },
      ...[
        ['all', 'Everybody'],
        ['watchlists', 'The people of chosen watchlists'],
        ['none', 'Nobody'],
      ].map(([value, label]) => el('option', { value: value ?? '', selected: value === present.mode }, label)),
    );
    const chosen = new Set(present.watchlists ?? []);
    const boxes = lists.watchlists.map((list) => el('input', { type: 'checkbox', value: list.watchlist_id, checked: chosen.has(list.watchlist_id) }));
    const choice = el(
      'fieldset',
      {},
      el('legend', {}, 'Watchlists'),
      ...boxes.map((box, i) => el('label', { class: 'day' }, box, lists.watchlists[i]?.name ?? '')),
      boxes.length === 0 ? 'There are none yet.' : null,
    );
    const show = (): void => void (choice.hidden = mode.value !== 'watchlists');
    mode.addEventListener('change', show);
    show();
    const trouble = complaint();
    const form = el(
      'form',
      { novalidate: true },
      field('Knows', mode, 'It recognises only whom it is told of; the others are strangers to it.'),
      choice,
      trouble.element,
      el('div', { class: 'actions' }, el('button', { type: 'submit', class: 'primary' }, 'Save')),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const watchlists = boxes.filter((box) => box.checked).map((box) => box.value);
      const selection = mode.value === 'watchlists' ? { mode: mode.value, watchlists } : { mode: mode.value };
      api.selectGallery(agentId, selection).then(
        () => {
          dialog.close();
          notice(`${agentId} is told of its new gallery.`);
        },
        (error: unknown) => trouble.say(words(error)),
      );
    });
    const dialog = openDialog(`Whom ${agentId} knows`, form);
  } catch (error) {
    notice(words(error), 'bad');
  }
}
