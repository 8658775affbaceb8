import { terminalLine } from '../../core/words/terminal';

/**
 * The text of a notification with untrusted names: of files, tasks, messages. VS Code makes a link of `[text](command:…)` in a
 * notification, and runs the command at a click; a blank between the brackets leaves the text as it reads.
 */
export function noticeText(text: string): string {
  return terminalLine(text).replaceAll('](', '] (');
}
