// What Socket.IO 5 has to do over one WebSocket: 16 checks.
import assert from 'node:assert/strict';
import { Wire } from './wire.mjs';

const TWO_PLACES = '{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}';
const FIRST = Buffer.of(1, 2, 3);
const SECOND = Buffer.of(4, 5, 6);

export function socketChecks(url) {
  const address = `${url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`;

  async function opened() {
    const wire = new Wire(address);
    assert.equal((await wire.next())[0], '0');
    return wire;
  }
  async function connected() {
    const wire = await opened();
    wire.send('40');
    assert.match(await wire.nextButPing(), /^40\{/);
    assert.match(await wire.nextButPing(), /^42\["auth",/);
    return wire;
  }
  const enters = (packet, prefix, greeting) => async () => {
    const wire = await opened();
    wire.send(packet);
    const answer = await wire.nextButPing();
    assert.ok(answer.startsWith(prefix), answer);
    const { sid, ...rest } = JSON.parse(answer.slice(prefix.length));
    assert.equal(typeof sid, 'string');
    assert.deepEqual(rest, {});
    assert.equal(await wire.nextButPing(), greeting);
  };
  const ends = (start, packet) => async () => {
    const wire = await start();
    wire.send(packet);
    await wire.end();
  };
  const answers = (packets, ...expected) => async () => {
    const wire = await connected();
    wire.send(...packets);
    for (const each of expected) {
      assert.deepEqual(await wire.nextButPing(), each);
    }
  };

  return [
    ['connect: the main namespace', enters('40', '40', '42["auth",{}]')],
    ['connect: the main namespace with auth', enters('40{"token":"123"}', '40', '42["auth",{"token":"123"}]')],
    ['connect: another namespace', enters('40/custom,', '40/custom,', '42/custom,["auth",{}]')],
    ['connect: another namespace with auth',
      enters('40/custom,{"token":"abc"}', '40/custom,', '42/custom,["auth",{"token":"abc"}]')],
    ['connect: an unknown namespace is refused', async () => {
      const wire = await opened();
      wire.send('40/random');
      assert.equal(await wire.nextButPing(), '44/random,{"message":"Invalid namespace"}');
    }],
    ['connect: a malformed first packet ends the connection', ends(opened, '4abc')],
    ['connect: a client that enters nothing is put out', async () => {
      const wire = await opened();
      let over = false;
      wire.closed.then(() => (over = true));
      while (!over) {
        if ((await Promise.race([wire.next(), wire.closed])) === '2') {
          wire.send('3');
        }
      }
    }],
    ['disconnect: from the main namespace, the connection stays', async () => {
      const wire = await connected();
      wire.send('41');
      assert.equal(await wire.next(), '2');
    }],
    ['disconnect: from another namespace, the main one stays', async () => {
      const wire = await connected();
      assert.equal(await wire.next(), '2');
      wire.send('3', '40/custom');
      assert.match(await wire.nextButPing(), /^40\/custom,\{/);
      assert.match(await wire.nextButPing(), /^42\/custom,\["auth",/);
      wire.send('41/custom', '42["message","message to main namespace"]');
      assert.equal(await wire.nextButPing(), '42["message-back","message to main namespace"]');
    }],
    ['message: text', answers(['42["message",1,"2",{"3":[true]}]'], '42["message-back",1,"2",{"3":[true]}]')],
    ['message: bytes',
      answers([`452-["message",${TWO_PLACES}]`, FIRST, SECOND],
        `452-["message-back",${TWO_PLACES}]`, FIRST, SECOND)],
    ['acknowledgement: text',
      answers(['42456["message-with-ack",1,"2",{"3":[false]}]'], '43456[1,"2",{"3":[false]}]')],
    ['acknowledgement: bytes',
      answers([`452-789["message-with-ack",${TWO_PLACES}]`, FIRST, SECOND],
        `462-789[${TWO_PLACES}]`, FIRST, SECOND)],
    ['malformed: an unknown packet type', ends(connected, '4abc')],
    ['malformed: data that is no list', ends(connected, '42{}')],
    ['malformed: an acknowledgement id that is no number',
      ends(connected, '42abc["message-with-ack",1,"2",{"3":[false]}]')],
  ];
}
