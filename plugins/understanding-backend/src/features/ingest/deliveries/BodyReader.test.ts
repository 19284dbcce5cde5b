import express from 'express';
import { AddressInfo, Socket, connect } from 'node:net';
import { Server } from 'node:http';
import { BodyOutcome, BodyReader } from './BodyReader';

describe('BodyReader', () => {
  let server: Server;
  const sockets: Socket[] = [];
  const outcomes: BodyOutcome[] = [];
  let arrived: () => void = () => {};

  async function start(limits: { millis: number; bytes: number }) {
    const reader = new BodyReader({
      maxMillis: limits.millis,
      maxBytes: limits.bytes,
    });
    const app = express();
    app.use(async (req, res) => {
      arrived();
      const outcome = await reader.read(req);
      outcomes.push(outcome);
      res.status(outcome.type === 'read' ? 200 : 400).end(outcome.type);
    });
    server = await new Promise(done => {
      const listening = app.listen(0, '127.0.0.1', () => done(listening));
    });
  }

  /** Begins a request, and resolves when the server has its headers. */
  async function begin(length: number | undefined, body = ''): Promise<Socket> {
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    const reached = new Promise<void>(done => {
      arrived = done;
    });
    const header =
      length === undefined
        ? 'Transfer-Encoding: chunked'
        : `Content-Length: ${length}`;
    socket.write(`POST / HTTP/1.1\r\nHost: x\r\n${header}\r\n\r\n${body}`);
    await reached;
    return socket;
  }

  function answer(socket: Socket): Promise<string> {
    return new Promise(done => {
      socket.once('data', chunk => done(String(chunk).split('\r\n\r\n')[1]));
    });
  }

  afterEach(async () => {
    sockets.splice(0).forEach(socket => socket.destroy());
    outcomes.splice(0);
    await new Promise(done => server.close(done));
  });

  it('reads what comes in time', async () => {
    await start({ millis: 10_000, bytes: 10 });
    const socket = await begin(5, 'hello');
    await expect(answer(socket)).resolves.toBe('read');
    expect(outcomes).toEqual([{ type: 'read', body: Buffer.from('hello') }]);
  });

  it('gives up a body that comes too slowly', async () => {
    await start({ millis: 50, bytes: 10 });
    const socket = await begin(5, 'he');
    await expect(answer(socket)).resolves.toBe('too-slow');
  });

  it('reads no more than it may, also of a body that does not tell its length', async () => {
    await start({ millis: 10_000, bytes: 10 });
    await expect(answer(await begin(11))).resolves.toBe('too-large');
    const chunked = await begin(undefined, 'b\r\nhello world\r\n0\r\n\r\n');
    await expect(answer(chunked)).resolves.toBe('too-large');
  });

  it('holds no more at once than four of the largest', async () => {
    await start({ millis: 10_000, bytes: 10 });
    const held = [];
    for (let index = 0; index < 4; index += 1) {
      held.push(await begin(10));
    }
    await expect(answer(await begin(1, 'x'))).resolves.toBe('busy');
    held[0].write('0123456789');
    await expect(answer(held[0])).resolves.toBe('read');
    await expect(answer(await begin(1, 'x'))).resolves.toBe('read');
  });
});
