// Makes elements. Text always goes in as text, never as markup.

type Child = Node | string | null | undefined | false;
type Listener = (event: Event) => void;
type Attributes = Record<string, string | number | boolean | null | undefined | Listener>;

/** An element: `on...` attributes are listeners; true means present; null, undefined and false mean left out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, String(value));
    }
  }
  element.append(...present(children));
  return element;
}

/** Puts these children in place of what an element held. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren(...present(children));
}

function present(children: Child[]): (Node | string)[] {
  return children.filter((child): child is Node | string => child instanceof Node || typeof child === 'string');
}

let lastId = 0;

/** A fresh id, to tie a label to its field. */
export function freshId(prefix: string): string {
  lastId += 1;
  return `${prefix}-${lastId}`;
}

/** A label above its field, with an optional hint below. */
export function field(label: string, input: HTMLElement, hint?: string): HTMLElement {
  input.id ||= freshId('field');
  const help = hint ? el('small', { id: `${input.id}-hint` }, hint) : null;
  if (help) input.setAttribute('aria-describedby', help.id);
  return el('div', { class: 'field' }, el('label', { for: input.id }, label), input, help);
}

/** What a list shows while it is empty: what that means, and what to do next. */
export function emptyState(title: string, advice: string, action?: HTMLElement): HTMLElement {
  return el('div', { class: 'empty' }, el('h3', {}, title), el('p', {}, advice), action);
}

const announcer = (): HTMLElement | null => document.getElementById('announcer');

/** Says a sentence to those who listen to the page. */
export function announce(sentence: string): void {
  const region = announcer();
  if (region) region.textContent = sentence;
}
