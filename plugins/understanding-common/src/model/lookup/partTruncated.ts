/**
 * Said of a folder that holds more files than are looked at.
 * @public
 */
export const PART_TRUNCATED =
  'It holds more files than are looked at, so that others may know the rest of them. Ask with a folder inside of it.';
