/** Prefix of every annotation that this product reads. */
const PREFIX = 'understanding.dev';

/**
 * Paths of an entity's source inside its repository, separated by commas.
 * @public
 */
export const ANNOTATION_SOURCE_PATHS = `${PREFIX}/source-paths`;
/**
 * Globs of an entity's documents, relative to the repository, separated by commas.
 * @public
 */
export const ANNOTATION_DOCS = `${PREFIX}/docs`;
/**
 * `control`, `data` or `artifact`.
 * @public
 */
export const ANNOTATION_PLANE = `${PREFIX}/plane`;
/**
 * When changes of an entity have to be explained: `always`, `ai-assisted` or `never`.
 * @public
 */
export const ANNOTATION_EXPLANATIONS = `${PREFIX}/explanations`;
/**
 * What a missing explanation does to a change on its host: `off`, `advisory` or
 * `blocking`.
 * @public
 */
export const ANNOTATION_GATE = `${PREFIX}/gate`;
/**
 * Full references of the dependencies without which the entity fails.
 * @public
 */
export const ANNOTATION_HARD_DEPENDENCIES = `${PREFIX}/hard-dependencies`;
/**
 * On Groups: where alerts go, e.g. `webhook:platform-alerts`.
 * @public
 */
export const ANNOTATION_CHANNELS = `${PREFIX}/channels`;
/**
 * On Users: where they live, e.g. `Europe/Berlin`.
 * @public
 */
export const ANNOTATION_TIME_ZONE = `${PREFIX}/time-zone`;
/**
 * `true` on entities that are examples and labelled so on every page.
 * @public
 */
export const ANNOTATION_EXAMPLE = `${PREFIX}/example`;
