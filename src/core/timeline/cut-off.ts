/** The message for a record with foreign bytes in it; `stopMessage` adds where it ends. */
export const DAMAGED = 'The record is damaged from here on: something else was written into it.';
/** The message for a record without an end; `stopMessage` adds where it ends. */
export const CUT_OFF = 'The record ends in the middle: the program was killed, or the file was cut off.';
