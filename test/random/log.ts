/** What the program itself printed: `mark number time task …`, a line each. */
export interface Entry {
  readonly mark: string;
  readonly id: number;
  readonly time: number;
  readonly task: string;
  readonly rest: readonly string[];
}

export function entries(text: string): Entry[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [mark, id, time, task, ...rest] = line.split(' ');
      return { mark, id: Number(id), time: Number(time), task, rest };
    });
}
