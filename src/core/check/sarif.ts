import type { Problem } from '../findings/findings';
import { problemLabel } from '../findings/kind-labels';
import type { Translate } from '../translate';
import type { Reported, ReportedPlace } from './reported';

/** A finding for SARIF. */
export interface SarifFinding {
  readonly reported: Reported;
  /** Path of the program, for a finding without a place. */
  readonly program: string;
  /** Identifies the finding: equal in other runs of the program. */
  readonly fingerprint: string;
}

const LEVELS: Readonly<Record<Problem['severity'], 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/**
 * Findings as SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * @param uriOf gives the URI of a file, relative to the root of the sources if the file is below it
 * @returns a value for `JSON.stringify`
 */
export function sarifLog(
  findings: readonly SarifFinding[],
  version: string,
  uriOf: (file: string) => { readonly uri: string; readonly uriBaseId?: string },
  t: Translate,
): object {
  const kinds = [...new Set(findings.map(({ reported }) => reported.kind))];
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Coroscope',
            semanticVersion: version,
            rules: kinds.map((kind) => ({ id: kind, shortDescription: { text: problemLabel(kind, t) } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map(({ reported, program, fingerprint }) => ({
          ruleId: reported.kind,
          ruleIndex: kinds.indexOf(reported.kind),
          level: LEVELS[reported.severity],
          message: { text: [reported.message, reported.why, reported.advice].filter(Boolean).join('\n') },
          locations: [{ physicalLocation: physicalLocation(reported.place, program, uriOf) }],
          partialFingerprints: { 'coroscope/v1': fingerprint },
        })),
      },
    ],
  };
}

function physicalLocation(place: ReportedPlace | undefined, program: string, uriOf: (file: string) => object): object {
  if (!place) return { artifactLocation: uriOf(program) };
  const { file, line, column, endLine, endColumn } = place;
  const columns = column === null || endColumn === null ? {} : { startColumn: column, endColumn };
  return {
    artifactLocation: uriOf(file),
    region: { startLine: line, ...(endLine === null ? {} : { endLine }), ...columns },
  };
}
