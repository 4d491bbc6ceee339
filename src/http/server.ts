import { type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { type Config, ConfigurationError } from '../config.ts';
import { offerSetUp } from '../features/staff/index.ts';
import type { Runtime } from '../runtime.ts';
import { type ServerLock, takeServerLock } from '../store/server-lock.ts';
import { hasBuiltAssets } from '../views/asset.ts';
import { allRoutes, createApp } from './app.tsx';
import { startBackground } from './background.ts';
import type { Life } from './health.ts';
import { securityHeaders } from './security-headers.ts';
import { watchBody } from './slow-bodies.ts';

export interface Serving {
  /** Where it listens, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  /** The one-time link for the first admin; undefined where an admin exists. Not kept anywhere: show it now. */
  readonly setupLink: string | undefined;
  /** Stops accepting, lets what is in flight finish (10 s at most), stops the background work, frees the lock. */
  close(): Promise<void>;
}

const CLOSE_WITHIN_MS = 10_000;

/** Slow senders are cut off within 20 s; a header block is at most 16 KiB. */
const LIMITS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 10 * 60_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 5_000,
} as const;

/**
 * Serves until closed. Throws ConfigurationError, one line, where the front end is not built, another server works on
 * the same database, or the port cannot be had.
 */
export async function serve(runtime: Runtime): Promise<Serving> {
  const { config } = runtime;
  if (!hasBuiltAssets()) throw new ConfigurationError('the pages are not built: run npm run build');
  const lock = takeServerLock(join(config.varDir, 'server.lock'));
  if (lock === undefined) {
    throw new ConfigurationError(`another server works on ${config.varDir}: stop it, or set VAR_DIR`);
  }
  try {
    const inFlight = new Set<ServerResponse>();
    const life = { isStopping: false };
    const server = listener(runtime, inFlight, life);
    await listening(server, config);
    const setupLink = await offerSetUp(runtime);
    const stopBackground = startBackground(runtime);
    const { port } = server.address() as AddressInfo;
    const host = config.host.includes(':') ? `[${config.host}]` : config.host;
    return {
      url: `http://${host}:${port}`,
      setupLink,
      close: () => {
        life.isStopping = true;
        return closing(server, inFlight, stopBackground, lock);
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function listener(runtime: Runtime, inFlight: Set<ServerResponse>, life: Life): Server {
  const app = createApp(runtime, allRoutes(runtime), life);
  const answer = getRequestListener(app.fetch, {
    hostname: new URL(runtime.config.publicUrl).host,
    // its own Response writes text at once; the global one turns every answer into a stream first
    overrideGlobalObjects: true,
    // requests that never became one, such as those with a malformed Host
    errorHandler: () =>
      new Response('bad request\n', { status: 400, headers: securityHeaders(runtime.config) }),
  });
  const server = createServer(LIMITS, (incoming, outgoing) => {
    inFlight.add(outgoing);
    outgoing.once('close', () => inFlight.delete(outgoing));
    outgoing.shouldKeepAlive &&= server.listening;
    watchBody(incoming);
    void answer(incoming, outgoing);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
    const status =
      error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
    const lines = Object.entries(securityHeaders(runtime.config)).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    socket.end(`HTTP/1.1 ${status}\r\n${lines.join('')}Content-Length: 0\r\nConnection: close\r\n\r\n`);
  });
  return server;
}

function listening(server: Server, config: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new ConfigurationError(
          `cannot listen on ${config.host} port ${config.port} (${error.code ?? error.message}): set HOST or PORT`,
        ),
      );
    });
    server.listen(config.port, config.host, resolve);
  });
}

async function closing(
  server: Server,
  inFlight: ReadonlySet<ServerResponse>,
  stopBackground: () => Promise<void>,
  lock: ServerLock,
): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const outgoing of inFlight) {
    // their answers say `Connection: close`: a kept connection would hold the end up
    outgoing.shouldKeepAlive = false;
    // where the header was sent before, nobody else closes the connection behind the last byte
    outgoing.once('close', () => server.closeIdleConnections());
  }
  // event streams never end by themselves
  const streams = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS);
  await closed;
  clearTimeout(streams);
  await stopBackground();
  lock.release();
}
