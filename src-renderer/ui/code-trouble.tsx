import { Failure, Trouble } from './failure.tsx';
import { CODE_DIGITS } from './use-code.ts';

/** What is wrong with a code: too short to be sent, or refused. */
export function CodeTrouble({ short, error }: { short: boolean; error: unknown }) {
  if (!short) return <Failure error={error} />;
  return (
    <Trouble title={`Type all ${CODE_DIGITS} digits`}>
      Nothing was checked yet. They stand in the newest message.
    </Trouble>
  );
}
