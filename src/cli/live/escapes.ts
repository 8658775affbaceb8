/** What a terminal is told: ECMA-48, and https://invisible-island.net/xterm/ctlseqs/ctlseqs.html */
const CSI = '\u001b[';

/** The cursor with its colours; there is one place to keep it. */
export const saved = '\u001b7';
export const restored = '\u001b8';
/** Down one line, where the screen ends by scrolling; the column stays. */
export const down = '\u001bD';
export const up = (lines: number) => `${CSI}${lines}A`;
/** From 1. */
export const lineAt = (row: number) => `${CSI}${row};1H`;
export const belowErased = `${CSI}J`;
export const restOfLineErased = `${CSI}K`;
/** Lines that scroll, from 1; the cursor goes to the first. */
export const scrolling = (last: number) => `${CSI}1;${last}r`;
export const wholeScrolls = `${CSI}r`;
export const plainInk = `${CSI}0m`;
export const otherScreen = { on: `${CSI}?1049h`, off: `${CSI}?1049l` };
export const cursor = { hidden: `${CSI}?25l`, shown: `${CSI}?25h` };
/** The terminal shows what comes between at once; one that does not know it passes over it. */
export const atOnce = (text: string) => `${CSI}?2026h${text}${CSI}?2026l`;
