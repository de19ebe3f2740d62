declare global {
  var __webpack_nonce__: string | undefined;
}

/** The page's CSP nonce, put into its <meta> by the host for this one response. Browsers hide the attribute, so the property is read. */
export const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

// The scroll lock under dialogs and the palette makes its own <style> tags and looks for the nonce here.
globalThis.__webpack_nonce__ = nonce;
