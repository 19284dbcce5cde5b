/** What a draft is of; with it, it is found again. */
export type DraftOf =
  | { readonly type: 'explanation'; readonly id: string }
  | { readonly type: 'entities'; readonly entityRefs: readonly string[] }
  | { readonly type: 'walkthrough'; readonly entityRef: string };

/** What the back end takes. */
const MAX_KEY = 1000;

/** The key under which a draft is kept. */
export function draftKey(of: DraftOf): string {
  switch (of.type) {
    case 'explanation':
      return `explanation ${of.id}`;
    case 'entities':
      return `entities ${of.entityRefs.join(' ')}`.slice(0, MAX_KEY).trim();
    default:
      return `walkthrough ${of.entityRef}`;
  }
}

/** What a draft is of, by its key; undefined where no form of today wrote it. */
export function readDraftKey(key: string): DraftOf | undefined {
  const [type, ...rest] = key.split(' ');
  switch (type) {
    case 'explanation':
      return { type, id: rest.join(' ') };
    case 'entities':
      return { type, entityRefs: rest };
    case 'walkthrough':
      return { type, entityRef: rest.join(' ') };
    default:
      return undefined;
  }
}
