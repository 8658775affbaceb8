export const historyCommandNames = [
  'openRun',
  'renameRun',
  'deleteRun',
  'deleteAllRuns',
  'saveRun',
  'compareRuns',
  'compareRunsAsText',
  'compareWithPrevious',
] as const;
