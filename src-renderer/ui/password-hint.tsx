const ENOUGH = 8;
const BETTER = 15;

/** What makes a password good here: length, and nothing about symbols (SECURITY 2). */
export function PasswordHint({ password }: { password: string }) {
  const length = [...password].length;
  const counted =
    length === 0
      ? ''
      : length < ENOUGH
        ? `${ENOUGH - length} to go. `
        : length < BETTER
          ? 'Long enough. '
          : 'Good length. ';
  return <>{counted}At least 8 characters; 15 or more is better where a password is the only thing.</>;
}
