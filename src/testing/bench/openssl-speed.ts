import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

export type Algorithm = 'rsa2048' | 'rsa3072' | 'rsa4096' | 'ed25519';

/** Operations a second on all cores together. */
export interface Speed {
  readonly sign: number;
  readonly verify: number;
  /** What measured it, for the report. */
  readonly how: string;
}

const CORES = availableParallelism();

/** `openssl speed -multi` of one algorithm on all cores; worker threads of node:crypto where there is no openssl. */
export async function cryptoSpeed(algorithm: Algorithm, seconds: number): Promise<Speed> {
  return (await opensslSpeed(algorithm, seconds)) ?? nodeSpeed(algorithm, seconds);
}

async function opensslSpeed(algorithm: Algorithm, seconds: number): Promise<Speed | undefined> {
  // -mr: lines for programs. F2 is RSA, F6 is EdDSA, both as `...:sign/s:verify/s` summed over the processes.
  const args = ['speed', '-mr', '-seconds', String(seconds), '-multi', String(CORES), algorithm];
  const said = await output('openssl', args);
  const fields = /^\+F[26]:(.*)$/m.exec(said ?? '')?.[1]?.split(':');
  const [sign, verify] = (fields ?? []).slice(-2).map(Number);
  if (sign === undefined || verify === undefined || !(sign > 0) || !(verify > 0)) return undefined;
  return { sign, verify, how: `openssl speed -multi ${CORES} ${algorithm}` };
}

/** What a program prints; undefined where it is not there or fails. */
function output(command: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], { stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('error', () => resolve(undefined));
    child.once('close', (code) => resolve(code === 0 ? said : undefined));
  });
}

/** Signs, then verifies, for a time each. Raw RSA for RSA, as ballots are opened. */
const NODE_LOOP = `
  const crypto = require('node:crypto');
  const { parentPort, workerData: { algorithm, seconds } } = require('node:worker_threads');
  const rate = (operation) => {
    const from = performance.now();
    let count = 0;
    while (performance.now() - from < 1000 * seconds) { operation(); count++; }
    return (1000 * count) / (performance.now() - from);
  };
  const bits = Number(algorithm.slice(3));
  const isRsa = algorithm.startsWith('rsa');
  const { privateKey, publicKey } = isRsa
    ? crypto.generateKeyPairSync('rsa', { modulusLength: bits })
    : crypto.generateKeyPairSync('ed25519');
  const padding = crypto.constants.RSA_NO_PADDING;
  const x = Buffer.alloc(isRsa ? bits / 8 : 32, 7);
  const signature = isRsa ? x : crypto.sign(null, x, privateKey);
  const sign = isRsa
    ? () => crypto.privateDecrypt({ key: privateKey, padding }, x)
    : () => crypto.sign(null, x, privateKey);
  const verify = isRsa
    ? () => crypto.publicEncrypt({ key: publicKey, padding }, x)
    : () => crypto.verify(null, x, publicKey, signature);
  parentPort.postMessage([rate(sign), rate(verify)]);`;

async function nodeSpeed(algorithm: Algorithm, seconds: number): Promise<Speed> {
  const rates = await Promise.all(
    Array.from({ length: CORES }, async () => {
      const worker = new Worker(NODE_LOOP, { eval: true, workerData: { algorithm, seconds } });
      return new Promise<readonly [number, number]>((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
      });
    }),
  );
  const sum = (at: 0 | 1): number => rates.reduce((total, rate) => total + rate[at], 0);
  return {
    sign: sum(0),
    verify: sum(1),
    how: `node:crypto ${algorithm} on ${CORES} threads (no openssl here)`,
  };
}
