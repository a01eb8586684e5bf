// A stand-in hub for work on the page: docs/api.md with made-up people and one drawn camera.
// Usage: node mock-hub.mjs FOLDER-OF-THE-BUILT-PAGE [PORT]; the key is "mock-key". Options by environment:
// MOCK_EMPTY=1 starts with nothing in it; MOCK_FRAMES=DIR shows the JPEGs of a folder as the live picture,
// with the boxes of DIR/faces.json ({"file.jpg": [{box, name, confidence}]}).
import { createServer } from 'node:http';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { Server } from 'socket.io';

const [root, port = '8091'] = process.argv.slice(2);
const empty = process.env.MOCK_EMPTY === '1';
const pictures = process.env.MOCK_FRAMES;
const KEY = 'mock-key';
const COOKIE = 'facet_session=mock';
const POLICY =
  "default-src 'self'; img-src 'self' data: blob:; connect-src 'self' ws: wss:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

let serial = 0;
const newId = () => `0190aaaa-0000-7000-8000-${String((serial += 1)).padStart(12, '0')}`;
const now = (agoSeconds = 0) => new Date(Date.now() - agoSeconds * 1000).toISOString();

const people = new Map();
const faces = new Map();
const cameras = new Map();
const events = [];
const galleries = new Map();

const portraits = pictures ? readdirSync(pictures).filter((name) => name.startsWith('portrait')).map((name) => readFileSync(join(pictures, name))) : [];
const frames = pictures ? readdirSync(pictures).filter((name) => name.startsWith('frame')).sort() : [];
const film = pictures && existsSync(join(pictures, 'film.webm')) ? readFileSync(join(pictures, 'film.webm')) : undefined;
const known = pictures && existsSync(join(pictures, 'faces.json')) ? JSON.parse(readFileSync(join(pictures, 'faces.json'))) : {};

function enrol(name, personId, quality = 0.62 + Math.random() * 0.35) {
  const person = people.get(personId) ?? { person_id: newId(), name, metadata: {}, created_at: now(), faces: [] };
  people.set(person.person_id, person);
  const face = { face_id: newId(), person_id: person.person_id, name, quality_score: quality, added_at: now(), metadata: {} };
  faces.set(face.face_id, { ...face, picture: portraits[faces.size % Math.max(1, portraits.length)] });
  person.faces.push(face);
  return face;
}

function event(kind, more = {}) {
  const camera = [...cameras.values()][0] ?? { camera_id: newId(), name: 'Entrance' };
  const made = {
    event_id: newId(), kind, track_id: newId(), camera_id: camera.camera_id, camera_name: camera.name,
    captured_at: now(), received_at: now(), simulated: false, historical: false, ...more,
  };
  made.timestamp = made.captured_at;
  if (portraits.length && kind !== 'recognition_retracted' && !made.simulated) made.crop_url = `/api/v1/events/${made.event_id}/crop.jpg`;
  events.unshift(made);
  return made;
}

function recognised(person, more = {}) {
  const face = person.faces[0];
  return { name: person.name, person_id: person.person_id, face_id: face.face_id, confidence: 0.9, similarity: 0.61, threshold: 0.6, ...more };
}

if (!empty) {
  cameras.set('c1', { camera_id: 'c1', name: 'Entrance', url: 'rtsp://viewer:***@10.0.4.17/stream1', agent_id: 'agent-1', state: 'streaming', width: 1280, height: 720, frames_per_second: 15, since: now(5400), added_at: now(9000) });
  cameras.set('c2', { camera_id: 'c2', name: 'Loading dock', device_id: '0', agent_id: 'agent-1', state: 'failed', state_reason: 'no such device', added_at: now(9000) });
  cameras.set('c3', { camera_id: 'c3', name: 'Yard', url: 'http://10.0.4.18/video.mjpg', agent_id: 'agent-2', state: 'pending', state_reason: 'waiting for the edge agent to report', added_at: now(9000) });
  const staff = ['Ada Lovelace', 'Grace Hopper', 'Alan Turing', 'Katherine Johnson', 'Edsger Dijkstra'].map((name) => people.get(enrol(name).person_id));
  enrol('Ada Lovelace', staff[0].person_id);
  event('face_recognized', { ...recognised(staff[2], { confidence: 0.71 }), captured_at: now(90000), historical: true });
  event('unknown_seen', { captured_at: now(3000) });
  const filmed = event('face_recognized', { ...recognised(staff[3], { confidence: 0.97 }), captured_at: now(1800) });
  if (film) filmed.clip_url = `/api/v1/events/${filmed.event_id}/clip`;
  const first = event('face_recognized', { ...recognised(staff[1], { confidence: 0.66 }), captured_at: now(900) });
  event('recognition_updated', { ...recognised(staff[0], { confidence: 0.93 }), track_id: first.track_id, captured_at: now(896) });
  const wrong = event('face_recognized', { ...recognised(staff[4], { confidence: 0.62 }), captured_at: now(400) });
  event('recognition_retracted', { track_id: wrong.track_id, reason: 'better looks agree with nobody', captured_at: now(396) });
  event('unknown_seen', { captured_at: now(60) });
}

const tokens = new Map();
const BOXES = [
  { agent_id: 'agent-1', site_id: 'default', online: true, ready: true, not_ready_reason: '', version: '0.1.0', last_seen: now(4), gallery_size: 6, spool_depth: 0, dropped_events: 0, load: 0.42, temperature_c: 51.5, groups: ['canary'], software: [{ product: 'facet-models', version: 'starter', state: 'staged', reason: 'waits until no face is in front of a camera' }] },
  { agent_id: 'agent-2', site_id: 'yard', online: false, ready: true, not_ready_reason: '', version: '0.1.0', last_seen: now(86400), gallery_size: 6, spool_depth: 12, dropped_events: 0 },
];

const problem = (status, code, detail, more = {}) => ({ status, body: { type: 'about:blank', title: code, status, code, detail, ...more } });
const json = (body, status = 200) => ({ status, body });

async function route(request, url, body) {
  const key = `${request.method} ${url.pathname}`;
  if (key === 'POST /api/v1/session') {
    const { key: given } = JSON.parse(body.toString());
    if (given !== KEY) return problem(401, 'unauthenticated', 'unknown key');
    return { ...json({ name: 'admin', roles: ['admin'], expires_at: now(-43200) }), cookie: `${COOKIE}; HttpOnly; SameSite=Strict; Path=/` };
  }
  if (key === 'GET /api/v1/session/ways') return json({ oidc: { label: 'Sign in with Example Ltd', href: '/api/v1/session/oidc' } });
  if (!signedIn(request)) return problem(401, 'unauthenticated', 'sign in with an API key');
  if (request.method !== 'GET' && request.headers['x-facet-request'] !== '1') return problem(403, 'permission_denied', 'header X-Facet-Request is missing');
  const [, , version, what, one] = url.pathname.split('/');
  if (key === 'GET /api/v1/session') return json({ name: 'admin', roles: ['admin'] });
  if (key === 'DELETE /api/v1/session') return { ...json(undefined, 204), cookie: 'facet_session=; Max-Age=0; Path=/' };
  if (key === 'GET /api/v1/people') return page([...people.values()], 'people', url);
  if (version === 'v1' && what === 'people') return personCall(request, one, body);
  if (version === 'v1' && what === 'faces') return { status: 200, jpeg: faces.get(one)?.picture };
  if (key === 'GET /api/v1/events') return eventPage(url);
  if (url.pathname.endsWith('/clip')) return { status: 200, film };
  if (version === 'v1' && what === 'events' && events.some((each) => each.event_id === one) && !url.pathname.endsWith('.jpg')) return json(events.find((each) => each.event_id === one));
  if (version === 'v1' && what === 'events') return { status: 200, jpeg: portraits[Number(one.slice(-4)) % Math.max(1, portraits.length)] };
  if (key === 'GET /api/v1/devices') return json({ devices: BOXES });
  if (version === 'v1' && what === 'join-tokens') return joinTokens(request, one, body);
  if (key === 'POST /api/faces/register') return register(request, body);
  if (version === 'faces' && what === 'delete') return deleteFace(one);
  if (key === 'GET /api/cameras') return json({ cameras: [...cameras.values()] });
  if (key === 'POST /api/cameras') return addCamera(JSON.parse(body.toString()));
  if (request.method === 'DELETE' && version === 'cameras') return removeCamera(what);
  if (version === 'v1' && what === 'cameras') return cameraCall(request, one, url, body);
  if (version === 'v1' && what === 'devices') return galleryCall(request, one, body);
  if (key === 'GET /api/v1/watchlists') return json({ watchlists: [{ watchlist_id: 'w1', name: 'Staff' }], total: 1 });
  if (key === 'GET /api/test/recognize') return simulate();
  return problem(404, 'not_found', `no such call: ${key}`);
}

const signedIn = (request) => (request.headers.cookie ?? '').includes(COOKIE) || request.headers['x-api-key'] === KEY;

function page(all, name, url) {
  const offset = Number(url.searchParams.get('offset') ?? 0);
  const limit = Number(url.searchParams.get('limit') ?? 50);
  const shown = all.slice(offset, offset + limit).map(({ faces: own, ...rest }) => ({ ...rest, face_count: own?.length ?? 0 }));
  return json({ [name]: shown, total: all.length, offset, limit });
}

/** As the hub does: whole, or from where a player asks. */
function sendFilm(request, response, bytes) {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? -1);
  const headers = { 'Content-Type': 'video/webm', 'Accept-Ranges': 'bytes' };
  if (from >= 0) headers['Content-Range'] = `bytes ${from}-${bytes.length - 1}/${bytes.length}`;
  response.writeHead(from >= 0 ? 206 : 200, headers);
  response.end(from >= 0 ? bytes.subarray(from) : bytes);
}

function eventPage(url) {
  const kinds = url.searchParams.getAll('kind');
  const from = Number(url.searchParams.get('cursor') ?? 0);
  const limit = Number(url.searchParams.get('limit') ?? 50);
  const all = events.filter((one) => kinds.length === 0 || kinds.includes(one.kind));
  return json({ events: all.slice(from, from + limit), next_cursor: from + limit < all.length ? String(from + limit) : null });
}

function personCall(request, id, body) {
  const person = people.get(id);
  if (!person) return problem(404, 'not_found', 'no such person');
  if (request.method === 'DELETE') {
    people.delete(id);
    for (const face of person.faces) io.emit('face_deleted', { face_id: face.face_id, name: person.name, deleted_at: now(), person_id: id });
    return json({ success: true });
  }
  if (request.method === 'PATCH') Object.assign(person, JSON.parse(body.toString()));
  return json(person);
}

async function register(request, body) {
  const form = await new Response(body, { headers: { 'Content-Type': request.headers['content-type'] } }).formData();
  const name = form.get('name');
  if (!form.get('image')?.size) return problem(400, 'image_unreadable', 'The picture is empty.');
  if (name === 'Blurry') {
    const part = (value, limit, hint) => ({ value, limit, passed: value >= limit, iso_name: 'x', hint });
    const quality = { overall: 0.21, passed: false, sharpness: part(0.12, 0.3, 'hold the camera still'), brightness: part(0.2, 0.25, 'use more light'), contrast: part(0.6, 0.2, '') };
    return problem(422, 'quality_too_low', 'The picture is not good enough to recognise this person by.', { quality });
  }
  const twin = [...people.values()][0];
  if (name === 'Twin' && form.get('on_duplicate') === null) {
    const candidate = { person_id: twin.person_id, face_id: twin.faces[0].face_id, name: twin.name, confidence: 0.97, similarity: 0.8 };
    return problem(409, 'already_exists', 'This face is enrolled already under another name.', { candidate });
  }
  const face = enrol(name, form.get('person_id'));
  io.emit('face_added', face);
  return json(face, 201);
}

function deleteFace(id) {
  const face = faces.get(id);
  if (!face) return problem(404, 'not_found', 'no such face');
  faces.delete(id);
  const person = people.get(face.person_id);
  person.faces = person.faces.filter((one) => one.face_id !== id);
  io.emit('face_deleted', { face_id: id, name: face.name, deleted_at: now(), person_id: face.person_id });
  return json({ success: true, face_id: id, name: face.name });
}

function addCamera({ name, url, device_id, agent_id = 'agent-1' }) {
  if (!url && !device_id) return problem(400, 'invalid_argument', 'Give the camera a url or a device_id.');
  if (url && !url.includes('://')) return problem(400, 'invalid_argument', `"${url}" is not an address: begin with rtsp://, http:// or file:/`);
  const camera = { camera_id: newId(), name, url, device_id, agent_id, state: 'pending', added_at: now() };
  cameras.set(camera.camera_id, camera);
  return json(camera, 201);
}

function cameraCall(request, id, url, body) {
  const camera = cameras.get(id);
  if (!camera) return problem(404, 'not_found', 'no such camera');
  if (url.pathname.endsWith('/snapshot.jpg')) return { status: 200, jpeg: frames.length ? readFileSync(join(pictures, frames[0])) : undefined };
  if (request.method === 'PATCH') {
    const change = JSON.parse(body.toString());
    if (change.threshold > 1) return problem(400, 'invalid_argument', 'threshold is 0 to 1');
    Object.assign(camera, change);
  }
  return json({ zones: [], masks: [], threshold: null, min_face_size: 0, inference_budget: null, schedule: null, ...camera });
}

function joinTokens(request, id, body) {
  if (request.method === 'DELETE') return tokens.delete(id) ? json(undefined, 204) : problem(404, 'not_found', 'no such token');
  if (request.method === 'GET') return json({ join_tokens: [...tokens.values()] });
  const wish = JSON.parse(body.toString());
  const token = { site_id: 'default', agent_id: null, ...wish, token_id: `fj_${newId().slice(-8)}`, created_by: 'admin', created_at: now(), expires_at: now(-wish.expires_in), used_at: null };
  tokens.set(token.token_id, token);
  return json({ ...token, join_token: `${token.token_id}secret.0f1e` }, 201);
}

function galleryCall(request, agent, body) {
  if (request.method === 'PUT') galleries.set(agent, JSON.parse(body.toString()));
  return json(galleries.get(agent) ?? { mode: 'all', watchlists: [] });
}

function removeCamera(id) {
  const camera = cameras.get(id);
  if (!camera) return problem(404, 'not_found', 'no such camera');
  cameras.delete(id);
  return json({ success: true, camera_id: id, name: camera.name });
}

function simulate() {
  const person = [...people.values()][0];
  if (!person) return problem(404, 'not_found', 'Enrol somebody first.');
  const made = event('face_recognized', { ...recognised(person), simulated: true });
  events.shift();
  io.emit(made.kind, { ...made, kind: undefined });
  return json({ success: true, event: made });
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://mock');
  if (url.pathname.startsWith('/socket.io/')) return;
  if (!url.pathname.startsWith('/api/')) return file(url.pathname, response);
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const answer = await route(request, url, Buffer.concat(chunks));
  if (answer.cookie) response.setHeader('Set-Cookie', answer.cookie);
  if ('film' in answer) return sendFilm(request, response, answer.film);
  if ('jpeg' in answer) {
    response.writeHead(answer.jpeg ? 200 : 404, { 'Content-Type': 'image/jpeg' });
    return response.end(answer.jpeg);
  }
  response.writeHead(answer.status, { 'Content-Type': answer.status >= 400 ? 'application/problem+json' : 'application/json' });
  return response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
});

function file(path, response) {
  const wanted = join(root, normalize(path === '/' ? '/index.html' : path));
  if (!wanted.startsWith(normalize(root)) || !existsSync(wanted)) {
    response.writeHead(404);
    return response.end();
  }
  response.writeHead(200, { 'Content-Type': TYPES[extname(wanted)] ?? 'application/octet-stream', 'Content-Security-Policy': POLICY });
  return response.end(readFileSync(wanted));
}

const io = new Server(server);
io.use((socket, next) => (signedIn(socket.request) || socket.handshake.auth?.token === KEY ? next() : next(new Error('unauthenticated'))));
io.on('connection', (socket) => {
  let timer;
  socket.on('watch_camera', ({ camera_id }, answer) => {
    const camera = cameras.get(camera_id);
    if (camera?.state !== 'streaming') return answer({ error: { code: 'unavailable', detail: camera?.state_reason ? `The camera does not stream: ${camera.state_reason}.` : 'The camera does not stream.' } });
    let turn = 0;
    clearInterval(timer);
    timer = setInterval(() => frames.length && socket.emit('camera_frame', frame(camera_id, frames[(turn += 1) % frames.length])), 200);
    return answer({ ok: true });
  });
  socket.on('unwatch_camera', () => clearInterval(timer));
  socket.on('disconnect', () => clearInterval(timer));
});

function frame(camera_id, name) {
  const size = known[name]?.size ?? [768, 432];
  return { camera_id, captured_at: now(), width: size[0], height: size[1], jpeg: readFileSync(join(pictures, name)), faces: known[name]?.faces ?? [] };
}

server.listen(Number(port), '127.0.0.1', () => console.log(`mock hub on http://127.0.0.1:${server.address().port} key ${KEY}`));
