// The npm socket.io-client at a hub, as its users write it. Says each step as one JSON line; what fails is said
// as {"error": ...} and ends the script. Java reads the steps and does the hub's part in between.
//
//   node client.mjs --url http://127.0.0.1:PORT --key ADMIN-KEY --viewer VIEWER-KEY --prefix ITS-PREFIX
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { io } from 'socket.io-client';

const PATIENCE = 60_000;
const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    key: { type: 'string' },
    viewer: { type: 'string' },
    prefix: { type: 'string' },
  },
});
const { url, key, viewer, prefix } = values;
const step = (name) => console.log(JSON.stringify({ step: name }));
const input = createInterface({ input: process.stdin });

async function call(method, path, body, headers) {
  const response = await fetch(url + path, {
    method,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: body && JSON.stringify(body),
  });
  assert.ok(response.ok, `${method} ${path}: ${response.status}`);
  return response;
}
const admin = { 'X-API-Key': key };
const dispatch = (event_type, data) =>
  call('POST', '/api/events/dispatch', { event_type, data }, admin);
const token = async (headers) =>
  (await (await call('POST', '/api/v1/session/token', undefined, headers)).json()).token;

function next(socket, event) {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`no ${event} came`)), PATIENCE);
    socket.once(event, (data) => {
      clearTimeout(timer);
      done(data);
    });
  });
}
function connect(options) {
  const socket = io(url, { forceNew: true, reconnectionDelay: 200, reconnectionDelayMax: 500, ...options });
  return { socket, connected: next(socket, 'connect') };
}

/** As in the brief: connect, subscribe, handle. */
async function watches(name, options) {
  const { socket, connected } = connect(options);
  await connected;
  const answer = await socket.timeout(PATIENCE).emitWithAck('subscribe', { events: ['face_added', 'note'] });
  assert.deepEqual(answer, { events: ['face_added', 'note'] });
  const note = next(socket, 'note');
  await dispatch('note', { text: name });
  const heard = await note;
  assert.equal(heard.text, name);
  assert.equal(heard.simulated, true);
  socket.disconnect();
  step(name);
}

async function filters() {
  const { socket, connected } = connect({ auth: { token: await token({ 'X-API-Key': viewer }) } });
  await connected;
  const ask = (event, wish) => socket.timeout(PATIENCE).emitWithAck(event, wish);
  const heard = [];
  socket.onAny((event, data) => heard.push(`${event} ${data.n}`));
  assert.deepEqual(await ask('subscribe', { events: ['note', 'end'], camera_id: ['door', 'gate'], person_id: 'ada' }), {
    events: ['end', 'note'],
    camera_id: ['door', 'gate'],
    person_id: ['ada'],
  });
  const end = next(socket, 'end');
  await dispatch('note', { n: 1, camera_id: 'door', person_id: 'ada' });
  await dispatch('note', { n: 2, camera_id: 'yard', person_id: 'ada' });
  await dispatch('note', { n: 3, camera_id: 'gate', person_id: 'bob' });
  await dispatch('note', { n: 4, camera_id: 'gate' });
  await dispatch('other', { n: 5, camera_id: 'door' });
  await dispatch('end', { n: 6 });
  await end;
  assert.deepEqual(heard, ['note 1', 'note 4', 'end 6']);
  assert.deepEqual(await ask('unsubscribe', { events: ['note'] }), {
    events: ['end'],
    camera_id: ['door', 'gate'],
    person_id: ['ada'],
  });
  assert.deepEqual(await ask('subscribe', { events: ['note'], watchlist_id: ['vip', 'staff'] }), {
    events: ['end', 'note'],
    watchlist_id: ['staff', 'vip'],
  });
  const last = next(socket, 'end');
  await dispatch('note', { n: 7, watchlists: [{ watchlist_id: 'banned' }, { watchlist_id: 'vip' }] });
  await dispatch('note', { n: 8, watchlists: [{ watchlist_id: 'banned' }] });
  await dispatch('note', { n: 9, watchlists: [] });
  await dispatch('note', { n: 10, camera_id: 'door' });
  await dispatch('end', { n: 11 });
  await last;
  assert.deepEqual(heard.slice(3), ['note 7', 'note 10', 'end 11']);
  assert.equal((await ask('subscribe', { events: 'note' })).error.code, 'invalid_argument');
  socket.disconnect();
  step('filters');
}

async function stranger(transports) {
  for (const auth of [{}, { token: 'wrong' }, { token: `ft_${'A'.repeat(100)}` }]) {
    const socket = io(url, { forceNew: true, transports, auth, reconnection: false });
    const [refused] = await once(socket, 'connect_error', { signal: AbortSignal.timeout(PATIENCE) });
    assert.equal(refused.message, 'unauthorized');
    assert.equal(refused.data.code, 'unauthenticated');
    socket.disconnect();
  }
}

/** The page's own way: a key for a cookie, then io() without a word. */
async function cookie() {
  const response = await call('POST', '/api/v1/session', { key: viewer });
  const session = response.headers.getSetCookie()[0].split(';')[0];
  const extraHeaders = { Cookie: session };
  await watches('cookie', { extraHeaders });
  const page = { ...extraHeaders, 'X-Facet-Request': '1' };
  const { socket, connected } = connect({ auth: { token: await token(page) }, reconnection: false });
  await connected;
  const dropped = next(socket, 'dropped');
  const gone = next(socket, 'disconnect');
  await call('DELETE', '/api/v1/session', undefined, page);
  assert.equal((await dropped).reason, 'signed_out');
  assert.equal(await gone, 'io server disconnect');
  step('signed out');
}

async function revocation() {
  const auth = { token: await token({ 'X-API-Key': viewer }) };
  const { socket, connected } = connect({ auth, reconnection: false });
  await connected;
  const dropped = next(socket, 'dropped');
  const gone = next(socket, 'disconnect');
  await call('DELETE', `/api/v1/keys/${prefix}`, undefined, admin);
  assert.equal((await dropped).reason, 'signed_out');
  assert.equal(await gone, 'io server disconnect');
  const again = io(url, { forceNew: true, auth, reconnection: false });
  const [refused] = await once(again, 'connect_error', { signal: AbortSignal.timeout(PATIENCE) });
  assert.equal(refused.message, 'unauthorized');
  again.disconnect();
  step('revoked');
}

/** One client a transport stays while the hub stops and starts again. */
async function restart() {
  const clients = [['websocket'], ['polling']].map((transports) =>
    connect({ auth: { token: key }, transports }));
  await Promise.all(clients.map(({ connected }) => connected));
  const lost = Promise.all(clients.map(({ socket }) => next(socket, 'disconnect')));
  const back = lost.then(() => Promise.all(clients.map(({ socket }) => next(socket, 'connect'))));
  step('stop');
  await lost;
  step('start');
  await once(input, 'line');
  await back;
  const notes = Promise.all(clients.map(({ socket }) => next(socket, 'note')));
  await dispatch('note', { text: 'again' });
  assert.deepEqual((await notes).map(({ text }) => text), ['again', 'again']);
  clients.forEach(({ socket }) => socket.disconnect());
  step('reconnected');
}

try {
  for (const transports of [['websocket'], ['polling'], ['polling', 'websocket']]) {
    await watches(transports.join(' to '), { auth: { token: viewer }, transports });
    await stranger(transports);
  }
  step('strangers');
  await filters();
  await cookie();
  await revocation();
  await restart();
} catch (failure) {
  console.log(JSON.stringify({ error: String(failure.stack) }));
}
process.exit(0);
