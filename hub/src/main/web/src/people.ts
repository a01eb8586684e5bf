// The people the hub knows: pictures, quality, enrolment, erasure.
import { api, words } from './api';
import { confirmed, notice } from './dialogs';
import { el, emptyState, fill } from './dom';
import { openEnrolment } from './enrol';
import type { Live } from './live';
import { facePicture } from './privacy';
import { qualityMark } from './quality';
import type { Face, Person } from './types';
import { count, dateWords } from './words';

const PAGE = 24;
const REFRESH_AFTER_MS = 500;

/** The view; `stop` when it is left. */
export class PeopleView {
  readonly element: HTMLElement;
  private readonly grid = el('ul', { class: 'people' });
  private readonly message = el('div', {});
  private readonly total = el('span', { class: 'total' });
  private readonly more = el('button', { type: 'button', class: 'quiet wide', hidden: true }, 'Show more');
  private readonly stops: (() => void)[] = [];
  private shown = PAGE;
  private turn = 0;
  private refreshing: ReturnType<typeof setTimeout> | undefined;

  constructor(
    live: Live,
    private readonly mayEdit: boolean,
  ) {
    const enrol = el('button', { type: 'button', class: 'primary' }, 'Enrol a person');
    enrol.addEventListener('click', () => this.enrol(null));
    this.more.addEventListener('click', () => {
      this.shown += PAGE;
      void this.load();
    });
    this.element = el(
      'section',
      { class: 'panel', 'aria-labelledby': 'people-title' },
      el('header', {}, el('h2', { id: 'people-title' }, 'People ', this.total), mayEdit ? enrol : null),
      this.message,
      this.grid,
      this.more,
    );
    this.stops.push(live.onEvent((event) => /^face_(added|deleted)$/.test(event.kind) && this.refreshSoon()));
    this.stops.push(live.onLink((link) => link === 'live' && this.refreshSoon()));
    void this.load();
  }

  stop(): void {
    clearTimeout(this.refreshing);
    this.turn += 1;
    for (const stop of this.stops) stop();
  }

  /** Many faces may be enrolled at once: one refresh for all. */
  private refreshSoon(): void {
    clearTimeout(this.refreshing);
    this.refreshing = setTimeout(() => void this.load(), REFRESH_AFTER_MS);
  }

  private async load(): Promise<void> {
    this.turn += 1;
    const turn = this.turn;
    try {
      const { people, total } = await this.pages();
      const whole = await Promise.all(people.map((person) => (person.faces ? person : api.person(person.person_id).catch(() => person))));
      if (turn === this.turn) this.render(whole, total);
    } catch (error) {
      if (turn === this.turn) fill(this.message, el('p', { class: 'complaint', role: 'alert' }, words(error)));
    }
  }

  private async pages(): Promise<{ people: Person[]; total: number }> {
    const people: Person[] = [];
    let total = 0;
    for (let offset = 0; offset < this.shown; offset += PAGE) {
      const page = await api.people(offset, PAGE);
      people.push(...page.people);
      total = page.total;
      if (page.people.length < PAGE) break;
    }
    return { people, total };
  }

  private render(people: Person[], total: number): void {
    this.total.textContent = total > 0 ? String(total) : '';
    this.more.hidden = people.length >= total;
    fill(this.grid, ...people.map((person) => this.card(person)));
    fill(this.message, total === 0 ? this.nobody() : null);
  }

  private nobody(): HTMLElement {
    const advice = this.mayEdit
      ? 'Enrol a person with a name and one good picture; every camera knows them a moment later.'
      : 'An operator can enrol people; they appear here at once.';
    return emptyState('Nobody is enrolled', advice);
  }

  private card(person: Person): HTMLElement {
    const faces = person.faces ?? [];
    const first = faces[0];
    return el(
      'li',
      { class: 'person' },
      facePicture(first ? api.picture(first.face_id) : null, `Picture of ${person.name}`),
      el(
        'div',
        { class: 'person-words' },
        el('strong', { class: 'name' }, person.name),
        el('span', { class: 'where' }, count(faces.length || (person.face_count ?? 0), 'picture'), since(person)),
        first ? qualityMark(first.quality_score) : null,
      ),
      faces.length > 1 ? this.pictures(person, faces) : null,
      this.mayEdit ? this.actions(person) : null,
    );
  }

  private pictures(person: Person, faces: Face[]): HTMLElement {
    const items = faces.map((face) => {
      const remove = el('button', { type: 'button', class: 'quiet', 'aria-label': `Remove this picture of ${person.name}` }, 'Remove');
      remove.addEventListener('click', () => void this.removeFace(face));
      return el('li', {}, facePicture(api.picture(face.face_id), `Picture of ${person.name}`), qualityMark(face.quality_score), this.mayEdit ? remove : null);
    });
    return el('details', {}, el('summary', {}, `All ${faces.length} pictures`), el('ul', { class: 'pictures' }, ...items));
  }

  private actions(person: Person): HTMLElement {
    const add = el('button', { type: 'button', class: 'quiet', 'aria-label': `Add a picture of ${person.name}` }, 'Add picture');
    add.addEventListener('click', () => this.enrol(person));
    const erase = el('button', { type: 'button', class: 'quiet danger-words', 'aria-label': `Delete ${person.name}` }, 'Delete');
    erase.addEventListener('click', () => void this.erase(person));
    return el('div', { class: 'actions' }, add, erase);
  }

  private enrol(person: Person | null): void {
    openEnrolment(person, () => void this.load());
  }

  private async erase(person: Person): Promise<void> {
    const text = 'The name and every picture are erased here and at every camera. This cannot be undone.';
    if (await confirmed(`Delete ${person.name}?`, text, 'Delete')) {
      await this.attempt(() => api.erasePerson(person.person_id), `${person.name} is deleted.`);
    }
  }

  private async removeFace(face: Face): Promise<void> {
    const text = 'The person stays known by their other pictures.';
    if (await confirmed(`Remove this picture of ${face.name}?`, text, 'Remove')) {
      await this.attempt(() => api.deleteFace(face.face_id), 'The picture is removed.');
    }
  }

  private async attempt(what: () => Promise<unknown>, success: string): Promise<void> {
    try {
      await what();
      notice(success);
    } catch (error) {
      notice(words(error), 'bad');
    }
    await this.load();
  }
}

function since(person: Person): string {
  const when = dateWords(person.created_at);
  return when ? ` · since ${when}` : '';
}
