import ko from '../../l10n/bundle.l10n.ko.json';
import { type Translate, translator } from '../core/translate';

export interface Language {
  readonly locale: string;
  /** English → translation; empty for English. */
  readonly words: Readonly<Record<string, string>>;
  readonly translate: Translate;
}

/** The requested language, else that of the system. */
export function languageOf(asked: string | undefined, env: NodeJS.ProcessEnv): Language {
  const wish = asked ?? (env.LC_ALL || env.LC_MESSAGES || env.LANG || Intl.DateTimeFormat().resolvedOptions().locale);
  const locale = /^ko\b|^ko[_-]/i.test(wish) ? 'ko' : 'en';
  const words: Readonly<Record<string, string>> = locale === 'ko' ? ko : {};
  return { locale, words, translate: translator(words) };
}
