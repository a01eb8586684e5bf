// What Engine.IO 4 has to do: 24 checks where messages are echoed, the 16 of them that need no echo elsewhere.
import assert from 'node:assert/strict';
import { Wire, pause } from './wire.mjs';

const PING_INTERVAL = 300;
const PING_TIMEOUT = 200;
const POLLING = 'EIO=4&transport=polling';
const WEBSOCKET = 'EIO=4&transport=websocket';

export function engineChecks(url, path, { echoes }) {
  const base = url + path;
  const http = (query, options) => fetch(`${base}?${query}`, options);
  const post = (query, body) => http(query, { method: 'POST', body });
  const wire = (query) => new Wire(`${base.replace(/^http/, 'ws')}?${query}`);

  async function session() {
    const opening = await (await http(POLLING)).text();
    return `sid=${JSON.parse(opening.slice(1)).sid}`;
  }
  async function statusOf(query, options) {
    const response = await http(query, options);
    await response.arrayBuffer();
    return response.status;
  }
  async function upgraded(id, { patient }) {
    const socket = wire(`${WEBSOCKET}&${id}`);
    await socket.opened;
    socket.send('2probe');
    if (patient) {
      assert.equal(await socket.next(), '3probe');
    }
    socket.send('5');
    return socket;
  }
  function assertHandshake(packet, upgrades) {
    assert.equal(packet[0], '0');
    const { sid, ...rest } = JSON.parse(packet.slice(1));
    assert.equal(typeof sid, 'string');
    assert.deepEqual(rest, {
      upgrades,
      pingInterval: PING_INTERVAL,
      pingTimeout: PING_TIMEOUT,
      maxPayload: 1_000_000,
    });
  }
  const refused = (...queries) => async () => {
    for (const query of queries) {
      assert.equal(await statusOf(query), 400, query);
    }
  };
  const refusedSocket = (...queries) => async () => {
    for (const query of queries) {
      const socket = wire(query);
      let opened = false;
      socket.opened.then(() => (opened = true));
      await socket.end();
      assert.equal(opened, false, query);
    }
  };
  const echoed = (payload) => async () => {
    const id = await session();
    const push = await post(`${POLLING}&${id}`, payload);
    assert.equal(push.status, 200);
    assert.equal(await push.text(), 'ok');
    const poll = await http(`${POLLING}&${id}`);
    assert.equal(poll.status, 200);
    assert.equal(await poll.text(), payload);
  };

  const handshake = [
    ['polling: a session is opened', async () => {
      const response = await http(POLLING);
      assert.equal(response.status, 200);
      assertHandshake(await response.text(), ['websocket']);
    }],
    ['polling: another version is refused', refused('transport=polling', 'EIO=abc&transport=polling')],
    ['polling: another transport is refused', refused('EIO=4', 'EIO=4&transport=abc')],
    ['polling: another method opens nothing', async () => {
      for (const method of ['POST', 'PUT']) {
        assert.equal(await statusOf(POLLING, { method }), 400, method);
      }
    }],
    ['websocket: a session is opened', async () => {
      assertHandshake(await wire(WEBSOCKET).next(), []);
    }],
    ['websocket: another version is refused',
      refusedSocket('transport=websocket', 'EIO=abc&transport=websocket')],
    ['websocket: another transport is refused', refusedSocket('EIO=4', 'EIO=4&transport=abc')],
  ];

  const messages = [
    ['polling: one packet comes back', echoed('4hello')],
    ['polling: several packets come back', echoed('4test1\x1e4test2\x1e4test3')],
    ['polling: text and bytes come back', echoed('4hello\x1ebAQIDBA==')],
    ['polling: a malformed packet ends the session', async () => {
      const id = await session();
      assert.equal((await post(`${POLLING}&${id}`, 'abc')).status, 400);
      assert.equal(await statusOf(`${POLLING}&${id}`), 400);
    }],
    ['polling: a second poll ends the session', async () => {
      const id = await session();
      const first = http(`${POLLING}&${id}`);
      // Long enough for the first to be the first on a busy machine too, and short of the ping.
      await pause(100);
      const second = await http(`${POLLING}&${id}&t=other`);
      assert.ok([400, 500].includes(second.status), `status ${second.status}`);
      assert.equal((await first).status, 200);
      assert.equal(await (await first).text(), '1');
      assert.equal(await statusOf(`${POLLING}&${id}`), 400);
    }],
    ['websocket: text comes back', async () => {
      const socket = wire(WEBSOCKET);
      await socket.next();
      socket.send('4hello');
      assert.equal(await socket.nextButPing(), '4hello');
    }],
    ['websocket: bytes come back', async () => {
      const socket = wire(WEBSOCKET);
      await socket.next();
      socket.send(Uint8Array.of(1, 2, 3, 4));
      assert.deepEqual(await socket.nextButPing(), Buffer.of(1, 2, 3, 4));
    }],
    ['websocket: a malformed packet ends the session', async () => {
      const socket = wire(WEBSOCKET);
      await socket.next();
      socket.send('abc');
      await socket.end();
    }],
  ];

  const lifetime = [
    ['polling: pings come and pongs keep the session', async () => {
      const id = await session();
      for (let i = 0; i < 3; i++) {
        const poll = await http(`${POLLING}&${id}`);
        assert.equal(poll.status, 200);
        assert.equal(await poll.text(), '2');
        assert.equal((await post(`${POLLING}&${id}`, '3')).status, 200);
      }
    }],
    ['polling: without a pong the session is over when it is due', async () => {
      const id = await session();
      await pause(PING_INTERVAL + PING_TIMEOUT);
      assert.equal(await statusOf(`${POLLING}&${id}`), 400);
    }],
    ['websocket: pings come and pongs keep the session', async () => {
      const socket = wire(WEBSOCKET);
      await socket.next();
      for (let i = 0; i < 3; i++) {
        assert.equal(await socket.next(), '2');
        socket.send('3');
      }
    }],
    ['websocket: without a pong the session ends', () => wire(WEBSOCKET).end()],
    ['polling: the client ends the session', async () => {
      const id = await session();
      const [poll] = await Promise.all([http(`${POLLING}&${id}`), post(`${POLLING}&${id}`, '1')]);
      assert.equal(poll.status, 200);
      assert.equal(await poll.text(), '6');
      assert.equal(await statusOf(`${POLLING}&${id}`), 400);
    }],
    ['websocket: the client ends the session', async () => {
      const socket = wire(WEBSOCKET);
      await socket.next();
      socket.send('1');
      await socket.end();
    }],
  ];

  const upgrade = [
    ['upgrade: from polling to websocket', async () => {
      const id = await session();
      const socket = wire(`${WEBSOCKET}&${id}`);
      await socket.opened;
      socket.send('2probe');
      assert.equal(await socket.next(), '3probe');
      if (echoes) {
        const poll = await http(`${POLLING}&${id}`);
        assert.equal(poll.status, 200);
        assert.equal(await poll.text(), '6');
        socket.send('5', '4hello');
        assert.equal(await socket.nextButPing(), '4hello');
      } else {
        socket.send('5');
      }
    }],
    ['upgrade: polls of the session are refused afterwards', async () => {
      const id = await session();
      // In one go, without waiting for the probe's answer: the poll races with the upgrade.
      const socket = await upgraded(id, { patient: false });
      assert.equal(await statusOf(`${POLLING}&${id}`), 400);
      if (echoes) {
        socket.send('4hello');
        assert.equal(await socket.next(), '3probe');
        assert.equal(await socket.nextButPing(), '4hello');
      }
    }],
    ['upgrade: a second websocket of the session is closed', async () => {
      const id = await session();
      const socket = await upgraded(id, { patient: echoes });
      await wire(`${WEBSOCKET}&${id}`).end();
      if (echoes) {
        socket.send('4hello');
        assert.equal(await socket.nextButPing(), '4hello');
      }
    }],
  ];

  return [...handshake, ...(echoes ? messages : []), ...lifetime, ...upgrade];
}
