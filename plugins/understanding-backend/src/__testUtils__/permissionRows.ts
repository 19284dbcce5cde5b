/** Who asks, in the order of the columns of every {@link PermissionRow}. */
export const CALLERS = [
  'anonymous',
  // Signed in, in no team; a reader only.
  'user',
  // Of the team that owns the entity.
  'owner',
  // Of another team; a reader only.
  'other',
  // Whom evidence and proposals name.
  'self',
  'admin',
  'service',
  // A service whose token is restricted to another permission.
  'restricted',
] as const;
export type Caller = (typeof CALLERS)[number];

/** What becomes of a route when each of the callers asks it. */
export interface PermissionRow {
  /**
   * Who gets what, in the order of {@link CALLERS}: `-` 401, `x` 403, `n` 404, `i`
   * another refusal of what was sent, `o` an answer.
   */
  readonly expected: string;
  /** The path that is asked; by default that of the route. */
  readonly path?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** Rows by route, as `GET /path`; they are asked in order. */
export type PermissionRows = Readonly<Record<string, PermissionRow>>;

/** Whoever may read gets an answer; a restricted token may not read here. */
export const READ = '-oooooox';
/** The same of something that is not there. */
export const READ_NONE = '-nnnnnnx';

/** The one service, and where it is asked about. */
export const REF = 'component:default/cart';
export const ENTITY = '/entities/by-name/:kind/:namespace/:name';
export const CART = '/entities/by-name/component/default/cart';
export const LATER = new Date(
  Date.now() + 30 * 24 * 60 * 60 * 1000,
).toISOString();
export const MATCH = { 'If-Match': '"1"' };
export const NEW = { 'If-None-Match': '*' };
