import { entityRefSchema } from '../../schemas';

/**
 * What a question may mean; a look-up tries each reading that is set.
 * @public
 */
export interface Question {
  /** A full entity reference, if the question is one. */
  readonly entityRef?: string;
  /** A path of a repository, if the question can be one. */
  readonly path?: string;
  /** Host, project and path of a link to a code host. */
  readonly link?: {
    readonly host: string;
    readonly project: string;
    readonly path?: string;
  };
  /** Lower-case words to look for in names and titles. */
  readonly words: readonly string[];
}

/** What people and agents write before what they ask for. */
const ASKING = /^who\s+(?:understands|knows)\s+(?:(?:about|the)\s+)*(?=\S)/i;

/**
 * Reads a question: an entity reference or name, a path, a link to a file or to a
 * pull request, or plain words.
 * @public
 */
export function parseQuestion(text: string): Question {
  const question = text.trim().replace(ASKING, '');
  const link = parseLink(question);
  if (link) {
    return { link, path: link.path, words: [] };
  }
  const words = question
    .toLowerCase()
    .split(/[\s,;?]+/)
    .filter(word => word !== '');
  // The same word with its own capitals, which paths may have.
  const single =
    words.length === 1 ? question.replace(/[\s,;?]+/g, '') : undefined;
  const entityRef = parseRef(words.length === 1 ? words[0] : '');
  return {
    entityRef,
    path: single && !entityRef ? parsePath(single) : undefined,
    words: [...new Set(words)],
  };
}

function parseRef(word: string): string | undefined {
  const [, kind, namespace = 'default', name] =
    /^([a-z][a-z0-9]*):(?:([a-z0-9._-]+)\/)?([a-z0-9._-]+)$/.exec(word) ?? [];
  const ref = `${kind}:${namespace}/${name}`;
  return kind && entityRefSchema.safeParse(ref).success ? ref : undefined;
}

// Without what an editor or a page puts around it: `./`, `:42:7`, `#L42`.
function parsePath(word: string): string | undefined {
  if (!/[/.]/.test(word)) {
    return undefined;
  }
  const path = word.replace(/^\.?\/+/, '').replace(/[#:]L?\d.*$/, '');
  return path === '' ? undefined : path;
}

// GitHub: /owner/repo/blob/main/path and /owner/repo/pull/7;
// GitLab: /group/…/project/-/blob/main/path and /-/merge_requests/7.
function parseLink(question: string): Question['link'] {
  // Of most questions, which are none, `URL` would make an error each time.
  if (!/^https?:/i.test(question)) {
    return undefined;
  }
  let url: URL;
  try {
    url = new URL(question);
  } catch {
    return undefined;
  }
  const parts = url.pathname.split('/').filter(part => part !== '');
  const dash = parts.indexOf('-');
  const project = (dash > 0 ? parts.slice(0, dash) : parts.slice(0, 2))
    .join('/')
    .replace(/\.git$/, '');
  const rest = dash > 0 ? parts.slice(dash + 1) : parts.slice(2);
  if (project === '') {
    return undefined;
  }
  const isFile = ['blob', 'tree', 'raw', 'blame', 'edit'].includes(rest[0]);
  const path = isFile ? rest.slice(2).map(decode).join('/') : '';
  return { host: url.host, project, path: path || undefined };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
