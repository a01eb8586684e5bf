// The live picture of one camera, asked for only while somebody can see it.
import { el, fill } from './dom';
import type { Live } from './live';
import { Overlay } from './overlay';
import { facesAreBlurred } from './privacy';
import type { Camera, CameraFrame } from './types';
import { cameraState, count } from './words';

/** A canvas with a line below; `stop` when the view is left. */
export class Watch {
  readonly element: HTMLElement;
  private readonly canvas = el('canvas', { role: 'img', 'aria-label': 'Live picture', width: 1280, height: 720 });
  private readonly status = el('p', { class: 'watch-status', role: 'status' });
  private readonly caption = el('p', { class: 'watch-caption' });
  private readonly overlay = new Overlay(this.canvas);
  private readonly stops: (() => void)[] = [];
  private camera: Camera | null = null;
  private asked: string | null = null;
  private drawn: { picture: ImageBitmap; frame: CameraFrame } | null = null;
  private waiting: CameraFrame | null = null;
  private decoding = false;

  constructor(private readonly live: Live) {
    this.element = el('div', { class: 'watch' }, el('div', { class: 'screen' }, this.canvas, this.status), this.caption);
    this.stops.push(live.onFrame((frame) => this.arrive(frame)));
    this.stops.push(live.onLink((link) => this.relink(link === 'live')));
    this.listen(document, 'visibilitychange', () => (document.hidden ? this.rest() : void this.ask()));
    this.listen(document, 'blurchange', () => this.redraw());
    this.listen(window, 'pagehide', () => this.rest());
    this.say('');
  }

  /** Shows this camera from now on; null shows none. */
  show(camera: Camera | null): void {
    if (camera && camera.camera_id === this.camera?.camera_id) {
      this.camera = camera;
      return;
    }
    this.rest();
    this.camera = camera;
    this.forget();
    if (camera) void this.ask();
    else this.say('No camera to watch yet. Add one under Cameras.');
  }

  stop(): void {
    this.rest();
    this.forget();
    for (const stop of this.stops) stop();
  }

  private listen(target: EventTarget, type: string, listener: () => void): void {
    target.addEventListener(type, listener);
    this.stops.push(() => target.removeEventListener(type, listener));
  }

  private async ask(): Promise<void> {
    const camera = this.camera;
    if (!camera || this.asked === camera.camera_id || document.hidden) return;
    this.asked = camera.camera_id;
    this.canvas.setAttribute('aria-label', `Live picture of ${camera.name}`);
    if (!this.drawn) this.say(waitingWords(camera));
    const complaint = await this.live.watch(camera.camera_id);
    if (complaint && this.asked === camera.camera_id) {
      this.asked = null;
      this.say(complaint);
    }
  }

  private rest(): void {
    if (this.asked) this.live.unwatch(this.asked);
    this.asked = null;
  }

  private relink(connected: boolean): void {
    this.asked = null;
    if (connected) void this.ask();
    else if (this.camera) this.say('The connection is lost; the picture stands still.');
  }

  private arrive(frame: CameraFrame): void {
    if (frame.camera_id !== this.asked) return;
    this.waiting = frame;
    if (!this.decoding) void this.decode();
  }

  /** Decodes the newest picture; those that came in between are dropped. */
  private async decode(): Promise<void> {
    this.decoding = true;
    try {
      while (this.waiting) {
        const frame = this.waiting;
        this.waiting = null;
        const picture = await createImageBitmap(new Blob([frame.jpeg], { type: 'image/jpeg' }));
        if (frame.camera_id === this.asked) this.take(picture, frame);
        else picture.close();
      }
    } catch {
      this.say('A picture of this camera cannot be shown.');
    } finally {
      this.decoding = false;
    }
  }

  private take(picture: ImageBitmap, frame: CameraFrame): void {
    this.drawn?.picture.close();
    this.drawn = { picture, frame };
    this.say('');
    this.redraw();
    const known = frame.faces.filter((face) => face.name).length;
    fill(this.caption, `${count(frame.faces.length, 'face')} in the picture, ${known} known · ${frame.width} × ${frame.height}`);
  }

  private redraw(): void {
    if (this.drawn) this.overlay.draw(this.drawn.picture, this.drawn.frame, facesAreBlurred());
  }

  private forget(): void {
    this.waiting = null;
    this.drawn?.picture.close();
    this.drawn = null;
    this.canvas.getContext('2d')?.clearRect(0, 0, this.canvas.width, this.canvas.height);
    fill(this.caption);
  }

  private say(text: string): void {
    fill(this.status, text);
    this.status.hidden = text === '';
  }
}

function waitingWords(camera: Camera): string {
  if (camera.state === 'streaming') return 'Waiting for the first picture…';
  const state = cameraState(camera.state).words;
  return camera.state_reason ? `${state}: ${camera.state_reason}` : `${state}.`;
}
