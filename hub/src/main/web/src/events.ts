// The list of live events: one card per visit, changed as the visit is corrected.
import { api, words } from './api';
import { announce, el, emptyState, fill } from './dom';
import { filmButton } from './film';
import type { Live } from './live';
import { facePicture } from './privacy';
import type { FacetEvent } from './types';
import { VISIT_KINDS, Visits, type Visit } from './visits';
import { score, scoreMark, timeElement } from './words';

const PAGE = 30;
const MOST_CARDS = 300;
/** The film of a live event is at the hub after some seconds; asked for once. */
const FILM_MS = 15000;

type Filter = 'all' | 'known' | 'unknown';
type Tone = 'known' | 'unknown' | 'retracted';

/** The list; `stop` when the view is left. */
export class EventList {
  readonly element: HTMLElement;
  private readonly visits = new Visits(MOST_CARDS);
  private readonly cards = new Map<string, HTMLElement>();
  private readonly list = el('ol', { class: 'events', 'aria-label': 'Visits, newest first' });
  private readonly message = el('div', {});
  private readonly earlier = el('button', { type: 'button', class: 'quiet wide', hidden: true }, 'Show earlier');
  private readonly stops: (() => void)[] = [];
  private cursor: string | null = null;
  /** Whether cameras make films at all. */
  private films = false;

  constructor(live: Live) {
    this.earlier.addEventListener('click', () => void this.load(this.cursor ?? undefined));
    this.element = el(
      'section',
      { class: 'panel', 'aria-labelledby': 'events-title' },
      el('header', {}, el('h2', { id: 'events-title' }, 'Seen'), this.filters()),
      this.message,
      this.list,
      this.earlier,
    );
    this.stops.push(live.onEvent((event) => this.arrive(event)));
    this.stops.push(live.onLink((link) => link === 'live' && void this.load()));
    void this.load();
  }

  stop(): void {
    for (const stop of this.stops) stop();
  }

  private filters(): HTMLElement {
    const group = el('fieldset', { class: 'segments' }, el('legend', { class: 'visually-hidden' }, 'Show'));
    const choices: [Filter, string][] = [['all', 'All'], ['known', 'Known'], ['unknown', 'Unknown']];
    for (const [value, label] of choices) {
      const input = el('input', { type: 'radio', name: 'seen-filter', value, checked: value === 'all' });
      input.addEventListener('change', () => (this.list.dataset['show'] = value));
      group.append(el('label', {}, input, el('span', {}, label)));
    }
    return group;
  }

  private async load(cursor?: string): Promise<void> {
    this.earlier.disabled = true;
    try {
      const page = await api.events(VISIT_KINDS, PAGE, cursor);
      if (cursor !== undefined || this.cursor === null) this.cursor = page.next_cursor ?? null;
      for (const event of [...page.events].reverse()) this.show(this.visits.take(event));
      this.settle();
    } catch (error) {
      fill(this.message, el('p', { class: 'complaint', role: 'alert' }, words(error)));
    } finally {
      this.earlier.disabled = false;
    }
  }

  private arrive(event: FacetEvent): void {
    const visit = this.visits.take(event);
    if (!visit) return;
    this.show(visit)?.classList.add('fresh');
    if (this.films && !visit.film) setTimeout(() => void this.askForFilm(event), FILM_MS);
    for (const key of this.visits.trim()) this.remove(key);
    this.settle();
    if (!event.historical) announce(sentence(visit));
  }

  private async askForFilm(event: FacetEvent): Promise<void> {
    if (event.event_id === undefined) return;
    try {
      this.show(this.visits.filmed(await api.event(event.event_id)));
    } catch {
      // Gone by now, or the hub is: the list says so by other ways.
    }
  }

  private show(visit: Visit | null): HTMLElement | null {
    if (!visit) return null;
    this.films ||= visit.film !== null;
    const card = visitCard(visit);
    this.remove(visit.key);
    this.cards.set(visit.key, card);
    const next = [...this.list.children].find((other) => Number(other.getAttribute('data-began')) <= visit.began);
    this.list.insertBefore(card, next ?? null);
    return card;
  }

  private remove(key: string): void {
    this.cards.get(key)?.remove();
    this.cards.delete(key);
  }

  private settle(): void {
    this.earlier.hidden = this.cursor === null || this.cards.size >= MOST_CARDS;
    if (this.cards.size > 0) fill(this.message);
    else fill(this.message, nobodyYet());
  }
}

function nobodyYet(): HTMLElement {
  return emptyState(
    'Nobody seen yet',
    'People appear here as soon as a camera sees them. Add a camera under Cameras, and enrol the people it should know under People.',
  );
}

function toneOf(visit: Visit): Tone {
  if (visit.latest.kind === 'recognition_retracted') return 'retracted';
  return visit.latest.kind === 'unknown_seen' ? 'unknown' : 'known';
}

function nameOf(visit: Visit): string {
  const tone = toneOf(visit);
  if (tone === 'retracted') return 'Recognition withdrawn';
  return tone === 'unknown' ? 'Unknown person' : (visit.latest.name ?? 'No name');
}

function sentence(visit: Visit): string {
  return `${nameOf(visit)} at ${visit.latest.camera_name ?? 'a camera'}`;
}

function visitCard(visit: Visit): HTMLElement {
  const { latest } = visit;
  const tone = toneOf(visit);
  return el(
    'li',
    { class: `event ${tone}`, 'data-began': visit.began, 'data-tone': tone === 'known' ? 'known' : 'unknown' },
    facePicture(visit.crop, `${nameOf(visit)}, as the camera saw them`),
    el(
      'div',
      { class: 'event-words' },
      el('strong', { class: 'name' }, nameOf(visit)),
      el('span', { class: 'where' }, latest.camera_name ?? 'Unknown camera', ' · ', timeElement(visit.began)),
      latest.reason ? el('span', { class: 'where' }, latest.reason) : null,
    ),
    el('div', { class: 'event-marks' }, ...marks(visit)),
  );
}

function marks(visit: Visit): (HTMLElement | null)[] {
  const { latest } = visit;
  return [
    toneOf(visit) === 'known' ? confidenceMark(latest) : null,
    latest.kind === 'recognition_updated' ? badge('updated', 'A better look confirmed or corrected the first one') : null,
    latest.simulated ? badge('simulated', 'Made for a test; nobody was there') : null,
    visit.film ? filmButton(visit.film, sentence(visit)) : null,
    latest.historical ? badge('late', 'Waited at the camera until the hub could be reached') : null,
  ];
}

function badge(text: string, title: string): HTMLElement {
  return el('span', { class: `badge ${text}`, title }, text);
}

function confidenceMark(event: FacetEvent): HTMLElement | null {
  if (typeof event.confidence !== 'number') return null;
  const parts = [`Confidence ${score(event.confidence)} of 1`];
  if (event.threshold !== undefined) parts.push(`threshold ${score(event.threshold)}`);
  if (event.similarity !== undefined) parts.push(`similarity ${score(event.similarity)}`);
  return scoreMark('Confidence', event.confidence, parts.join(', '));
}
