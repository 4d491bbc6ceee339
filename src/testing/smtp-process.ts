import { type Socket, createServer } from 'node:net';
import PostalMime from 'postal-mime';
import type { SmtpAnswer, SmtpMode, SmtpOrder, SunkCopy } from './smtp-control.ts';
import { type SinkPlan, openSmtpSink } from './smtp-sink.ts';

/** Something that listens on the port of this process. */
interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

const copies: { to: string; raw: Buffer; at: number; isTaken: boolean }[] = [];
let listener: Listener | undefined;
let port = 0;

/** A listener that does with each connection what `greet` does. */
async function bareServer(greet: (socket: Socket) => void): Promise<Listener> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    greet(socket);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Offers STARTTLS, and answers the handshake with words. */
function failTheHandshake(socket: Socket): void {
  socket.write('220 test ESMTP\r\n');
  socket.on('data', (bytes) => {
    const command = bytes.toString('latin1').toUpperCase();
    if (command.startsWith('EHLO')) socket.write('250-test\r\n250 STARTTLS\r\n');
    else if (command.startsWith('STARTTLS')) socket.write('220 go ahead\r\n');
    else socket.write('this is no TLS\r\n');
  });
}

/** A real server, in one of the modes that get as far as recipients. */
async function sink(mode: SmtpMode): Promise<Listener> {
  let cut: () => void = () => undefined;
  const isEven = (to: string): boolean => Number(/\d+/.exec(to)?.[0] ?? 0) % 2 === 0;
  const plan: SinkPlan = {
    tls: true,
    port,
    refuse: (to) => {
      if (!isEven(to)) return undefined;
      if (mode === 'later') return { code: 450, words: 'mailbox busy' };
      return mode === 'never' ? { code: 550, words: 'no such person' } : undefined;
    },
    beforeAnswer: async ({ to, raw }) => {
      const isTaken = mode !== 'cut' && mode !== 'silent';
      copies.push({ to: to[0] ?? '', raw, at: Date.now(), isTaken });
      if (mode === 'cut') cut();
      if (!isTaken) await new Promise(() => undefined);
      return undefined;
    },
  };
  const opened = await openSmtpSink(plan);
  ({ cut } = opened);
  return {
    port: opened.port,
    close: async () => {
      opened.cut();
      await opened.close();
    },
  };
}

async function open(mode: SmtpMode): Promise<Listener | undefined> {
  switch (mode) {
    case 'refused':
      return undefined;
    case 'hanging':
      return bareServer(() => undefined);
    case 'overloaded':
      return bareServer((socket) => socket.end('421 too many connections, try again later\r\n'));
    case 'bad-tls':
      return bareServer(failTheHandshake);
    default:
      return sink(mode);
  }
}

async function copyOf({ raw, ...copy }: (typeof copies)[number]): Promise<SunkCopy> {
  const { messageId = '', text = '' } = await PostalMime.parse(raw);
  return { ...copy, messageId, link: /\/vote\/([\w-]{32})/.exec(text)?.[1] ?? '' };
}

async function answerTo(order: SmtpOrder): Promise<SmtpAnswer> {
  switch (order.order) {
    case 'mode':
      await listener?.close();
      listener = await open(order.mode);
      // kept, so that the next mode listens where the last one did
      port = listener?.port ?? port;
      return { answer: 'mode', port };
    case 'count':
      return { answer: 'count', copies: copies.length };
    case 'report': {
      const told: SunkCopy[] = [];
      for (const copy of copies) told.push(await copyOf(copy));
      return { answer: 'report', copies: told };
    }
  }
}

process.on('message', (order: SmtpOrder) => {
  void answerTo(order).then((answer) => process.send?.(answer));
});
process.on('disconnect', () => process.exit(0));
