/**
 * Said where nothing is found while something has not been read yet.
 * @public
 */
export const STILL_READING =
  'Not all of the catalog and its histories has been read yet, so that it may still come. Ask again in a few minutes.';
