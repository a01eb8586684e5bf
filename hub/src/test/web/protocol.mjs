// Speaks Engine.IO 4 and Socket.IO 5 to `./facet hub --socketio-conformance`, packet by packet, and says
// what the server does wrong. Its checks are those of the protocols' public conformance suites, told anew:
// 24 of Engine.IO at /engine.io/, 32 of Socket.IO (16 of them Engine.IO again) at /socket.io/.
//
//   node protocol.mjs --url http://127.0.0.1:PORT [--rounds 1]
//
// The last line of standard output is one JSON object; the exit status is 0 when every check passed.
import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { Wire, pause, within } from './wire.mjs';
import { engineChecks } from './protocol-engine.mjs';
import { socketChecks } from './protocol-socket.mjs';

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    rounds: { type: 'string', default: '1' },
  },
});
assert.ok(values.url, '--url is missing');

/** Runs checks one after the other; gives the names of those that failed, with why. */
async function run(checks) {
  const failures = [];
  for (const [name, check] of checks) {
    try {
      await within(10_000, check(), 'the check');
    } catch (failure) {
      failures.push(`${name}: ${failure.message}`);
    } finally {
      Wire.closeAll();
    }
  }
  return { checks: checks.length, passed: checks.length - failures.length, failures };
}

const report = { ok: true, engine_io: [], socket_io: [] };
for (let round = 0; round < Number(values.rounds); round++) {
  const engine = await run(engineChecks(values.url, '/engine.io/', { echoes: true }));
  const inside = await run([
    ...engineChecks(values.url, '/socket.io/', { echoes: false }),
    ...socketChecks(values.url),
  ]);
  report.engine_io.push(engine);
  report.socket_io.push(inside);
  report.ok &&= engine.failures.length + inside.failures.length === 0;
}
console.log(JSON.stringify(report));
await pause(0);
process.exit(report.ok ? 0 : 1);
