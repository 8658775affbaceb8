import './style.css';
import korean from '../l10n/bundle.l10n.ko.json';
import { translator } from '../src/core/translate';
import { codeIn } from './link';
import { type Language, Playground } from './playground';
import { samplesOf } from './samples';

const asked = new URLSearchParams(window.location.search);
const locale = /^ko\b/i.test(asked.get('lang') ?? navigator.language) ? 'ko' : 'en';
const words: Language['words'] = locale === 'ko' ? korean : {};
const language: Language = { locale, words, translate: translator(words) };
document.documentElement.lang = locale;
document.documentElement.classList.add('exported');
document.documentElement.classList.toggle('embed', asked.has('embed'));

const samples = samplesOf(locale, language.translate);
const playground = new Playground(document.body, language, samples);
const openLink = async () => codeIn(window.location.hash);
void openLink().then((code) => playground.open(code ?? samples[0].text));
window.addEventListener(
  'hashchange',
  () => void openLink().then((code) => code !== undefined && playground.open(code)),
);

// After the first visit everything is there without a network. Browsers give workers of this kind to secure pages only.
if ('serviceWorker' in navigator) void navigator.serviceWorker.register('service-worker.js').catch(() => {});
