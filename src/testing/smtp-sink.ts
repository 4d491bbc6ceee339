import { SMTPServer } from 'smtp-server';

/** One message that the sink took. */
interface SunkMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
}

export interface SinkPlan {
  /** Any free one where not given, or 0. */
  readonly port?: number;
  /** Offers STARTTLS with a self-signed certificate. */
  readonly tls?: boolean;
  /** A refusal for this recipient, or for the `attempt`-th time it is tried (from 1); undefined takes it. */
  readonly refuse?: (recipient: string, attempt: number) => { code: number; words: string } | undefined;
  /** Called when a message is whole; may wait, or give words and code to refuse it. */
  readonly beforeAnswer?: (mail: SunkMail) => Promise<{ code: number; words: string } | undefined>;
}

export interface SmtpSink {
  readonly port: number;
  /** Messages whose last byte came, in order; answered 250 unless the plan said otherwise. */
  readonly mails: SunkMail[];
  /** Ends every connection now, mid-sentence. */
  cut(): void;
  close(): Promise<void>;
}

const fault = (refusal: { code: number; words: string }): Error =>
  Object.assign(new Error(refusal.words), { responseCode: refusal.code });

/** A real SMTP server on 127.0.0.1 that keeps what it is given. */
export async function openSmtpSink(plan: SinkPlan = {}): Promise<SmtpSink> {
  const mails: SunkMail[] = [];
  const attempts = new Map<string, number>();
  const answer = async (
    mail: SunkMail,
    done: (error?: Error | null, words?: string) => void,
  ): Promise<void> => {
    const refusal = await plan.beforeAnswer?.(mail);
    if (refusal === undefined) done(null, 'kept');
    else done(fault(refusal));
  };
  const server = new SMTPServer({
    // with STARTTLS, the server's own self-signed certificate is used
    disabledCommands: plan.tls === true ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    maxClients: 100,
    closeTimeout: 200,
    onRcptTo: ({ address }, _session, done) => {
      const attempt = (attempts.get(address) ?? 0) + 1;
      attempts.set(address, attempt);
      const refusal = plan.refuse?.(address, attempt);
      done(refusal === undefined ? null : fault(refusal));
    },
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const mail: SunkMail = {
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(parts),
        };
        mails.push(mail);
        void answer(mail, done);
      });
    },
  });
  // a connection cut by the other side is no reason to end the process
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(plan.port ?? 0, '127.0.0.1', resolve));
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('the sink has no port');
  return {
    port: address.port,
    mails,
    cut: () => {
      for (const connection of server.connections) connection._socket.destroy();
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
