/** Only the names: `actions.ts`, which implements them, is loaded with the first use of one. */
export const commandNames = [
  'visualize',
  'visualizeFunction',
  'cancel',
  'live',
  'liveOff',
  'showOutput',
  'openTimeline',
  'attach',
  'openTrace',
  'compareTraces',
  'saveTrace',
  'exportHtml',
  'selectEngine',
  'openSample',
  'otherOrder',
  'tryChange',
  'copyTasks',
  'revealTask',
] as const;

export type CommandName = (typeof commandNames)[number];
