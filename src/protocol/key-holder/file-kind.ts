/** What a file that is no key file looks like, so that a refusal can name it. */
import { fromCrockford } from '../bytes.ts';

/** Kinds that `kindOfFile` tells apart, besides the key file itself. */
export type FileKind =
  | 'EMPTY'
  | 'PUBLIC_KEY'
  | 'UNENCRYPTED_KEY'
  | 'OLD_ENCRYPTED_KEY'
  | 'CERTIFICATE'
  | 'SSH_KEY'
  | 'BINARY_KEY'
  | 'SHARE'
  | 'JSON'
  | 'PICTURE'
  | 'PDF'
  | 'ARCHIVE'
  | 'WEB_PAGE'
  | 'TEXT'
  | 'OTHER';

const SIGNATURES: readonly (readonly [FileKind, readonly number[]])[] = [
  ['PICTURE', [0x89, 0x50, 0x4e, 0x47]],
  ['PICTURE', [0xff, 0xd8, 0xff]],
  ['PICTURE', [0x47, 0x49, 0x46, 0x38]],
  ['PICTURE', [0x52, 0x49, 0x46, 0x46]],
  ['PDF', [0x25, 0x50, 0x44, 0x46]],
  ['ARCHIVE', [0x50, 0x4b, 0x03, 0x04]],
  ['ARCHIVE', [0x1f, 0x8b]],
  ['BINARY_KEY', [0x30, 0x82]],
];

/** Names a file by its first bytes, then by its PEM label or first characters. */
export function kindOfFile(bytes: Uint8Array, text: string): FileKind {
  const signed = SIGNATURES.find(([, start]) => start.every((byte, i) => bytes[i] === byte));
  if (signed !== undefined) return signed[0];
  const trimmed = text.trim();
  if (trimmed === '') return 'EMPTY';
  const label = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(text)?.[1];
  if (label !== undefined) return kindOfArmour(label, text);
  if (/^VTX[1IL]/i.test(trimmed) && fromCrockford(trimmed.slice(0, 20)) !== undefined) return 'SHARE';
  if (/^[[{]/.test(trimmed)) return 'JSON';
  if (/^<(?:!doctype|html|svg|\?xml)/i.test(trimmed)) return 'WEB_PAGE';
  if (/^ssh-(?:rsa|ed25519) /.test(trimmed)) return 'SSH_KEY';
  return /[\p{Cc}\ufffd]/u.test(trimmed.replace(/\s/g, '')) ? 'OTHER' : 'TEXT';
}

function kindOfArmour(label: string, text: string): FileKind {
  if (label.includes('OPENSSH') || label.includes('SSH2')) return 'SSH_KEY';
  if (label.endsWith('CERTIFICATE')) return 'CERTIFICATE';
  if (label.endsWith('PUBLIC KEY')) return 'PUBLIC_KEY';
  if (label.endsWith('PRIVATE KEY'))
    return text.includes('Proc-Type:') ? 'OLD_ENCRYPTED_KEY' : 'UNENCRYPTED_KEY';
  return 'OTHER';
}
