/**
 * Puts text on the clipboard; where the clipboard is out of reach, copies what `shown` shows instead.
 * @returns false when neither worked.
 */
export async function copyText(text: string, shown: HTMLElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const selection = getSelection();
    if (!shown || !selection) return false;
    selection.selectAllChildren(shown);
    const copied = document.execCommand('copy');
    selection.removeAllRanges();
    return copied;
  }
}
