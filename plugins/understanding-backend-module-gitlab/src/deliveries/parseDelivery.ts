import { HostFact } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  Delivery,
  ParsedDelivery,
  parseJsonBody,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { z } from 'zod';
import { deploymentId } from '../ids';
import { problemOf } from '../schemas';
import { mergeRequestFacts } from './mergeRequestFacts';
import { noteFacts } from './noteFacts';
import { Place, placeOf } from './place';
import {
  IGNORED_KINDS,
  Project,
  deploymentHookSchema,
  kindSchema,
  mergeRequestHookSchema,
  movedHookSchema,
  noteHookSchema,
  noteableSchema,
  pushHookSchema,
  repositoryUpdateSchema,
} from './payloads';

type Parse = (payload: unknown, instances: readonly string[]) => ParsedDelivery;

const PARSERS: ReadonlyMap<string, Parse> = new Map<string, Parse>([
  ['merge_request', ofProject(mergeRequestHookSchema, mergeRequestFacts)],
  ['note', parseNote],
  [
    'push',
    ofProject(pushHookSchema, (push, place) => pushFacts([push], place)),
  ],
  [
    'repository_update',
    ofProject(repositoryUpdateSchema, (update, place) =>
      pushFacts(update.changes, place),
    ),
  ],
  ['deployment', ofProject(deploymentHookSchema, deploymentFacts)],
  ['project_rename', parseMoved],
  ['project_transfer', parseMoved],
]);

/**
 * What a delivery says. Which kind it is, is told by its body alone: the header
 * `X-Gitlab-Event` is not signed, and of system hooks it does not tell.
 */
export function parseDelivery(
  { body }: Delivery,
  instances: readonly string[],
): ParsedDelivery {
  const json = parseJsonBody(body);
  if ('problem' in json) {
    return notUnderstood(json.problem);
  }
  const kind = kindSchema.safeParse(json.value);
  if (!kind.success) {
    return notUnderstood('object_kind, event_name: neither is a string');
  }
  if (IGNORED_KINDS.has(kind.data)) {
    return ignored(`Nothing here depends on ${kind.data}`);
  }
  const parse = PARSERS.get(kind.data);
  return parse
    ? parse(json.value, instances)
    : notUnderstood('object_kind, event_name: not of a kind that is known');
}

/** A parser of what a project of one of the instances tells. */
function ofProject<S extends z.ZodType<{ project: Project }>>(
  schema: S,
  factsOf: (payload: z.output<S>, place: Place) => HostFact[] | string,
): Parse {
  return (payload, instances) => {
    const parsed = schema.safeParse(payload);
    if (!parsed.success) {
      return notUnderstood(problemOf(parsed.error));
    }
    const place = placeOf(parsed.data.project, instances);
    if (!place) {
      return notUnderstood('project.web_url: not of a configured instance');
    }
    const facts = factsOf(parsed.data, place);
    return typeof facts === 'string'
      ? ignored(facts)
      : { type: 'facts', facts };
  };
}

function parseNote(
  payload: unknown,
  instances: readonly string[],
): ParsedDelivery {
  const noteable = noteableSchema.safeParse(payload);
  if (!noteable.success) {
    return notUnderstood(problemOf(noteable.error));
  }
  return noteable.data.object_attributes.noteable_type === 'MergeRequest'
    ? ofProject(noteHookSchema, noteFacts)(payload, instances)
    : ignored('The note is not on a merge request');
}

function pushFacts(
  refs: ReadonlyArray<{ ref: string; after: string }>,
  { host, repository }: Place,
): HostFact[] | string {
  const facts = refs.flatMap(({ ref, after }): HostFact[] => {
    const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1];
    return branch && !/^0+$/.test(after)
      ? [{ type: 'push', host, repository, branch }]
      : [];
  });
  return facts.length > 0 ? facts : 'No branch has another head';
}

function deploymentFacts(
  deployment: z.output<typeof deploymentHookSchema>,
  { host, repository, url }: Place,
): HostFact[] {
  return [
    {
      type: 'deployment',
      deployment: {
        host,
        repository,
        id: deploymentId(host, deployment.deployment_id),
        environment: deployment.environment,
        sha: deployment.commit_url,
        state: deployment.status,
        updatedAt: deployment.status_changed_at,
        url: deployment.deployable_url?.startsWith(`${url}/`)
          ? deployment.deployable_url
          : undefined,
      },
    },
  ];
}

/**
 * Renames come by system hooks, which do not tell of which instance they are; on
 * gitlab.com there are none.
 */
function parseMoved(
  payload: unknown,
  instances: readonly string[],
): ParsedDelivery {
  const parsed = movedHookSchema.safeParse(payload);
  if (!parsed.success) {
    return notUnderstood(problemOf(parsed.error));
  }
  const [host, ...others] = instances.filter(one => one !== 'gitlab.com');
  if (!host || others.length > 0) {
    return ignored(
      'It does not tell which of the instances it is of; what happens next in the project tells its new name',
    );
  }
  const { path_with_namespace, old_path_with_namespace } = parsed.data;
  return {
    type: 'facts',
    facts: [
      {
        type: 'moved',
        host,
        repository: path_with_namespace,
        from: old_path_with_namespace,
      },
    ],
  };
}

function ignored(reason: string): ParsedDelivery {
  return { type: 'ignored', reason };
}

function notUnderstood(reason: string): ParsedDelivery {
  return { type: 'not-understood', reason };
}
