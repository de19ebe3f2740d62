import { useState } from 'react';

export const CODE_DIGITS = 6;

/** A six-digit answer while it is typed. What is too short to be one is held back, because every answer counts as a try. */
export function useCode(onOffer: (code: string) => void) {
  const [code, setCode] = useState('');
  const [short, setShort] = useState(false);
  const change = (next: string) => {
    setCode(next);
    setShort(false);
  };
  const offer = () => {
    setShort(code.length < CODE_DIGITS);
    if (code.length === CODE_DIGITS) onOffer(code);
  };
  return { code, short, change, offer };
}
