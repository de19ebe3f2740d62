/** The sign: a door within a door. Decorative wherever it stands; the name stands beside it. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <path d="M4 28V14a12 12 0 0 1 24 0v14" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" />
      <path d="M10.5 28V15.5a5.5 5.5 0 0 1 11 0V28z" fill="currentColor" />
      <circle cx="18.4" cy="21.4" r="1.25" fill="var(--mark-hole, var(--mantine-color-body))" />
    </svg>
  );
}
