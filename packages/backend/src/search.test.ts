import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import searchPlugin from '@backstage/plugin-search-backend';
import understandingPlugin from '@understanding-dev/backstage-plugin-understanding-backend';
import request from 'supertest';
import searchModuleUnderstanding from '@understanding-dev/backstage-plugin-search-backend-module-understanding';

jest.setTimeout(60_000);

const READER = 'user:default/reader';
const SECRET = 'component:default/vault';

describe('search', () => {
  async function start() {
    // As a policy would that shows one entity of the catalog to nobody but its owners.
    const decide = (one: { resourceRef?: string }) => ({
      result:
        one.resourceRef === SECRET
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
    });
    const permissions = mockServices.permissions.mock({
      authorize: async queries => queries.map(decide),
      authorizeConditional: async queries =>
        queries.map(({ permission }) =>
          permission.name === 'catalog.entity.read'
            ? {
                result: AuthorizeResult.CONDITIONAL,
                pluginId: 'catalog',
                resourceType: 'catalog-entity',
                conditions: {
                  rule: 'IS_VISIBLE',
                  resourceType: 'catalog-entity',
                  params: {},
                },
              }
            : { result: AuthorizeResult.ALLOW },
        ),
    });
    const component = (name: string) => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name, namespace: 'default' },
      spec: { type: 'service', lifecycle: 'production', owner: 'team' },
    });
    const scheduler = mockServices.scheduler();
    const { server } = await startTestBackend({
      features: [
        searchPlugin,
        understandingPlugin,
        searchModuleUnderstanding,
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:3000' },
            // Without it, search asks nobody.
            permission: { enabled: true },
          },
        }),
        permissions.factory,
        createServiceFactory({
          service: coreServices.scheduler,
          deps: {},
          factory: () => scheduler,
        }),
        catalogServiceMock.factory({
          entities: [component('cart'), component('vault')],
        }),
      ],
    });
    const explain = async (name: string, ...entities: string[]) =>
      request(server)
        .post('/api/understanding/explanations')
        .set('Authorization', mockCredentials.user.header(READER))
        .send({
          entityRefs: entities.map(one => `component:default/${one}`),
          what: `The ${name} rounds once.`,
          howItFails: 'With negative amounts.',
          why: 'Rounding in the client lost cents.',
        });
    const find = async (term: string) => {
      const { body } = await request(server)
        .get('/api/search/query')
        .query({ term, types: ['understanding-explanation'] })
        .set('Authorization', mockCredentials.user.header(READER))
        .expect(200);
      return body.results.map((one: any) => {
        const { authorization, ...document } = one.document;
        return document;
      });
    };
    const index = async () =>
      scheduler.triggerTask('search_index_understanding_explanation');
    return { explain, index, find };
  }

  it('finds explanations by their text, for those who may read the entity', async () => {
    const { explain, index, find } = await start();
    // The catalog has to be read first.
    await until(async () => (await explain('cart', 'cart')).status === 201);
    await explain('vault', 'vault');
    await explain('handover', 'cart', 'vault');
    await index();
    expect(await find('rounds')).toHaveLength(2);
    expect(await find('handover')).toEqual([
      {
        title: 'An explanation of component:default/cart',
        text: [
          'The handover rounds once.',
          'With negative amounts.',
          'Rounding in the client lost cents.',
        ].join('\n\n'),
        location: expect.stringMatching(
          /^\/understanding\/explanations\/[\w-]+\?entity=component%3Adefault%2Fcart$/,
        ),
        entityRef: 'component:default/cart',
        state: 'submitted',
      },
    ]);
    expect(await find('vault')).toEqual([]);
  });

  it('finds old ones among many, and nobody by name', async () => {
    const { explain, index, find } = await start();
    await until(async () => (await explain('oldest', 'cart')).status === 201);
    for (let number = 0; number < 101; number += 1) {
      await explain(`other${number}`, 'cart');
    }
    await index();
    expect(await find('oldest')).toHaveLength(1);
    expect(await find('reader')).toEqual([]);
  });
});

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let wait = 0; wait < 200; wait += 1) {
    if (await isTrue()) {
      return;
    }
    await new Promise(done => setTimeout(done, 100));
  }
  throw new Error('It did not happen within 20 seconds');
}
