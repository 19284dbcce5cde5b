import { JsonObject } from '@backstage/types';
import fc from 'fast-check';
import { IGNORED, TELLING } from '../__testUtils__/deliveries';
import {
  INSTANCES,
  factsOf,
  parse,
  parseBytes,
} from '../__testUtils__/parsing';
import {
  HEAD,
  HOST,
  deploymentHook,
  mergeRequestHook,
  noteHook,
  project,
  projectMoved,
  pushHook,
  repositoryUpdate,
} from '../__testUtils__/payloads';

const SCRIPT = 'javascript';

jest.setTimeout(60_000);

describe('other deliveries', () => {
  it('tell which branches have another head', () => {
    const push = (branch: string) => ({
      type: 'push',
      host: HOST,
      repository: 'acme/shop',
      branch,
    });
    expect(factsOf(pushHook())).toEqual([push('main')]);
    expect(
      factsOf(
        repositoryUpdate(['refs/heads/a/b', 'refs/tags/v1', 'refs/heads/c']),
      ),
    ).toEqual([push('a/b'), push('c')]);
  });

  it.each<[string, JsonObject]>([
    ['deleted a branch', pushHook({ after: '0'.repeat(40) })],
    ['pushed no branch', pushHook({ ref: 'refs/keep-around/1' })],
    ['pushed tags', repositoryUpdate(['refs/tags/v1'])],
  ])('are ignored if they %s', (_name, payload) => {
    expect(parse(payload)).toMatchObject({ type: 'ignored' });
  });

  it.each([
    ['created', 'pending'],
    ['running', 'pending'],
    ['blocked', 'pending'],
    ['success', 'succeeded'],
    ['failed', 'failed'],
    ['canceled', 'inactive'],
    ['skipped', 'inactive'],
  ])('tell of a deployment that is %s', (status, state) => {
    expect(factsOf(deploymentHook(status))).toEqual([
      {
        type: 'deployment',
        deployment: {
          host: HOST,
          repository: 'acme/shop',
          id: `${HOST}/deployments/40`,
          environment: 'production',
          sha: HEAD,
          state,
          updatedAt: '2026-01-02T09:00:00.000Z',
          url: `https://${HOST}/Acme/Shop/-/jobs/796`,
        },
      },
    ]);
  });

  it('link to no job of a deployment from elsewhere', () => {
    for (const deployable_url of [null, `${SCRIPT}:alert(1)`]) {
      expect(
        factsOf(deploymentHook('success', { deployable_url })),
      ).toMatchObject([{ deployment: { url: undefined } }]);
    }
  });

  it.each(['project_rename', 'project_transfer'] as const)(
    'tell of another address by %s, where one instance can have told it',
    name => {
      expect(factsOf(projectMoved(name))).toEqual([
        {
          type: 'moved',
          host: HOST,
          repository: 'acme/store',
          from: 'acme/shop',
        },
      ]);
      for (const instances of [
        ['gitlab.com'],
        [...INSTANCES, 'other.example'],
      ]) {
        expect(parse(projectMoved(name), instances)).toMatchObject({
          type: 'ignored',
        });
      }
    },
  );

  it.each(IGNORED)('are ignored: %s %j', (_event, payload) => {
    expect(parse(payload)).toMatchObject({ type: 'ignored' });
  });

  it.each<[string, unknown, string]>([
    [
      'a kind that is new',
      { object_kind: 'sermon' },
      'object_kind, event_name: not of a kind that is known',
    ],
    [
      'a name of a prototype',
      { object_kind: 'constructor' },
      'object_kind, event_name: not of a kind that is known',
    ],
    [
      'no kind',
      { project: project() },
      'object_kind, event_name: neither is a string',
    ],
    ['a list', [1], 'object_kind, event_name: neither is a string'],
    ['null', null, 'object_kind, event_name: neither is a string'],
    [
      'another instance',
      mergeRequestHook(
        'open',
        {},
        {
          project: { ...project(), web_url: 'https://evil.example/acme/shop' },
        },
      ),
      'project.web_url: not of a configured instance',
    ],
    [
      'an instance in the path',
      pushHook({
        project: { ...project(), web_url: `https://evil.example/${HOST}` },
      }),
      'project.web_url: not of a configured instance',
    ],
    [
      'an address that is a script',
      pushHook({
        project: { ...project(), web_url: `${SCRIPT}://${HOST}/%0aalert(1)` },
      }),
      'project.web_url: not of a configured instance',
    ],
    [
      'no address',
      pushHook({ project: { ...project(), web_url: '' } }),
      'project.web_url: not of a configured instance',
    ],
    [
      'a path that leads elsewhere',
      pushHook({ project: { ...project(), path_with_namespace: '../../x' } }),
      'project.path_with_namespace: not the path of a project',
    ],
    [
      'an option as a path',
      pushHook({
        project: { ...project(), path_with_namespace: '--upload-pack=x/y' },
      }),
      'project.path_with_namespace: not the path of a project',
    ],
    [
      'no title',
      mergeRequestHook('open', { title: 7 }),
      'object_attributes.title: Invalid input: expected string, received number',
    ],
    [
      'a secret instead of a list',
      mergeRequestHook('open', {}, { reviewers: 'hidden' }),
      'reviewers: Invalid input: expected array, received string',
    ],
    [
      'another status',
      deploymentHook('hidden'),
      'status: Invalid option: expected one of "created"|"running"|"blocked"|"success"|"failed"|"canceled"|"skipped"',
    ],
    [
      'a note on nothing',
      noteHook({}, { merge_request: null }),
      'merge_request: Invalid input: expected object, received null',
    ],
  ])('are not understood with %s', (_name, payload, reason) => {
    expect(parse(payload)).toEqual({ type: 'not-understood', reason });
  });

  it.each<[string, Buffer, string]>([
    ['half of it', Buffer.from('{"object_kind":'), 'body: not JSON'],
    ['another encoding', Buffer.from([0xff, 0xfe]), 'body: not UTF-8'],
    [
      'a million brackets',
      Buffer.alloc(1_000_000, '['),
      'body: nested more than 64 levels deep',
    ],
  ])('are not understood if they are %s', (_name, body, reason) => {
    expect(parseBytes(body)).toEqual({ type: 'not-understood', reason });
  });
});

describe('whatever is delivered', () => {
  it.each(TELLING)('tells something: %s %j', (_event, payload) => {
    expect(factsOf(payload).length).toBeGreaterThan(0);
  });

  it('does the same for the same bytes', () => {
    for (const [, payload] of TELLING) {
      expect(parse(payload)).toEqual(parse(payload));
    }
  });

  it('never throws, and never repeats what it does not understand', () => {
    const payloads = [...TELLING, ...IGNORED].map(([, payload]) => payload);
    const canary = 'canary-4711';
    fc.assert(
      fc.property(
        fc.constantFrom(...payloads),
        fc.array(
          fc.tuple(
            fc.nat(),
            fc.oneof(
              fc.constantFrom(undefined, null, canary, [canary], -1, 1e300),
              fc.constantFrom({}, [], '', true, { id: canary }, '\u0000'),
              fc.jsonValue(),
            ),
          ),
          { minLength: 1, maxLength: 3 },
        ),
        (payload, mutations) => {
          const mutated = structuredClone(payload);
          for (const [at, value] of mutations) {
            mutate(mutated, at, structuredClone(value));
          }
          const parsed = parse(mutated);
          const reason = parsed.type === 'facts' ? '' : parsed.reason;
          expect(reason).not.toContain('4711');
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it('never throws at bytes that were changed, cut or repeated', () => {
    const bodies = TELLING.map(([, payload]) =>
      Buffer.from(JSON.stringify(payload)),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...bodies),
        fc.nat(),
        fc.nat(255),
        fc.constantFrom('set', 'cut', 'repeat'),
        (body, at, byte, how) => {
          const place = at % body.length;
          const changed = Buffer.from(body);
          changed[place] = byte;
          const mutated = {
            set: changed,
            cut: body.subarray(0, place),
            repeat: Buffer.concat([body.subarray(0, place), body]),
          }[how];
          expect(['facts', 'ignored', 'not-understood']).toContain(
            parseBytes(mutated as Buffer).type,
          );
        },
      ),
      { numRuns: 5_000 },
    );
  });
});

/** Sets one of the values in a payload, by its place among all of them. */
function mutate(payload: JsonObject, at: number, value: unknown): void {
  const places: Array<[Record<string, unknown>, string]> = [];
  const walk = (node: unknown) => {
    if (node && typeof node === 'object') {
      for (const key of Object.keys(node)) {
        places.push([node as Record<string, unknown>, key]);
        walk((node as Record<string, unknown>)[key]);
      }
    }
  };
  walk(payload);
  const [node, key] = places[at % places.length];
  node[key] = value;
}
