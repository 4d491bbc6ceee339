import { concat, fromInteger, toBase64url, toInteger, utf8 } from '../../protocol/bytes.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { ed25519Pair } from '../seeded-primitives.ts';
import { vectorKey } from './keys.ts';
import { ED25519_ORDER, LARGEST_SOUND_Y, NON_CANONICAL, OFF_CURVE, SMALL_ORDER } from './points.ts';
import { type VectorFile, flipped, integerText, vectorCases } from './vector-file.ts';

const ACCEPTED_JSON: Readonly<Record<string, string>> = {
  'empty object': '{}',
  'keys in UTF-16 order (RFC 8785 section 3.2.3)':
    '{"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",' +
    '"\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control","\\u00f6":"Latin Small Letter O With Diaeresis"}',
  'strings and literals (RFC 8785 section 3.2.2, without its fractions and null)':
    '{ "string": "\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/", "literals": [true, false] }',
  'nested, any order': ' { "b" : [ 1 , -2 , { "z":true,"a":false } ] ,\n\t"a":"" } ',
  'U+2028 and U+2029 stay': '"\u2028\u2029"',
  'astral letters': '"\\ud835\\udcb1 𝒱 🗳"',
  quotes: '"\\"q\\" \\\\ \\/ \'"',
  'U+0001 and the short escapes': '"\\u0001\\b\\t\\n\\f\\r\\u001f\\u007f"',
  'escaped where no escape is needed': '"\\u0041\\u00e9"',
  'no normalisation': '["\u00e9","e\u0301"]',
  'largest integers': '[9007199254740991,-9007199254740991,0]',
  '__proto__ is a key like another': '{"__proto__":{"a":1},"constructor":2}',
  'same key in different objects': '[{"a":1},{"a":{"a":2}}]',
  'a string that looks like a key': '{"a":["a","a:",":"]}',
};

const REFUSED_JSON: Readonly<Record<string, string>> = {
  null: 'null',
  'null inside': '{"a":[null]}',
  fraction: '[1.5]',
  'fraction of zero': '[1.0]',
  exponent: '[1e3]',
  'exponent of zero': '[0E0]',
  'minus zero': '[-0]',
  '2^53': '[9007199254740992]',
  '-2^53': '[-9007199254740992]',
  'key twice': '{"a":1,"a":1}',
  'key twice, once escaped': '{"a":1,"\\u0061":2}',
  'key twice, deep': '[{"x":{"a":1,"b":2,"a":3}}]',
  'lone high surrogate': '"\\ud83d"',
  'lone low surrogate': '"\\ude00x"',
  'surrogates in the wrong order': '"\\ude00\\ud83d"',
  'lone surrogate in a key': '{"\\ud800":1}',
  BOM: '\ufeff{}',
  'leading zero': '[01]',
  'plus sign': '[+1]',
  'trailing comma': '[1,]',
  'trailing text': '{} {}',
  'single quotes': "{'a':1}",
  comment: '{/**/}',
  NaN: '[NaN]',
  'raw control character': '"\u0001"',
  'no-break space as white space': '\u00a0{}',
  empty: '',
  'too deep': `${'['.repeat(65)}${']'.repeat(65)}`,
};

const NOT_CANONICAL: Readonly<Record<string, string>> = {
  'white space': '{"a": 1}',
  'line feed at the end': '{"a":1}\n',
  'key order': '{"b":1,"a":2}',
  'order by code point, not UTF-16': '{"\ufb33":1,"😀":2}',
  'needless escape': '{"a":"\\u0041"}',
  'escaped slash': '{"a":"\\/"}',
  'upper-case escape': '"\\u001F"',
  'long escape for line feed': '"\\u000a"',
  'escaped U+2028': '"\\u2028"',
  'key twice': '{"a":1,"a":1}',
  null: '{"a":null}',
  fraction: '{"a":1.0}',
  exponent: '{"a":1e2}',
  'minus zero': '{"a":-0}',
  'lone surrogate': '"\\ud800"',
  BOM: '\ufeff{}',
  truncated: '{"a":1',
};

const REFUSED_BASE64URL: Readonly<Record<string, readonly [string, number]>> = {
  'stray bits, one byte': ['AB', 1],
  'stray bits, two bytes': ['AAB', 2],
  padding: ['AA==', 1],
  'foreign alphabet': ['+/+/', 3],
  'white space': ['AA EC', 3],
  'line feed at the end': ['AAEC\n', 3],
  'one character too many': ['AAECA', 3],
  'too short': ['AAEC', 4],
  'too long': ['AAECAw', 3],
  'letter beyond ASCII': ['AAÉC', 3],
  'astral letter': ['AA\ud83d\ude00', 3],
};

/** Section 2. */
export async function encodingCases() {
  const file = vectorCases();
  for (const [name, text] of Object.entries(ACCEPTED_JSON)) file.accept('json', name, { text });
  for (const [name, text] of Object.entries(REFUSED_JSON)) file.refuse('json', name, 'MALFORMED', { text });
  file.accept('canonical-json', 'canonical', { text: '{"a":[1,"\u2028",true],"b":{}}' });
  for (const [name, text] of Object.entries(NOT_CANONICAL)) {
    file.refuse('canonical-json', `not canonical: ${name}`, 'MALFORMED', { text });
  }
  addBytes(file);
  addModuli(file);
  addEd25519(file);
  return file.finish();
}

function addBytes(file: VectorFile): void {
  const texts = ['', 'AA', '_-8', 'AAEC', '-_-_-w'];
  for (const [length, text] of texts.entries()) {
    file.accept('base64url', `base64url of ${length} bytes`, { text, length });
  }
  for (const [name, [text, length]] of Object.entries(REFUSED_BASE64URL)) {
    file.refuse('base64url', `base64url: ${name}`, 'MALFORMED', { text, length });
  }
  const bytes = toBase64url(Uint8Array.from({ length: 32 }, (_, i) => (37 * i + 3) % 256));
  file.accept('crockford', '80 bits in fours', { bytes, bits: 80, group: 4 });
  file.accept('crockford', '100 bits in fours', { bytes, bits: 100, group: 4 });
  file.accept('crockford', '33 bits, the last character filled up', { bytes, bits: 33, group: 5 });
  file.accept('crockford-typed', 'as typed', { text: ' 0oO-1iIlL zZ-\t9\n' });
  for (const text of ['U', '0u', 'A!', 'É', 'A=', 'ſ']) {
    file.refuse('crockford-typed', `typed ${JSON.stringify(text)}`, 'MALFORMED', { text });
  }
  const label = 'votix/1/test';
  file.accept('hash', 'label alone', { label, parts: [] });
  file.accept('hash', 'an empty part is a part', { label, parts: [''] });
  file.accept('hash', 'parts do not run together', { label, parts: ['AQ', 'AgM'] });
  file.accept('hash', 'same bytes, other parts', { label, parts: ['AQI', 'Aw'] });
}

function addModuli(file: VectorFile): void {
  for (const name of ['election-2048', 'election-3072', 'election-4096'] as const) {
    const { n, modulus } = vectorKey(name).key;
    const { length } = modulus;
    file.accept('rsa-modulus', `modulus of ${8 * length} bits`, { modulus: toBase64url(modulus) });
    for (const [what, value, bytes] of [
      ['even', n - 1n, length],
      ['one bit short', (n >> 1n) | 1n, length],
      ['one byte short', (n >> 8n) | 1n, length - 1],
      ['behind a zero byte', n, length + 1],
    ] as const) {
      const spoilt = integerText(value, bytes);
      file.refuse('rsa-modulus', `modulus of ${8 * length} bits, ${what}`, 'MALFORMED', { modulus: spoilt });
    }
  }
  file.refuse('rsa-modulus', '1024 bits', 'MALFORMED', { modulus: integerText(2n ** 1024n - 1n, 128) });
  file.refuse('rsa-modulus', 'no bytes', 'MALFORMED', { modulus: '' });
}

function addEd25519(file: VectorFile): void {
  const keys = ed25519Pair(new Uint8Array(32).fill(7));
  const pk = toBase64url(keys.publicKey);
  file.accept('ed25519-key', 'a sound key', { pk });
  file.accept('ed25519-key', 'y = p - 2, whether or not on the curve', { pk: LARGEST_SOUND_Y });
  for (const [name, point] of Object.entries({ ...SMALL_ORDER, ...NON_CANONICAL })) {
    file.refuse('ed25519-key', `pk: ${name}`, 'UNSOUND', { pk: point });
  }
  file.refuse('ed25519-key', 'pk of 31 bytes', 'UNSOUND', { pk: toBase64url(keys.publicKey.slice(1)) });
  const long = toBase64url(concat(keys.publicKey, new Uint8Array(1)));
  file.refuse('ed25519-key', 'pk of 33 bytes', 'UNSOUND', { pk: long });

  const message = utf8('message');
  const signed = nodePrimitives.signEd25519(keys, message);
  const signature = toBase64url(signed);
  const s = toInteger(signed.slice(32).reverse());
  const malleated = concat(signed.slice(0, 32), fromInteger(s + ED25519_ORDER, 32).reverse());
  file.accept('ed25519-signature', 'a signature', { pk, message: toBase64url(message), signature });
  const refused: Readonly<Record<string, string>> = {
    'R flipped': flipped(signature, 0),
    'S flipped': flipped(signature, 32),
    'S + L': toBase64url(malleated),
    'all zero': toBase64url(new Uint8Array(64)),
    'one byte short': toBase64url(signed.slice(0, 63)),
    'one byte more': toBase64url(concat(signed, new Uint8Array(1))),
    empty: '',
  };
  for (const [name, spoilt] of Object.entries(refused)) {
    file.spoil('a signature', `signature: ${name}`, 'INVALID', { set: { '/signature': spoilt } });
  }
  for (const [name, set] of [
    ['other message', { '/message': 'AA' }],
    ['other key', { '/pk': flipped(pk, 3) }],
    ['key not on the curve', { '/pk': OFF_CURVE }],
  ] as const) {
    file.spoil('a signature', `signature: ${name}`, 'INVALID', { set });
  }
}
