/** The part of mailparser that tests use; it brings no types of its own. */
declare module 'mailparser' {
  interface AddressList {
    readonly value: readonly { readonly name: string; readonly address: string }[];
    readonly text: string;
  }

  export interface ParsedMail {
    readonly headers: ReadonlyMap<string, unknown>;
    readonly headerLines: readonly { readonly key: string; readonly line: string }[];
    readonly from?: AddressList;
    readonly to?: AddressList;
    readonly subject?: string;
    readonly date?: Date;
    readonly messageId?: string;
    readonly text?: string;
    readonly html?: string | false;
    readonly attachments: readonly unknown[];
  }

  export function simpleParser(source: Buffer | string): Promise<ParsedMail>;
}
