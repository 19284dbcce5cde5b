/** What a question may mean; a look-up tries each reading that is set. */
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

/**
 * Reads a question: an entity reference or name, a path, a link to a file or to a
 * pull request, or plain words.
 */
export function parseQuestion(text: string): Question {
  const question = text.trim();
  const link = parseLink(question);
  if (link) {
    return { link, path: link.path, words: [] };
  }
  const words = question
    .toLowerCase()
    .split(/[\s,;?]+/)
    .filter(word => word !== '');
  const single = words.length === 1 ? question : undefined;
  const ref = single?.toLowerCase();
  const match = ref
    ? /^([a-z]+):(?:([a-z0-9._-]+)\/)?([a-z0-9._-]+)$/.exec(ref)
    : undefined;
  return {
    entityRef: match
      ? `${match[1]}:${match[2] ?? 'default'}/${match[3]}`
      : undefined,
    path:
      single && !match && /[/.]/.test(single)
        ? single.replace(/^\.?\/+/, '').replace(/[#:]L?\d.*$/, '')
        : undefined,
    words,
  };
}

// GitHub: /owner/repo/blob/main/path and /owner/repo/pull/7;
// GitLab: /group/…/project/-/blob/main/path and /-/merge_requests/7.
function parseLink(question: string): Question['link'] {
  let url: URL;
  try {
    url = new URL(question);
  } catch {
    return undefined;
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
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
