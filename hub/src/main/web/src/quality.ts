// A picture's quality in words: what failed, by how much, and what to do about it.
import { el } from './dom';
import type { Quality, QualityComponent } from './types';
import { score, scoreMark, spaced } from './words';

/** The components by name, without the overall figures. */
export function components(quality: Quality): [string, QualityComponent][] {
  return Object.entries(quality).filter((entry): entry is [string, QualityComponent] => typeof entry[1] === 'object' && entry[1] !== null);
}

/** A list of the components that failed; null when none did. */
export function failures(quality: Quality | undefined): HTMLElement | null {
  const failed = quality ? components(quality).filter(([, part]) => !part.passed) : [];
  if (failed.length === 0) return null;
  return el('ul', { class: 'reasons' }, ...failed.map(([name, part]) => reason(name, part)));
}

function reason(name: string, part: QualityComponent): HTMLElement {
  const hint = part.hint ? ` – ${part.hint}` : '';
  return el('li', {}, el('strong', {}, spaced(name)), hint, el('small', {}, ` (${score(part.value)}; the limit is ${score(part.limit)})`));
}

/** The overall score as a small meter. */
export function qualityMark(overall: number): HTMLElement {
  return scoreMark('Picture quality', overall, `Picture quality ${score(overall)} of 1`);
}
