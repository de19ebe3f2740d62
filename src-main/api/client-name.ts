const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/Vestibule\//, 'Vestibule'],
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/Windows/, 'Windows'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

/** A program as a person would name it, e.g. `Chrome on Linux`: for telling one's sessions apart, never for a decision. */
export function describeClient(headers: Headers): string {
  const agent = headers.get('user-agent') ?? '';
  const browser = BROWSERS.find(([pattern]) => pattern.test(agent))?.[1];
  const system = SYSTEMS.find(([pattern]) => pattern.test(agent))?.[1];
  return browser && system ? `${browser} on ${system}` : (browser ?? 'Unknown program');
}
