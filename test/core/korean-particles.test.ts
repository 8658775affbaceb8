import { expect, test } from 'vitest';
import { withParticles } from '../../src/core/korean-particles';
import { translator } from '../../src/core/translate';

test.each([
  ['Task-1이(가) 끝납니다', 'Task-1이 끝납니다'],
  ['Task-2이(가) 끝납니다', 'Task-2가 끝납니다'],
  ['Task-3을(를) 만듭니다', 'Task-3을 만듭니다'],
  ['Task-4, Task-5을(를) 만듭니다', 'Task-4, Task-5를 만듭니다'],
  ['`count()`은(는) 코루틴입니다', '`count()`는 코루틴입니다'],
  ['main()이(가) 끝나서', 'main()이 끝나서'],
  ['lock을(를) 잡은', 'lock을 잡은'],
  ['event을(를) 기다립니다', 'event를 기다립니다'],
  ['“둘”을(를) 출력합니다', '“둘”을 출력합니다'],
  ['“셋 번째”을(를) 출력합니다', '“셋 번째”를 출력합니다'],
  ['종료 코드 1(으)로', '종료 코드 1로'],
  ['종료 코드 3(으)로', '종료 코드 3으로'],
  ['Task-2 (worker)이(가)', 'Task-2 (worker)가'],
  ['poll([])이(가)', 'poll([])이'],
  ['worker(queue, …)이(가)', 'worker(queue, …)가'],
  ['load({})을(를)', 'load({})를'],
  ['items[0]은(는)', 'items[0]은'],
  ['<Task-4>이(가)', '<Task-4>가'],
  ['…을(를)', '…을(를)'],
  ['Task-2은(는) lock a을(를) 기다립니다', 'Task-2는 lock a를 기다립니다'],
])('%s', (both, chosen) => {
  expect(withParticles(both)).toBe(chosen);
});

test('a translator chooses them when the holes are filled', () => {
  const t = translator({ 'It makes {0}.': '{0}을(를) 만듭니다.' });
  expect(t('It makes {0}.', 'Task-6')).toBe('Task-6을 만듭니다.');
  expect(t('It makes {0}.', 'Task-9')).toBe('Task-9를 만듭니다.');
});
