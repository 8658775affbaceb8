/** What is said of a record without an end; `stopMessage` adds how far it goes. */
export const CUT_OFF = 'The record ends in the middle: the program was killed, or the file was cut off.';
