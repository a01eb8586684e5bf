// The form that enrols a face: a name, a picture, and the reasons when the hub refuses.
import { api, ApiError, words } from './api';
import { complaint, notice, openDialog } from './dialogs';
import { el, field, freshId } from './dom';
import { failures } from './quality';
import type { DuplicateCandidate, Face, Person } from './types';

const TYPES = 'image/jpeg,image/png,image/webp,image/bmp';

/** Opens the form; with a person, the picture is added to theirs. */
export function openEnrolment(person: Person | null, enrolled: (face: Face) => void): void {
  const form = new EnrolForm(person, (face) => {
    dialog.close();
    notice(`${face.name} is enrolled.`);
    enrolled(face);
  });
  const dialog = openDialog(person ? `Add a picture of ${person.name}` : 'Enrol a person', form.element);
  dialog.addEventListener('close', () => form.release());
  form.focus();
}

class EnrolForm {
  readonly element: HTMLFormElement;
  private readonly name = el('input', { name: 'name', required: true, maxlength: 200, autocomplete: 'off' });
  private readonly picker = el('input', { type: 'file', name: 'image', accept: TYPES, id: freshId('picture'), class: 'visually-hidden' });
  private readonly preview = el('img', { alt: 'The picture you chose', hidden: true });
  private readonly prompt = el('span', {}, 'Drop a picture here, or choose one');
  private readonly drop = el('label', { class: 'drop', for: this.picker.id }, el('span', { class: 'face' }, this.preview), this.prompt);
  private readonly submit = el('button', { type: 'submit', class: 'primary' }, 'Enrol');
  private readonly complaint = complaint();
  private picture: File | null = null;

  constructor(
    private readonly person: Person | null,
    private readonly done: (face: Face) => void,
  ) {
    if (person) this.name.value = person.name;
    this.element = el(
      'form',
      { class: 'enrol', novalidate: true },
      person ? null : field('Name', this.name),
      el('div', { class: 'field' }, this.picker, this.drop, el('small', {}, 'JPEG, PNG, WebP or BMP with one face, looking at the camera in even light.')),
      this.complaint.element,
      el('div', { class: 'actions' }, this.submit),
    );
    this.listen();
  }

  focus(): void {
    (this.person ? this.picker : this.name).focus();
  }

  release(): void {
    if (this.preview.src) URL.revokeObjectURL(this.preview.src);
  }

  private listen(): void {
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.send({});
    });
    this.picker.addEventListener('change', () => this.take(this.picker.files?.[0]));
    for (const type of ['dragover', 'dragleave', 'drop'] as const) {
      this.drop.addEventListener(type, (event) => {
        event.preventDefault();
        this.drop.classList.toggle('over', type === 'dragover');
        if (type === 'drop') this.take(event.dataTransfer?.files[0]);
      });
    }
  }

  private take(file: File | undefined): void {
    if (!file) return;
    this.release();
    this.picture = file;
    this.preview.src = URL.createObjectURL(file);
    this.preview.hidden = false;
    this.prompt.textContent = file.name;
    this.complaint.say();
  }

  private async send(extra: Record<string, string>): Promise<void> {
    const name = this.name.value.trim();
    if (name === '') return this.ask('Give the person a name.', this.name);
    if (!this.picture) return this.ask('Choose a picture of the person.', this.picker);
    this.complaint.say();
    this.busy(true);
    try {
      this.done(await api.register(this.form(name, this.picture, extra)));
    } catch (error) {
      this.refuse(error);
    } finally {
      this.busy(false);
    }
  }

  private form(name: string, picture: File, extra: Record<string, string>): FormData {
    const form = new FormData();
    form.set('name', name);
    if (this.person) form.set('person_id', this.person.person_id);
    for (const [key, value] of Object.entries(extra)) form.set(key, value);
    form.set('image', picture, picture.name);
    return form;
  }

  private ask(what: string, where: HTMLElement): void {
    this.complaint.say(what);
    where.focus();
  }

  private busy(sending: boolean): void {
    this.submit.disabled = sending;
    this.submit.textContent = sending ? 'Looking at the picture…' : 'Enrol';
  }

  private refuse(error: unknown): void {
    const problem = error instanceof ApiError ? error.problem : null;
    const reasons = failures(problem?.quality);
    if (problem?.candidate) this.complaint.say(this.choice(problem.candidate));
    else this.complaint.say(el('p', {}, words(error)), ...(reasons ? [reasons] : []));
  }

  /** The face is enrolled already: it may be the same person, or one who looks alike. */
  private choice(candidate: DuplicateCandidate): HTMLElement {
    const same = el('button', { type: 'button' }, `Add to ${candidate.name}`);
    const other = el('button', { type: 'button' }, 'Enrol as somebody else');
    same.addEventListener('click', () => void this.send({ name: candidate.name, person_id: candidate.person_id, on_duplicate: 'link' }));
    other.addEventListener('click', () => void this.send({ on_duplicate: 'allow' }));
    const looks = el('p', {}, `This face is enrolled already, as ${candidate.name}. Is this the same person?`);
    return el('div', {}, looks, el('div', { class: 'actions start' }, same, other));
  }
}
