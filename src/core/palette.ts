/** The colours of the panel for images without a style sheet: in hovers and in the gutter of an editor. */

export const themeKinds = ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const;
export type ThemeKind = (typeof themeKinds)[number];

export interface Palette {
  /** `--task-0` … of the style sheet. */
  readonly tasks: readonly string[];
  /** Of small text beside the marks. */
  readonly ink: string;
  readonly line: string;
  /** States are shown by outlines instead of tints. */
  readonly outlined: boolean;
}

const ON_LIGHT = ['#0b6bb8', '#b35c00', '#007a5a', '#a8387f', '#756500', '#c23b12', '#16708a', '#5f4bc4'];
const ON_DARK = ['#4fa3e3', '#e8a33d', '#3fbf93', '#d98bc0', '#e0d052', '#e8774a', '#8fd3f4', '#a99be8'];

const palettes: Readonly<Record<ThemeKind, Palette>> = {
  light: { tasks: ON_LIGHT, ink: '#616161', line: '#c8c8c8', outlined: false },
  dark: { tasks: ON_DARK, ink: '#a6a6a6', line: '#505050', outlined: false },
  'high-contrast': { tasks: ON_DARK, ink: '#ffffff', line: '#ffffff', outlined: true },
  'high-contrast-light': { tasks: ON_LIGHT, ink: '#292929', line: '#292929', outlined: true },
};

export function paletteOf(kind: ThemeKind): Palette {
  return palettes[kind];
}
