export const findingCommandNames = ['revealFinding', 'copyFinding', 'copyFindings'] as const;
