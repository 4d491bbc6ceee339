import { Readable } from 'node:stream';
import { type Transporter, createTransport } from 'nodemailer';
import type { SmtpConfig } from '../config.ts';
import { accept, refuse } from '../protocol/outcome.ts';
import { headerLine } from './address.ts';
import type { ComposedMail } from './message.ts';
import type { MailTransport, SendControl, SendOutcome, TroubleScope } from './transport.ts';

/** In milliseconds. */
export interface SmtpLimits {
  readonly connect: number;
  readonly greeting: number;
  /** Silence of an established connection. */
  readonly silence: number;
}

const LIMITS: SmtpLimits = { connect: 10_000, greeting: 10_000, silence: 60_000 };
const CONNECTIONS = 5;

/** What nodemailer says of a failed send, beside the words. */
interface SmtpFault {
  readonly code: string | undefined;
  readonly responseCode: number | undefined;
  readonly response: string | undefined;
  readonly command: string | undefined;
}

const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const faultOf = (error: Error): SmtpFault => ({
  code: 'code' in error ? asText(error.code) : undefined,
  responseCode:
    'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : undefined,
  response: 'response' in error ? asText(error.response) : undefined,
  command: 'command' in error ? asText(error.command) : undefined,
});

const later = (scope: TroubleScope, answer: string): SendOutcome =>
  refuse('RETRY_LATER', { scope, answer: headerLine(answer) });

/**
 * A 5xx to this recipient or this message is final, a 4xx is not (RFC 5321 section 4.2.1). Whatever was said to the
 * connection, the sign-in or our own sender address is the server's trouble: it must not cost any voter their mail.
 */
function outcomeOf(error: Error): SendOutcome {
  const { code, responseCode, response, command } = faultOf(error);
  const answer = response ?? `${code ?? error.name}: ${error.message}`;
  const isOfMessage = command === 'RCPT TO' || command === 'DATA';
  if (responseCode === undefined || responseCode === 421 || !isOfMessage) return later('server', answer);
  if (responseCode >= 500 && responseCode !== 503) return refuse('REFUSED', { answer: headerLine(answer) });
  return later('recipient', answer);
}

/** A pool of connections to one SMTP server (RFC 5321). */
export class SmtpTransport implements MailTransport {
  readonly width = CONNECTIONS;
  readonly #mailer: Transporter;
  /** How the bytes of a message are handed over, by the message. */
  readonly #streams = new WeakMap<object, () => Readable>();

  constructor(smtp: SmtpConfig, limits: SmtpLimits = LIMITS) {
    this.#mailer = createTransport({
      pool: true,
      host: smtp.host,
      port: smtp.port,
      secure: smtp.tls === 'implicit',
      requireTLS: smtp.tls === 'starttls',
      ignoreTLS: smtp.tls === 'none',
      tls: { rejectUnauthorized: smtp.verifyCertificate, minVersion: 'TLSv1.2' },
      ...(smtp.user === undefined ? {} : { auth: { user: smtp.user, pass: smtp.password ?? '' } }),
      maxConnections: CONNECTIONS,
      connectionTimeout: limits.connect,
      greetingTimeout: limits.greeting,
      socketTimeout: limits.silence,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    // without a listener, a fault of an idle connection ends the process; each send tells its own
    this.#mailer.on('error', () => undefined);
    this.#mailer.use('stream', ({ data, message }, done) => {
      const stream = data.raw instanceof Buffer ? this.#streams.get(data.raw) : undefined;
      if (stream === undefined) throw new Error('a message without its stream');
      // the pool asks for the stream with the envelope, and reads it only after the server's 354
      message.createReadStream = stream;
      done();
    });
  }

  async send(mail: ComposedMail, control: SendControl): Promise<SendOutcome> {
    async function* heldBack(): AsyncGenerator<Buffer> {
      yield mail.raw;
      await control.beforeLastByte();
    }
    this.#streams.set(mail.raw, () => Readable.from(heldBack(), { objectMode: false }));
    try {
      const info = await this.#mailer.sendMail({
        envelope: { from: mail.envelope.from, to: [mail.envelope.to] },
        raw: mail.raw,
        messageId: mail.messageId,
        signal: control.signal,
      });
      const answer = info.response ?? '';
      return /^250\b/.test(answer) ? accept({ answer: headerLine(answer) }) : later('server', answer);
    } catch (error) {
      if (error instanceof Error) return outcomeOf(error);
      throw error;
    }
  }

  /** Connects, secures, greets and signs in, without an e-mail; answers what went wrong, if anything did. */
  async trouble(): Promise<string | undefined> {
    try {
      await this.#mailer.verify();
      return undefined;
    } catch (error) {
      return headerLine(error instanceof Error ? error.message : String(error));
    }
  }

  close(): void {
    this.#mailer.close();
  }
}
