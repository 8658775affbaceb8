/**
 * Korean particles depend on the last sound of the word before them, which is known only when a sentence's holes are filled: the
 * catalogue writes both (`을(를)`), and this chooses. Where the sound cannot be told, both stay.
 */

/** With a final consonant, without one. */
const PARTICLES: Readonly<Record<string, readonly [closed: string, open: string]>> = {
  '이(가)': ['이', '가'],
  '은(는)': ['은', '는'],
  '을(를)': ['을', '를'],
  '와(과)': ['과', '와'],
  '과(와)': ['과', '와'],
  '(으)로': ['으로', '로'],
};
const BOTH =
  /([^\s"'`”’»()[\]{}<>…,.:;]?)((?:["'`”’»()[\]{}<>…]|, …)*)(이\(가\)|은\(는\)|을\(를\)|와\(과\)|과\(와\)|\(으\)로)/g;

export function withParticles(text: string): string {
  if (!text.includes('(')) return text;
  return text.replace(BOTH, (whole, last: string, closing: string, both: string, at: number) => {
    const sound = soundOf(text.slice(Math.max(0, at - 3), at) + last);
    if (sound === undefined) return whole;
    const [closed, open] = PARTICLES[both];
    // 로 follows an ㄹ too: 서울로, 1로.
    const asOpen = sound === 'open' || (sound === 'l' && both === '(으)로');
    return `${last}${closing}${asOpen ? open : closed}`;
  });
}

type Sound = 'open' | 'closed' | 'l' | undefined;

/** 영 일 이 삼 사 오 육 칠 팔 구 */
const DIGITS: readonly Sound[] = ['closed', 'l', 'open', 'closed', 'open', 'open', 'closed', 'l', 'l', 'open'];
const HANGUL = 0xac00;
const LAST_HANGUL = 0xd7a3;
const FINALS = 28;
const RIEUL = 8;

/** How a word ends as it is read aloud. */
function soundOf(word: string): Sound {
  const last = word.at(-1);
  if (last === undefined) return undefined;
  const code = last.charCodeAt(0);
  if (code >= HANGUL && code <= LAST_HANGUL) {
    const final = (code - HANGUL) % FINALS;
    return final === 0 ? 'open' : final === RIEUL ? 'l' : 'closed';
  }
  if (last >= '0' && last <= '9') return DIGITS[Number(last)];
  return /[a-z]/i.test(last) ? ofLatin(word.toLowerCase()) : undefined;
}

/** As English words are said in Korean: main 메인, lock 락, get 겟, sleep 슬립, but event 이벤트, wait 웨이트, queue 큐. */
function ofLatin(word: string): Sound {
  if (word.endsWith('l')) return 'l';
  if (/(m|n|ng)$/.test(word)) return 'closed';
  if (/[aeiou]ck$|(^|[^aeiou])[aeiou][kpt]$|eep$|ook$/.test(word)) return 'closed';
  return 'open';
}
