// What is known of each visit, from events that arrive live, late and out of order.
import type { FacetEvent } from './types';

/** One person's visit to one camera: what its newest event says, and when it began. */
export interface Visit {
  key: string;
  /** Milliseconds since 1970 of its first event. */
  began: number;
  latest: FacetEvent;
  /** The newest look at the face, for a visit whose last event has none. */
  crop: string | null;
  /** The film around its first event; comes some seconds after that. */
  film: string | null;
}

/** The kinds of events that belong to a visit; of two at one instant, the later of this list counts. */
export const VISIT_KINDS = ['unknown_seen', 'face_recognized', 'recognition_updated', 'recognition_retracted'] as const;

/** When an event happened, in milliseconds since 1970; 0 when it does not say. */
export function instantOf(event: FacetEvent): number {
  return Date.parse(event.timestamp ?? event.captured_at ?? event.received_at ?? '') || 0;
}

/** Visits by key; bounded: the oldest go first. */
export class Visits {
  private readonly byKey = new Map<string, Visit>();

  constructor(private readonly capacity: number) {}

  /** Takes an event in; the visit it changed, or null when it says nothing new. */
  take(event: FacetEvent): Visit | null {
    if (rank(event) < 0) return null;
    const key = event.track_id ?? event.event_id ?? `${event.kind}@${instantOf(event)}`;
    const known = this.byKey.get(key);
    const visit = known ? joined(known, event) : { key, began: instantOf(event), latest: event, crop: cropOf(event), film: filmOf(event) };
    if (visit === known) return null;
    this.byKey.set(key, visit);
    return visit;
  }

  /** Takes in that a visit has a film by now; the visit, or null when that is no news. */
  filmed(event: FacetEvent): Visit | null {
    const key = event.track_id;
    const visit = key === undefined ? undefined : this.byKey.get(key);
    const film = filmOf(event);
    if (!visit || !film || visit.film === film) return null;
    const changed = { ...visit, film };
    this.byKey.set(visit.key, changed);
    return changed;
  }

  /** The oldest visits beyond the capacity, now forgotten. */
  trim(): string[] {
    const extra = this.newestFirst().slice(this.capacity);
    for (const visit of extra) this.byKey.delete(visit.key);
    return extra.map((visit) => visit.key);
  }

  newestFirst(): Visit[] {
    return [...this.byKey.values()].sort((a, b) => b.began - a.began || b.key.localeCompare(a.key));
  }

  clear(): void {
    this.byKey.clear();
  }
}

function joined(visit: Visit, event: FacetEvent): Visit {
  const began = Math.min(instantOf(event), visit.began);
  const film = filmOf(event) ?? visit.film;
  if (!isNewer(event, visit.latest)) {
    return began === visit.began && film === visit.film ? visit : { ...visit, began, film };
  }
  return { key: visit.key, began, latest: event, crop: cropOf(event) ?? visit.crop, film };
}

function isNewer(a: FacetEvent, b: FacetEvent): boolean {
  if (a.event_id !== undefined && a.event_id === b.event_id) return false;
  const order = instantOf(a) - instantOf(b);
  return order !== 0 ? order > 0 : rank(a) > rank(b);
}

function rank(event: FacetEvent): number {
  return (VISIT_KINDS as readonly string[]).indexOf(event.kind);
}

/** The address of the face as seen: the hub's own pictures only. */
function cropOf(event: FacetEvent): string | null {
  const address = event.crop_url;
  return typeof address === 'string' && /^\/api\/v1\/events\/[\w-]+\/crop\.jpg$/.test(address) ? address : null;
}

/** The address of the film around an event: the hub's own only. */
function filmOf(event: FacetEvent): string | null {
  const address = event.clip_url;
  return typeof address === 'string' && /^\/api\/v1\/events\/[\w-]+\/clip$/.test(address) ? address : null;
}
