// Draws a live picture with its faces: boxes, names, confidence; blurred where wished.
import type { Box, CameraFrame, FrameFace } from './types';
import { score } from './words';

/** Colours of the overlay, the same in light and dark: they lie on the picture. */
const KNOWN = '#37c2a0';
const UNKNOWN = '#f2b134';
const INK = '#0c1418';

/** A blurred face is told by no more than this many samples a side. */
const BLUR_SAMPLES = 5;
/** How far beyond the detector's box a blur reaches, as a share of the box: hair, chin, ears. */
const BLUR_MARGIN = 0.25;

/** One canvas and what is drawn on it. */
export class Overlay {
  private readonly context: CanvasRenderingContext2D;
  private readonly small = document.createElement('canvas');

  constructor(private readonly canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('This browser cannot draw pictures.');
    this.context = context;
    this.small.width = BLUR_SAMPLES;
    this.small.height = BLUR_SAMPLES;
  }

  /** Draws a picture; the frame's boxes are in its own pixels, which the picture may be scaled from. */
  draw(picture: ImageBitmap, frame: CameraFrame, blur: boolean): void {
    if (this.canvas.width !== picture.width || this.canvas.height !== picture.height) {
      this.canvas.width = picture.width;
      this.canvas.height = picture.height;
    }
    this.context.drawImage(picture, 0, 0);
    const scale = frame.width > 0 ? picture.width / frame.width : 1;
    const faces = frame.faces.map((face) => ({ face, box: scaled(face.box, scale) }));
    if (blur) for (const { box } of faces) this.blur(picture, grown(box, picture));
    for (const { face, box } of faces) this.mark(face, box);
  }

  private blur(picture: ImageBitmap, box: Box): void {
    const tiny = this.small.getContext('2d', { alpha: false });
    if (!tiny || box.width < 1 || box.height < 1) return;
    tiny.imageSmoothingQuality = 'high';
    tiny.drawImage(picture, box.x, box.y, box.width, box.height, 0, 0, BLUR_SAMPLES, BLUR_SAMPLES);
    const { context } = this;
    context.save();
    context.beginPath();
    context.ellipse(box.x + box.width / 2, box.y + box.height / 2, box.width / 2, box.height / 2, 0, 0, Math.PI * 2);
    context.clip();
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = 'high';
    context.drawImage(this.small, box.x, box.y, box.width, box.height);
    context.restore();
  }

  private mark(face: FrameFace, box: Box): void {
    const { context } = this;
    const unit = this.pixelsPerCssPixel();
    const colour = face.name ? KNOWN : UNKNOWN;
    context.lineWidth = 2 * unit;
    context.strokeStyle = colour;
    context.beginPath();
    context.roundRect(box.x, box.y, box.width, box.height, 6 * unit);
    context.stroke();
    this.label(labelOf(face), box, unit, colour);
  }

  private label(text: string, box: Box, unit: number, colour: string): void {
    const { context } = this;
    const height = 20 * unit;
    context.font = `600 ${13 * unit}px system-ui, sans-serif`;
    const width = context.measureText(text).width + 12 * unit;
    const left = Math.max(0, Math.min(box.x - unit, this.canvas.width - width));
    const top = box.y >= height ? box.y - height - unit : Math.min(box.y + box.height + unit, this.canvas.height - height);
    context.fillStyle = colour;
    context.beginPath();
    context.roundRect(left, top, width, height, 4 * unit);
    context.fill();
    context.fillStyle = INK;
    context.textBaseline = 'middle';
    context.fillText(text, left + 6 * unit, top + height / 2 + unit);
  }

  /** Lines and letters keep their size on the screen, however large the picture is. */
  private pixelsPerCssPixel(): number {
    const shown = this.canvas.clientWidth;
    return shown > 0 ? this.canvas.width / shown : 1;
  }
}

function labelOf(face: FrameFace): string {
  if (!face.name) return 'Unknown';
  const confidence = score(face.confidence);
  return confidence ? `${face.name} ${confidence}` : face.name;
}

function scaled(box: Box, scale: number): Box {
  return { x: box.x * scale, y: box.y * scale, width: box.width * scale, height: box.height * scale };
}

/** The box with its margin, within the picture. */
export function grown(box: Box, picture: { width: number; height: number }): Box {
  const left = Math.max(0, box.x - box.width * BLUR_MARGIN);
  const top = Math.max(0, box.y - box.height * BLUR_MARGIN);
  const right = Math.min(picture.width, box.x + box.width * (1 + BLUR_MARGIN));
  const bottom = Math.min(picture.height, box.y + box.height * (1 + BLUR_MARGIN));
  return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}
