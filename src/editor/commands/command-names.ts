/** Here are their names, in `actions.ts` is what they do: that is loaded when one is used. */
export const commandNames = [
  'visualize',
  'visualizeFunction',
  'cancel',
  'live',
  'liveOff',
  'showOutput',
  'openTimeline',
  'openTrace',
  'compareTraces',
  'saveTrace',
  'exportHtml',
  'selectEngine',
  'openSample',
  'otherOrder',
  'copyTasks',
  'revealTask',
] as const;

export type CommandName = (typeof commandNames)[number];
