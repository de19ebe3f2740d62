type Dependencies = Readonly<Record<string, string>>;

export interface Manifest {
  readonly dependencies?: Dependencies;
  readonly devDependencies?: Dependencies;
  readonly optionalDependencies?: Dependencies;
}

export interface Lock {
  readonly packages: Readonly<Record<string, Manifest & { readonly resolved?: string }>>;
}

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/** Every dependency is asked for in one exact version. */
export function loosePins(manifest: Manifest): string[] {
  return Object.entries(wanted(manifest))
    .filter(([, version]) => !EXACT.test(version))
    .map(([name, version]) => `${name}@${version}`);
}

/** The lock names no registry, so that it works behind any, and was made from this very manifest. */
export function lockViolations(manifest: Manifest, lock: Lock): string[] {
  const hosts = Object.entries(lock.packages).filter(([, { resolved }]) => resolved !== undefined);
  const stale = JSON.stringify(sorted(wanted(manifest))) !== JSON.stringify(sorted(wanted(lock.packages[''] ?? {})));
  return [
    ...hosts.map(([name]) => `${name} is resolved to an address`),
    ...(stale ? ['package-lock.json was made from another package.json'] : []),
  ];
}

function wanted({ dependencies, devDependencies, optionalDependencies }: Manifest): Dependencies {
  return { ...dependencies, ...devDependencies, ...optionalDependencies };
}

function sorted(dependencies: Dependencies): [string, string][] {
  return Object.entries(dependencies).sort(([a], [b]) => a.localeCompare(b));
}
