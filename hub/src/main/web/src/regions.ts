// Draws zones and masks onto a camera's picture: polygons in shares of it.
import { el, fill } from './dom';
import type { Region } from './types';

const SVG = 'http://www.w3.org/2000/svg';
const FEWEST_CORNERS = 3;
const MOST_CORNERS = 64;

type Kind = 'zone' | 'mask';

/** The picture to draw on, and the regions drawn so far. */
export class RegionPad {
  readonly element: HTMLElement;
  private readonly svg = document.createElementNS(SVG, 'svg');
  private readonly words = el('p', { role: 'status' });
  private readonly finish = el('button', { type: 'button' }, 'Close the region');
  private readonly regions: Record<Kind, Region[]>;
  private drawing: Kind | undefined;
  private corners: Region = [];

  constructor(picture: string, zones: Region[], masks: Region[]) {
    this.regions = { zone: [...zones], mask: [...masks] };
    this.svg.setAttribute('viewBox', '0 0 1 1');
    this.svg.setAttribute('preserveAspectRatio', 'none');
    this.svg.addEventListener('click', (event) => this.corner(event));
    this.finish.addEventListener('click', () => this.close());
    const image = el('img', { src: picture, alt: 'What the camera sees now' });
    image.addEventListener('error', () => pad.classList.add('blind'));
    const pad = el('div', { class: 'region-pad' }, image);
    pad.append(this.svg);
    this.element = el(
      'div',
      { class: 'field' },
      pad,
      this.words,
      el('div', { class: 'actions' }, this.start('zone', 'Draw a zone'), this.start('mask', 'Draw a mask'), this.finish, this.clear()),
    );
    this.draw();
  }

  get zones(): Region[] {
    return this.regions.zone;
  }

  get masks(): Region[] {
    return this.regions.mask;
  }

  private start(kind: Kind, label: string): HTMLElement {
    const button = el('button', { type: 'button' }, label);
    button.addEventListener('click', () => {
      this.drawing = kind;
      this.corners = [];
      this.draw();
    });
    return button;
  }

  private clear(): HTMLElement {
    const button = el('button', { type: 'button', class: 'quiet' }, 'Remove all regions');
    button.addEventListener('click', () => {
      this.regions.zone.length = 0;
      this.regions.mask.length = 0;
      this.drawing = undefined;
      this.draw();
    });
    return button;
  }

  private corner(event: MouseEvent): void {
    if (!this.drawing || this.corners.length >= MOST_CORNERS) return;
    const frame = this.svg.getBoundingClientRect();
    const share = (at: number, from: number, size: number): number => Math.min(1, Math.max(0, Number(((at - from) / size).toFixed(4))));
    this.corners.push([share(event.clientX, frame.left, frame.width), share(event.clientY, frame.top, frame.height)]);
    this.draw();
  }

  private close(): void {
    if (this.drawing && this.corners.length >= FEWEST_CORNERS) {
      this.regions[this.drawing].push(this.corners);
      this.drawing = undefined;
      this.corners = [];
      this.draw();
    }
  }

  private draw(): void {
    fill(
      this.svg,
      ...this.regions.zone.map((region) => polygon('polygon', region, 'zone')),
      ...this.regions.mask.map((region) => polygon('polygon', region, 'mask')),
      this.corners.length > 0 ? polygon('polyline', this.corners, this.drawing ?? 'zone') : null,
    );
    this.finish.disabled = this.corners.length < FEWEST_CORNERS;
    this.words.textContent = this.drawing
      ? `Click the corners of the ${this.drawing}, at least three, then close it. ${this.corners.length} so far.`
      : `${count(this.regions.zone.length, 'zone')}, ${count(this.regions.mask.length, 'mask')}. Faces outside the zones, or in a mask, are ignored; masks are black in live pictures.`;
  }
}

function polygon(shape: 'polygon' | 'polyline', region: Region, kind: Kind): SVGElement {
  const element = document.createElementNS(SVG, shape);
  element.setAttribute('points', region.map(([x, y]) => `${x},${y}`).join(' '));
  element.setAttribute('class', kind);
  return element;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
