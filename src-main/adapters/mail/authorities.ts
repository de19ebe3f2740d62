import tls, { type SecureContext } from 'node:tls';

/** What a mail server's certificate is held against: TLS 1.2 or later, and always verified. */
export interface Trust {
  context(): SecureContext;
  /**
   * Trusts this computer's own certificate store too, where a company keeps its private authority. Reading that can
   * take most of a second, so it waits for a certificate that nobody else knows. False when that was done before.
   */
  widen(): boolean;
}

/** @param more authorities to trust from the start, in PEM */
export function trustIn(more: readonly string[]): Trust {
  let wide = false;
  let context: SecureContext | null = null;

  const stored = (kind: 'default' | 'system') =>
    typeof tls.getCACertificates === 'function'
      ? tls.getCACertificates(kind)
      : kind === 'default'
        ? tls.rootCertificates
        : [];

  return {
    context() {
      const ca = new Set([...stored('default'), ...(wide ? stored('system') : []), ...more]);
      context ??= tls.createSecureContext({ ca: [...ca], minVersion: 'TLSv1.2' });
      return context;
    },
    widen() {
      if (wide) return false;
      wide = true;
      context = null;
      return true;
    },
  };
}
