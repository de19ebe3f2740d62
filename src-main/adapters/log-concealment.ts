const CONCEALED = '[concealed]';
const SECRET_NAME = /pass|code|token|secret|cookie|pepper|authorization|sealed|\bkey\b/i;
const DEEPEST = 5;
const LONGEST_TEXT = 500;

/** Shapes that only secrets have here: a mailed code, a recovery code, a token of 256 bits, a password hash. */
const SECRET_SHAPES = [
  /\b\d{6}\b/g,
  /\b[0-9A-Z]{5}(?:-[0-9A-Z]{5}){3}\b/gi,
  /(?<![\w-])[\w-]{43}(?![\w-])/g,
  /\$argon2\S+/g,
];

/** A copy fit for the log: secrets by name or shape, and what error messages quote, are left out (S80). */
export function concealed(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return entriesOf(fields, 0);
}

/** A line of text without anything of a secret's shape, cut at 500 characters. */
export function concealedText(text: string): string {
  const cut = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
  return SECRET_SHAPES.reduce((line, shape) => line.replace(shape, CONCEALED), cut);
}

function entriesOf(fields: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(fields);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, SECRET_NAME.test(name) ? CONCEALED : fitForLog(value, depth)]),
  );
}

function fitForLog(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return concealedText(value);
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value;
  if (depth >= DEEPEST || ArrayBuffer.isView(value)) return CONCEALED;
  if (value instanceof Error) return errorOf(value, depth + 1);
  if (Array.isArray(value)) return value.map((item) => fitForLog(item, depth + 1));
  return entriesOf(value, depth + 1);
}

/** Kind, system code, where it happened, and its first line less what it quotes: quotations hold people's input. */
function errorOf(error: Error, depth: number): Record<string, unknown> {
  const [firstLine = ''] = error.message.split('\n');
  const kind =
    'code' in error && typeof error.code === 'string' && /^[A-Z0-9_]{2,60}$/i.test(error.code) ? error.code : undefined;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    ...(kind !== undefined && { kind: concealedText(kind) }),
    message: concealedText(firstLine.replace(/(["'`]).*\1/g, '$1…$1')),
    at: frames.map((line) => concealedText(line.trim())),
    ...(error.cause !== undefined && { cause: fitForLog(error.cause, depth) }),
  };
}
