import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { DAY } from '../../../src-main/domain/values.ts';
import { bits, der, integer, octets, oid, sequence, set, utcTime, utf8, yes } from './der.ts';

/** A certificate with its key, both in PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Signs certificates for tests: made anew in each run, so none lies about and none expires. */
export interface Authority {
  /** What must be trusted for its certificates to hold. */
  readonly cert: string;
  issue(options?: IssueOptions): Certificate;
}

export interface IssueOptions {
  /** Names it is good for; the loopback's by default. */
  readonly hosts?: readonly string[];
  /** Days from now until it ends; negative for one that has. */
  readonly days?: number;
}

const ECDSA_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));

export function newAuthority(name = 'Test Authority'): Authority {
  const { publicKey, privateKey } = newKey();
  const extensions = [
    extension('2.5.29.19', sequence(yes)), // basicConstraints: an authority
    extension('2.5.29.15', der(0x03, Buffer.from([0x02, 0x04]))), // keyUsage: signs certificates
  ];
  const own = { issuer: name, subject: name, publicKey, days: 365, extensions };
  return {
    cert: pem(certificate(own, privateKey)),
    issue({ hosts = ['localhost'], days = 30 } = {}) {
      const pair = newKey();
      const names = hosts.map((host) => der(0x82, Buffer.from(host))); // dNSName
      const address = der(0x87, Buffer.from([127, 0, 0, 1])); // iPAddress
      const alternatives = extension(
        '2.5.29.17',
        sequence(...names, ...(hosts.includes('localhost') ? [address] : [])),
      );
      const leaf = {
        issuer: name,
        subject: hosts[0] ?? '',
        publicKey: pair.publicKey,
        days,
        extensions: [alternatives],
      };
      const key = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
      return { cert: pem(certificate(leaf, privateKey)), key };
    },
  };
}

interface Contents {
  readonly issuer: string;
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly days: number;
  readonly extensions: readonly Uint8Array[];
}

/** RFC 5280 4.1. */
function certificate({ issuer, subject, publicKey, days, extensions }: Contents, signer: KeyObject): Uint8Array {
  const now = Date.now();
  const toBeSigned = sequence(
    der(0xa0, integer(2)), // version 3
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])), // never a needless zero in front (X.690 8.3.2)
    ECDSA_SHA256,
    commonName(issuer),
    sequence(utcTime(now - 365 * DAY), utcTime(now + days * DAY)),
    commonName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  return sequence(toBeSigned, ECDSA_SHA256, bits(sign('sha256', toBeSigned, signer)));
}

function commonName(name: string): Uint8Array {
  return sequence(set(sequence(oid('2.5.4.3'), utf8(name))));
}

function extension(id: string, value: Uint8Array): Uint8Array {
  return sequence(oid(id), yes, octets(value));
}

function newKey() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function pem(bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
