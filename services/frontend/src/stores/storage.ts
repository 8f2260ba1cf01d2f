/** localStorage that never throws: private windows and full disks cost comfort, not the page. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(`codeplace:${key}`);
  } catch {
    return null;
  }
}

export function writeStored(key: string, value: string): void {
  try {
    localStorage.setItem(`codeplace:${key}`, value);
  } catch {
    // Nothing to do: the value lives as long as the page.
  }
}

export function removeStored(key: string): void {
  try {
    localStorage.removeItem(`codeplace:${key}`);
  } catch {
    // As above.
  }
}
