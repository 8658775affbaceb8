/** What is said of one into which something was written that is none; also with how far it goes. */
export const DAMAGED = 'The record is damaged from here on: something else was written into it.';
/** What is said of a record without an end; `stopMessage` adds how far it goes. */
export const CUT_OFF = 'The record ends in the middle: the program was killed, or the file was cut off.';
