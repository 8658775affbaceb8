import type { Timeline } from '../timeline/model';
import { taskOf } from '../timeline/resource-state';
import { translator } from '../translate';
import { waitLabel } from '../words/waits';
import type { CriticalPath } from './path';

const english = translator(undefined);

/** A critical path as `coroscope run --why --json` prints it; docs/timeline-json.md describes it. */
export function pathJson(timeline: Timeline, { task, start, end, span, parts }: CriticalPath): object {
  const whole = end - start;
  return {
    format: 1,
    why: {
      task,
      name: taskOf(timeline, task)?.name ?? null,
      ...(span === undefined ? {} : { span: timeline.spans[span].id, start }),
      end,
      parts: parts.map((part) => ({
        kind: part.kind,
        task: part.task === 0 ? null : part.task,
        start: part.start,
        end: part.end,
        share: whole > 0 ? (part.end - part.start) / whole : 0,
        waitingFor:
          part.kind === 'suspended' && part.segment !== undefined
            ? (waitLabel(timeline, part.segment, english) ?? null)
            : null,
        link: part.link ?? null,
      })),
    },
  };
}
