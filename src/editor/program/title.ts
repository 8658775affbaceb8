import { baseName } from '../../core/places/base-name';
import type { Program } from './program';

/** What a program is called in messages and titles. */
export function titleOf({ title, file }: Pick<Program, 'title' | 'file'>): string {
  return title ?? baseName(file);
}
