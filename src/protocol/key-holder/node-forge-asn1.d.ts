/**
 * The ASN.1 part of node-forge alone (12 KB compressed instead of 80), and without the Node types that
 * `@types/node-forge` would bring into code that must also run in a browser. Byte strings hold one byte a character.
 */
declare module 'node-forge/lib/asn1.js' {
  interface Asn1 {
    readonly tagClass: number;
    readonly type: number;
    readonly constructed: boolean;
    readonly value: string | readonly Asn1[];
  }
  const asn1: {
    readonly Class: { readonly UNIVERSAL: number };
    readonly Type: {
      readonly INTEGER: number;
      readonly OCTETSTRING: number;
      readonly NULL: number;
      readonly OID: number;
      readonly SEQUENCE: number;
    };
    create(tagClass: number, type: number, constructed: boolean, value: string | readonly Asn1[]): Asn1;
    /** Throws where the bytes are no DER. */
    fromDer(
      bytes: string,
      options: {
        strict: boolean;
        parseAllBytes: boolean;
        decodeBitStrings: boolean;
        maxDepth: number;
      },
    ): Asn1;
    toDer(value: Asn1): { getBytes(): string };
    oidToDer(oid: string): { getBytes(): string };
    derToOid(bytes: string): string;
    integerToDer(value: number): { getBytes(): string };
  };
  export = asn1;
}
