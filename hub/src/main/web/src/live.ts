// The one Socket.IO connection of the page. It signs in by the session cookie.
import { io, type Socket } from 'socket.io-client';
import type { CameraFrame, FacetEvent } from './types';

/** How the live connection does. */
export type Link = 'connecting' | 'live' | 'lost';

/** Events that the page listens to. */
export const LIVE_EVENTS = [
  'face_added',
  'face_deleted',
  'face_recognized',
  'camera_connected',
  'camera_disconnected',
  'recognition_updated',
  'recognition_retracted',
  'unknown_seen',
] as const;

const ANSWER_WITHIN_MS = 10_000;
const REOPEN_AFTER_MS = 3_000;

const TEXTS = [
  'event_id', 'camera_id', 'camera_name', 'track_id', 'person_id', 'face_id', 'name', 'reason', 'crop_url',
  'captured_at', 'timestamp', 'received_at',
] as const;
const NUMBERS = ['confidence', 'similarity', 'threshold'] as const;
const FLAGS = ['simulated', 'historical'] as const;

/** An administrator may dispatch any data under any name: only what has the right type is taken over. */
function eventOf(kind: string, data: unknown): FacetEvent {
  const given = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>;
  const event: FacetEvent = { kind };
  for (const key of TEXTS) if (typeof given[key] === 'string') event[key] = given[key];
  for (const key of NUMBERS) if (typeof given[key] === 'number') event[key] = given[key];
  for (const key of FLAGS) if (given[key] === true) event[key] = true;
  return event;
}

/** Several listeners of one thing. */
class Listeners<T> {
  private readonly all = new Set<(value: T) => void>();

  /** Adds a listener; the result removes it. */
  add(listener: (value: T) => void): () => void {
    this.all.add(listener);
    return () => this.all.delete(listener);
  }

  tell(value: T): void {
    for (const listener of this.all) listener(value);
  }
}

/** Live events and pictures; reconnects by itself until closed. */
export class Live {
  private readonly socket: Socket = io({ reconnectionDelayMax: 5000 });
  private readonly events = new Listeners<FacetEvent>();
  private readonly frames = new Listeners<CameraFrame>();
  private readonly links = new Listeners<Link>();
  private state: Link = 'connecting';
  private shut = false;

  constructor() {
    this.socket.on('connect', () => this.become('live'));
    this.socket.on('disconnect', () => this.become('lost'));
    this.socket.on('connect_error', () => this.become('lost'));
    for (const kind of LIVE_EVENTS) {
      this.socket.on(kind, (data: unknown) => this.events.tell(eventOf(kind, data)));
    }
    this.socket.on('camera_frame', (frame: CameraFrame) => this.frames.tell(frame));
  }

  get link(): Link {
    return this.state;
  }

  onEvent(listener: (event: FacetEvent) => void): () => void {
    return this.events.add(listener);
  }

  onFrame(listener: (frame: CameraFrame) => void): () => void {
    return this.frames.add(listener);
  }

  onLink(listener: (link: Link) => void): () => void {
    return this.links.add(listener);
  }

  /** Asks for a camera's pictures; the result is what is wrong, or null. */
  async watch(cameraId: string): Promise<string | null> {
    try {
      const answer: { error?: { detail?: string } } = await this.socket
        .timeout(ANSWER_WITHIN_MS)
        .emitWithAck('watch_camera', { camera_id: cameraId });
      return answer.error ? (answer.error.detail ?? 'The hub cannot show this camera.') : null;
    } catch {
      return 'The hub did not answer in time.';
    }
  }

  unwatch(cameraId: string): void {
    if (this.socket.connected) this.socket.emit('unwatch_camera', { camera_id: cameraId });
  }

  close(): void {
    this.shut = true;
    this.socket.close();
  }

  private become(link: Link): void {
    // When the hub itself refuses or ends a connection, the library does not try again.
    if (link === 'lost' && !this.socket.active && !this.shut) setTimeout(() => this.reopen(), REOPEN_AFTER_MS);
    if (link === this.state || this.shut) return;
    this.state = link;
    this.links.tell(link);
  }

  private reopen(): void {
    if (!this.shut) this.socket.connect();
  }
}
