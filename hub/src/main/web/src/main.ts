// The page: signed out, a form; signed in, its views behind a bar.
import { api, ApiError, onSessionEnd, words } from './api';
import { BoxesView } from './boxes';
import { CamerasView } from './cameras';
import { el, fill } from './dom';
import { Live, type Link } from './live';
import { LiveView } from './liveview';
import { PeopleView } from './people';
import { blurSwitch, restoreBlur } from './privacy';
import { brand, refusal, signInView } from './signin';
import type { Session } from './types';

interface View {
  readonly element: HTMLElement;
  stop(): void;
}

const VIEWS = [
  { name: 'live', title: 'Live' },
  { name: 'people', title: 'People' },
  { name: 'cameras', title: 'Cameras' },
  { name: 'boxes', title: 'Boxes' },
] as const;

const page = document.getElementById('page') as HTMLElement;
const EDITORS = ['admin', 'operator'];
const ENROLLERS = [...EDITORS, 'service'];

/** Everything that lives while somebody is signed in. */
class SignedIn {
  private readonly live = new Live();
  private readonly main = el('main', { id: 'main', tabindex: '-1' });
  private readonly links = el('nav', { 'aria-label': 'Views' });
  private readonly banner = el('p', { class: 'banner', role: 'status', hidden: true });
  private readonly route = (): void => this.open();
  private view: View | null = null;

  constructor(private readonly session: Session) {
    const leave = el('button', { type: 'button', class: 'quiet', title: `Signed in as ${session.name}` }, 'Sign out');
    leave.addEventListener('click', () => void signOut());
    fill(page, el('header', { class: 'bar' }, brand(), this.links, el('div', { class: 'bar-end' }, blurSwitch(), leave)), this.banner, this.main);
    this.live.onLink((link) => void this.tell(link));
    window.addEventListener('hashchange', this.route);
    this.open();
  }

  end(): void {
    window.removeEventListener('hashchange', this.route);
    this.view?.stop();
    this.live.close();
    for (const dialog of document.querySelectorAll('dialog')) dialog.remove();
  }

  private open(): void {
    const [name, detail] = location.hash.replace(/^#/, '').split('/');
    const current = VIEWS.find((view) => view.name === name) ?? VIEWS[0];
    this.view?.stop();
    this.view = this.make(current.name, detail ?? null);
    fill(this.links, ...VIEWS.map((view) => el('a', { href: `#${view.name}`, 'aria-current': view === current ? 'page' : null }, view.title)));
    fill(this.main, this.view.element);
    document.title = `${current.title} · Facet`;
  }

  private make(name: (typeof VIEWS)[number]['name'], detail: string | null): View {
    switch (name) {
      case 'live':
        return new LiveView(this.live, detail, this.is(ENROLLERS));
      case 'people':
        return new PeopleView(this.live, this.is(ENROLLERS));
      case 'cameras':
        return new CamerasView(this.live, this.is(EDITORS), this.is(['admin']));
      case 'boxes':
        return new BoxesView(this.is(['admin']));
    }
  }

  private is(roles: string[]): boolean {
    return this.session.roles.some((role) => roles.includes(role));
  }

  private async tell(link: Link): Promise<void> {
    this.banner.hidden = link !== 'lost';
    this.banner.textContent = link === 'lost' ? 'The connection to the hub is lost. Trying again…' : '';
    if (link === 'lost') await api.session().catch(signedOutIfUnknown);
  }
}

let current: SignedIn | null = null;

function enter(session: Session): void {
  current?.end();
  current = new SignedIn(session);
}

function leave(reason: string): void {
  current?.end();
  current = null;
  document.title = 'Facet';
  fill(page, signInView(reason, enter));
  page.querySelector('input')?.focus();
}

async function signOut(): Promise<void> {
  await api.signOut().catch(() => undefined);
  leave('');
}

function signedOutIfUnknown(error: unknown): void {
  if (error instanceof ApiError && error.status === 401) leave('Your session has ended. Please sign in again.');
}

async function start(): Promise<void> {
  restoreBlur();
  const refused = refusal();
  onSessionEnd(() => leave('Your session has ended. Please sign in again.'));
  try {
    enter(await api.session());
  } catch (error) {
    leave(error instanceof ApiError && error.status === 401 ? refused : words(error));
  }
}

void start();
