import type { ShadowEntity } from '../entities';

/** Longer ones are cut: nobody types them to the end. */
const MAX_LENGTH = 100;
/** Of a long description, the rest is not looked for. */
const MAX_WORDS = 100;

/**
 * The words by whose beginnings an entity is found, each once and in lower case: its
 * reference, name and title as a whole, and the words of its name, title, type and
 * description.
 * @public
 */
export function searchWords(
  entity: Pick<
    ShadowEntity,
    'entityRef' | 'name' | 'title' | 'type' | 'description'
  >,
): string[] {
  const { entityRef, name, title, type = '', description = '' } = entity;
  const whole = [entityRef, name, title].map(one => one.toLowerCase());
  const parts = [name, title, type, description].flatMap(text =>
    text.toLowerCase().split(/[^\p{L}\p{N}\p{M}]+/u),
  );
  const words = [...whole, ...parts.filter(one => one.length > 1)].map(one =>
    one.slice(0, MAX_LENGTH),
  );
  return [...new Set(words)].slice(0, MAX_WORDS);
}
