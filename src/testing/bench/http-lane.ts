import { type Socket, connect } from 'node:net';

export interface Answered {
  readonly status: number;
  readonly body: string;
}

const END_OF_HEAD = '\r\n\r\n';
const LENGTH = /\r\ncontent-length: *(\d+)/i;

/** The bytes of one POST of JSON, made before the clock runs. */
export const postBytes = (url: URL, path: string, body: string): Buffer =>
  Buffer.from(
    `POST ${path} HTTP/1.1\r\nHost: ${url.host}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );

/**
 * One kept connection of HTTP/1.1 with one request under way at a time. A load tool that shares the machine with the
 * server must cost little: this reads a status and a Content-Length and nothing else.
 */
export class HttpLane {
  readonly #socket: Socket;
  #received = '';
  #waiting:
    { readonly resolve: (answer: Answered) => void; readonly reject: (error: Error) => void } | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => this.#take(text));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('the server closed the connection')));
  }

  static open(url: URL): Promise<HttpLane> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: url.hostname, port: Number(url.port) });
      socket.once('error', reject);
      socket.once('connect', () => resolve(new HttpLane(socket)));
    });
  }

  send(request: Buffer): Promise<Answered> {
    return new Promise((resolve, reject) => {
      if (this.#waiting !== undefined) throw new Error('one request at a time');
      this.#waiting = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(text: string): void {
    this.#received += text;
    const head = this.#received.indexOf(END_OF_HEAD);
    if (head < 0) return;
    const length = LENGTH.exec(this.#received.slice(0, head))?.[1];
    if (length === undefined) return this.#fail(new Error('an answer without Content-Length'));
    const start = head + END_OF_HEAD.length;
    const end = start + Number(length);
    if (this.#received.length < end) return;
    // bodies of the protocol are ASCII, so bytes and characters are the same
    const answer = {
      status: Number(this.#received.slice(9, 12)),
      body: this.#received.slice(start, end),
    };
    this.#received = this.#received.slice(end);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve(answer);
  }

  #fail(error: Error): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.reject(error);
  }
}
