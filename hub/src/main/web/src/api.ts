// The hub's REST calls. The session is an HttpOnly cookie: this page holds no key.
import type {
  Camera,
  CameraSettings,
  Credential,
  Device,
  EventPage,
  Face,
  JoinToken,
  PeoplePage,
  Person,
  Problem,
  Selection,
  Session,
  Watchlist,
  Ways,
} from './types';

/** A call that the hub refused, in the hub's words, or that did not reach it. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.detail ?? problem.title ?? `The hub answered ${status}.`);
  }

  get code(): string {
    return this.problem.code ?? 'unknown';
  }
}

/** What a failed call says to the user. */
export function words(error: unknown): string {
  return error instanceof Error ? error.message : 'Something went wrong.';
}

/** Calls of the sign-in form, whose refusal ends no session. */
const SIGNED_OUT = ['/api/v1/session', '/api/v1/session/ways'];

let sessionEnded: () => void = () => undefined;

/** Called when a call finds that nobody is signed in any more. */
export function onSessionEnd(listener: () => void): void {
  sessionEnded = listener;
}

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await reach(method, path, body);
  if (!response.ok) {
    const error = new ApiError(response.status, await problemOf(response));
    if (response.status === 401 && !SIGNED_OUT.includes(path)) sessionEnded();
    throw error;
  }
  return (response.status === 204 ? undefined : await response.json()) as T;
}

async function reach(method: string, path: string, body: unknown): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json', 'X-Facet-Request': '1' };
  const form = body instanceof FormData;
  if (body !== undefined && !form) headers['Content-Type'] = 'application/json';
  try {
    return await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    });
  } catch {
    throw new ApiError(0, { code: 'unreachable', detail: 'The hub does not answer. Is it running?' });
  }
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    return (await response.json()) as Problem;
  } catch {
    return { title: `The hub answered ${response.status} ${response.statusText}.` };
  }
}

const id = encodeURIComponent;

export const api = {
  session: () => call<Session>('GET', '/api/v1/session'),
  signIn: (credential: Credential) => call<Session>('POST', '/api/v1/session', credential),
  ways: () => call<Ways>('GET', '/api/v1/session/ways'),
  signOut: () => call<void>('DELETE', '/api/v1/session'),

  events: (kinds: readonly string[], limit: number, cursor?: string) => {
    const query = new URLSearchParams({ limit: String(limit), ...(cursor ? { cursor } : {}) });
    for (const kind of kinds) query.append('kind', kind);
    return call<EventPage>('GET', `/api/v1/events?${query}`);
  },

  people: (offset: number, limit: number) =>
    call<PeoplePage>('GET', `/api/v1/people?offset=${offset}&limit=${limit}`),
  person: (personId: string) => call<Person>('GET', `/api/v1/people/${id(personId)}`),
  renamePerson: (personId: string, name: string) => call<Person>('PATCH', `/api/v1/people/${id(personId)}`, { name }),
  erasePerson: (personId: string) => call<unknown>('DELETE', `/api/v1/people/${id(personId)}`),
  register: (form: FormData) => call<Face>('POST', '/api/faces/register', form),
  deleteFace: (faceId: string) => call<unknown>('DELETE', `/api/faces/delete/${id(faceId)}`),
  picture: (faceId: string) => `/api/v1/faces/${id(faceId)}/picture.jpg`,

  cameras: () => call<{ cameras: Camera[] }>('GET', '/api/cameras'),
  addCamera: (camera: Record<string, string>) => call<Camera>('POST', '/api/cameras', camera),
  removeCamera: (cameraId: string) => call<unknown>('DELETE', `/api/cameras/${id(cameraId)}`),
  camera: (cameraId: string) => call<Camera & CameraSettings>('GET', `/api/v1/cameras/${id(cameraId)}`),
  changeCamera: (cameraId: string, settings: CameraSettings) => call<Camera>('PATCH', `/api/v1/cameras/${id(cameraId)}`, settings),
  snapshot: (cameraId: string) => `/api/v1/cameras/${id(cameraId)}/snapshot.jpg`,
  watchlists: () => call<{ watchlists: Watchlist[] }>('GET', '/api/v1/watchlists?limit=1000'),
  gallery: (agentId: string) => call<Selection>('GET', `/api/v1/devices/${id(agentId)}/gallery`),
  selectGallery: (agentId: string, selection: Selection) => call<Selection>('PUT', `/api/v1/devices/${id(agentId)}/gallery`, selection),
  removeDevice: (agentId: string) => call<unknown>('DELETE', `/api/v1/devices/${id(agentId)}`),
  joinTokens: () => call<{ join_tokens: JoinToken[] }>('GET', '/api/v1/join-tokens'),
  makeJoinToken: (wish: Record<string, string | number>) => call<JoinToken>('POST', '/api/v1/join-tokens', wish),
  withdrawJoinToken: (tokenId: string) => call<unknown>('DELETE', `/api/v1/join-tokens/${id(tokenId)}`),
  devices: () => call<{ devices: Device[] }>('GET', '/api/v1/devices'),

  simulate: () => call<unknown>('GET', '/api/test/recognize'),
};
