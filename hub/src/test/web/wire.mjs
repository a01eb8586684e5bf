// One WebSocket, whose messages wait until they are asked for; bytes come as Buffers.
import { WebSocket } from 'ws';

const PATIENCE = 8_000;
const open = new Set();

export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** The result of a promise, or an error when it takes too long. */
export function within(milliseconds, promise, what) {
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`${what} took over ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export class Wire {
  #messages = [];
  #askers = [];
  #socket;

  constructor(url) {
    this.#socket = new WebSocket(url);
    open.add(this.#socket);
    this.opened = new Promise((done) => this.#socket.once('open', done));
    this.closed = new Promise((done) => this.#socket.once('close', done));
    this.#socket.on('error', () => {});
    this.#socket.on('message', (data, isBinary) => this.#take(isBinary ? data : data.toString()));
  }

  static closeAll() {
    open.forEach((socket) => socket.terminate());
    open.clear();
  }

  #take(message) {
    const asker = this.#askers.shift();
    if (asker) {
      asker(message);
    } else {
      this.#messages.push(message);
    }
  }

  send(...packets) {
    packets.forEach((packet) => this.#socket.send(packet));
  }

  /** The next message. */
  next() {
    const message = this.#messages.length
      ? Promise.resolve(this.#messages.shift())
      : new Promise((done) => this.#askers.push(done));
    return within(PATIENCE, message, 'a message');
  }

  /** The next message that is no ping. */
  async nextButPing() {
    let message = await this.next();
    while (message === '2') {
      message = await this.next();
    }
    return message;
  }

  end() {
    return within(PATIENCE, this.closed, 'the close');
  }
}
