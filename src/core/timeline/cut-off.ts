/** The message for a record with foreign bytes in it; `stopMessage` adds where it ends. */
export const DAMAGED = 'The recording is damaged from here on: something else was written into it.';
/** The message for a record without an end; `stopMessage` adds where it ends. */
export const CUT_OFF = 'The recording is cut off: the program was killed, or the file is incomplete.';
