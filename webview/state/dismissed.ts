import { type HintName, hintNames } from '../../src/core/protocol/messages';

/** Hints that were dismissed in a page without VS Code. A browser may refuse to keep them: then they last as long as the page. */

const KEY = 'coroscope.dismissed';

export function dismissedHere(): HintName[] {
  try {
    const kept = localStorage.getItem(KEY) ?? '';
    return hintNames.filter((name) => kept.split(' ').includes(name));
  } catch {
    return [];
  }
}

export function dismissHere(hint: HintName): void {
  try {
    localStorage.setItem(KEY, [...new Set([...dismissedHere(), hint])].join(' '));
  } catch {
    // Not kept.
  }
}
