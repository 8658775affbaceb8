/**
 * What SARIF 2.1.0 demands of the parts that Coroscope writes; every object is closed, as in the whole schema:
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json
 */
const object = (properties: object, ...required: string[]) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const text = { type: 'string' };
const fromOne = { type: 'integer', minimum: 1 };
const list = (items: object) => ({ type: 'array', items });
const message = object({ text, markdown: text, id: text }, 'text');

const artifactLocation = object({
  uri: { type: 'string', pattern: '^[^\\s\\\\]+$' },
  uriBaseId: text,
});
const region = object({ startLine: fromOne, startColumn: fromOne, endLine: fromOne, endColumn: fromOne }, 'startLine');
const location = object({ physicalLocation: object({ artifactLocation, region }, 'artifactLocation') });
const result = object(
  {
    ruleId: text,
    ruleIndex: { type: 'integer', minimum: 0 },
    level: { enum: ['none', 'note', 'warning', 'error'] },
    message,
    locations: list(location),
    partialFingerprints: { type: 'object', additionalProperties: text },
  },
  'message',
);
const rule = object({ id: text, name: text, shortDescription: message, fullDescription: message, helpUri: text }, 'id');
const driver = object(
  {
    name: text,
    semanticVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+' },
    informationUri: text,
    rules: { ...list(rule), uniqueItems: true },
  },
  'name',
);
const run = object(
  {
    tool: object({ driver }, 'driver'),
    columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
    results: list(result),
  },
  'tool',
);

export const sarifSchema = object({ $schema: text, version: { const: '2.1.0' }, runs: list(run) }, 'version', 'runs');
