import { HostFact } from '@understanding-dev/backstage-plugin-understanding-common';
import { Delivery } from '@understanding-dev/backstage-plugin-understanding-node';
import fc from 'fast-check';
import { EXAMPLE_HOSTS } from '../__testUtils__/examples';
import {
  EXAMPLES,
  example,
  factsOf,
  json,
  parse,
} from '../__testUtils__/parsing';
import { IGNORED_EVENTS } from './ignoredEvents';

jest.setTimeout(60_000);

describe('parse', () => {
  describe("GitHub's own examples", () => {
    it.each(EXAMPLES.map(each => [each.from, each.event, each] as const))(
      'takes one of %s, %s',
      (_from, event, { payload }) => {
        expect(parse(json(event, payload))).toMatchObject({
          type: expect.stringMatching(/^(facts|ignored)$/),
        });
      },
    );

    it('tell of all that is read', () => {
      const read = EXAMPLES.map(({ event, payload }) => ({
        event,
        parsed: parse(json(event, payload)),
      })).filter(({ parsed }) => parsed.type === 'facts');
      expect([...new Set(read.map(({ event }) => event))].sort()).toEqual([
        'check_run',
        'check_suite',
        'deployment',
        'deployment_status',
        'installation',
        'installation_repositories',
        'merge_group',
        'pull_request',
        'pull_request_review',
        'pull_request_review_comment',
        'push',
        'repository',
      ]);
    });

    it('tell the same in a form', () => {
      for (const { event, payload } of EXAMPLES) {
        const form = new URLSearchParams({ payload: JSON.stringify(payload) });
        expect(
          parse({
            event,
            contentType: 'Application/X-WWW-Form-Urlencoded; charset=utf-8',
            body: Buffer.from(form.toString()),
          }),
        ).toEqual(parse(json(event, payload)));
      }
    });

    it('tell nothing else under the name of another event', () => {
      const events = [...new Set(EXAMPLES.map(({ event }) => event))];
      for (const { event, payload } of EXAMPLES) {
        const own = JSON.stringify(parse(json(event, payload)));
        for (const other of events) {
          const told = parse(json(other, payload));
          for (const fact of told.type === 'facts' ? told.facts : []) {
            expect(own).toContain(JSON.stringify(fact));
          }
        }
      }
    });
  });

  describe('what cannot be read', () => {
    const body = Buffer.from('{"zen":"hidden"}');
    const contentType = 'application/json';
    const nested = (levels: number) =>
      Buffer.from(`${'['.repeat(levels)}${']'.repeat(levels)}`);

    it.each<[string, Partial<Delivery>, RegExp]>([
      ['an event that nobody knows', { event: 'hidden' }, /x-github-event/],
      ['no event', { event: '' }, /x-github-event/],
      ['an inherited name', { event: 'constructor' }, /x-github-event/],
      ['an empty body', { body: Buffer.alloc(0) }, /not JSON/],
      ['half a body', { body: Buffer.from('{"hidden') }, /not JSON/],
      ['bytes', { body: Buffer.from([0xff, 0xfe, 0x00]) }, /not UTF-8/],
      ['another type', { contentType: 'text/plain' }, /content-type/],
      ['no type', { contentType: '' }, /content-type/],
      [
        'a form without a payload',
        { contentType: 'application/x-www-form-urlencoded' },
        /one field payload/,
      ],
      [
        'a form with more fields',
        {
          contentType: 'application/x-www-form-urlencoded',
          body: Buffer.from('payload={}&payload={}'),
        },
        /one field payload/,
      ],
      ['65 levels', { body: nested(65) }, /more than 64 levels/],
      ['a million levels', { body: nested(1_000_000) }, /more than 64 levels/],
      [
        'as many without an end',
        { body: Buffer.from('{"a":'.repeat(1_000_000)) },
        /more than 64 levels/,
      ],
      ['64 levels of nothing', { body: nested(64) }, /the payload/],
      ['null', { body: Buffer.from('null') }, /the payload/],
    ])('says so of %s', (_name, fields, reason) => {
      const parsed = parse({
        event: 'pull_request',
        contentType,
        body,
        ...fields,
      });
      expect(parsed).toEqual({
        type: 'not-understood',
        reason: expect.stringMatching(reason),
      });
      expect(JSON.stringify(parsed)).not.toContain('hidden');
    });

    it('takes brackets and quotes in texts for what they are', () => {
      const title = `\\"${'[{'.repeat(100)}"\\\\`;
      const payload = example('pull_request', 'opened', {
        pull_request: { title },
      });
      expect(factsOf('pull_request', payload)).toMatchObject([
        { change: { title } },
      ]);
    });
  });

  it('knows each event by one answer only', () => {
    for (const event of IGNORED_EVENTS) {
      expect(parse(json(event, {}))).toMatchObject({ type: 'ignored' });
    }
  });

  it('never throws, and repeats nothing, whatever a payload is changed to', () => {
    const CANARY = 'canary-7f3a';
    const junk = fc.oneof(
      fc.constantFrom(
        null,
        CANARY,
        `https://${CANARY}.example`,
        '',
        -1,
        1e308,
        true,
        [],
        {},
        [CANARY],
        { login: CANARY },
        '__proto__',
        '\u0000',
        '\ud800',
      ),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const mutated = fc
      .record({
        example: fc.constantFrom(...EXAMPLES),
        changes: fc.array(
          fc.tuple(fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), junk),
          {
            minLength: 1,
            maxLength: 4,
          },
        ),
        rename: fc.option(fc.constantFrom(...EXAMPLES.map(each => each.event))),
        cut: fc.option(fc.nat({ max: 8_000 })),
      })
      .map(({ example: { event, payload }, changes, rename, cut }) => {
        const copy = structuredClone(payload);
        for (const [path, value] of changes) {
          replaceAt(copy, path, value);
        }
        const text = JSON.stringify(copy);
        return {
          event: rename ?? event,
          contentType: 'application/json',
          body: Buffer.from(cut === null ? text : text.slice(0, cut)),
        };
      });
    const seen = new Set<string>();
    fc.assert(
      fc.property(mutated, delivery => {
        const parsed = parse(delivery);
        seen.add(parsed.type);
        expect(parse(delivery)).toEqual(parsed);
        const reason = parsed.type === 'facts' ? '' : parsed.reason;
        expect(reason).not.toContain(CANARY);
        const facts = parsed.type === 'facts' ? parsed.facts : [];
        expect(EXAMPLE_HOSTS).toEqual(
          expect.arrayContaining(facts.map(hostOf)),
        );
      }),
      { numRuns: 4_000 },
    );
    expect([...seen].sort()).toEqual(['facts', 'ignored', 'not-understood']);
  });
});

/** Replaces a field, which numbers choose among those that there are. */
function replaceAt(node: unknown, path: readonly number[], value: unknown) {
  const [first, ...rest] = path;
  const target = node as Record<string, unknown>;
  const keys = Object.keys(target);
  if (keys.length === 0) {
    return;
  }
  const key = keys[first % keys.length];
  const child = target[key];
  if (rest.length > 0 && typeof child === 'object' && child !== null) {
    replaceAt(child, rest, value);
  } else {
    target[key] = structuredClone(value);
  }
}

function hostOf(fact: HostFact): string {
  switch (fact.type) {
    case 'change':
      return fact.change.host;
    case 'deployment':
      return fact.deployment.host;
    case 'merge-group':
      return fact.group.host;
    case 'operation':
      return fact.operation.source;
    default:
      return fact.host;
  }
}
