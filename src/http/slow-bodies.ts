import type { IncomingMessage } from 'node:http';

const FIRST_LOOK_MS = 20_000;
const NEXT_LOOK_MS = 5_000;
const LEAST_BYTES_PER_SECOND = 8 * 1024;

/**
 * Ends a request whose body trickles in: after 20 s it must have come at 8 KiB a second or more. A flat time limit
 * would either let an attacker hold a socket for minutes or cut off an honest upload over a slow line.
 */
export function watchBody(incoming: IncomingMessage): void {
  if (incoming.method !== 'POST') return;
  const { socket } = incoming;
  const startedAt = Date.now();
  const bytesBefore = socket.bytesRead;
  const look = (): void => {
    if (incoming.complete) return;
    const seconds = (Date.now() - startedAt) / 1000;
    if (socket.bytesRead - bytesBefore < seconds * LEAST_BYTES_PER_SECOND) socket.destroy();
    else timer = setTimeout(look, NEXT_LOOK_MS).unref();
  };
  let timer = setTimeout(look, FIRST_LOOK_MS).unref();
  incoming.once('close', () => clearTimeout(timer));
}
