/** Bytes that tell what kind of source a file is. */
export const START = 64 * 1024;
/** A message or a page that is larger is not read; the largest real ones on the list are under a fifth of it. */
export const MAX_MESSAGE = 16 * 1024 * 1024;
