import { mockCredentials } from '@backstage/backend-test-utils';
import {
  exemptionsSchema,
  explanationDebtOverviewSchema,
  explanationDebtPageSchema,
  explanationPageSchema,
  explanationRecordSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import request from 'supertest';
import { ADA, CART, HttpApi, LEDGER } from '../../../__testUtils__/HttpApi';
import { readers } from '../../../__testUtils__/policy';

/**
 * What the HTTP API does with explanations, upon a back end that is started already: one
 * test of the whole API calls it, so that no other has to be started.
 */
// eslint-disable-next-line jest/no-export
export function describeExplanations({ server, get, post }: HttpApi): void {
  describe('of explanations', () => {
    const explanation = {
      change: {
        host: 'code.acme.example',
        repository: 'acme/shop',
        number: 7,
        url: 'https://code.acme.example/acme/shop/pull/7',
        headSha: 'a'.repeat(40),
      },
      entityRefs: [CART, LEDGER],
      planes: ['data'],
      what: 'The cart books once.',
      howItFails: 'When the ledger is slow.',
      why: 'Booking twice was tried.',
      aiAssistance: 'assisted',
    };
    const assessment = {
      result: 'genuine',
      rubric: {
        mechanism: true,
        conditionAndEffect: true,
        alternativeRejected: true,
        observableSign: false,
      },
      note: 'I asked about the ledger.',
      headSha: 'a'.repeat(40),
    };
    const author = 'user:default/ada';
    let id: string;

    beforeAll(async () => {
      ({
        body: { id },
      } = await post('/explanations', explanation, author).expect(201));
    });

    it('answers as the contract says', async () => {
      const { body } = await get(`/explanations/${id}`).expect(200);
      expect(explanationRecordSchema.parse(body)).toEqual(body);
      expect(body).toMatchObject({
        change: explanation.change,
        text: { what: explanation.what },
        required: true,
        because: 'Coding agents had a part in it.',
        authors: [{ personRef: author, displayName: 'Ada Okafor' }],
      });
      for (const query of [
        '',
        `?entity=${LEDGER}`,
        `?author=${author}&entity=${LEDGER}`,
        '?state=submitted',
        `?changeUrl=${encodeURIComponent(explanation.change.url)}`,
      ]) {
        const page = (await get(`/explanations${query}`).expect(200)).body;
        expect(explanationPageSchema.parse(page)).toEqual(page);
        expect(page).toMatchObject({ totalItems: 1, items: [{ id }] });
      }
      for (const query of [
        '?state=stale',
        `?author=user:default/bob&entity=${LEDGER}`,
      ]) {
        const page = (await get(`/explanations${query}`).expect(200)).body;
        expect(page).toEqual({ items: [], totalItems: 0 });
      }
    });

    it('refuses what is wrong, in words', async () => {
      const { change, ...alone } = explanation;
      const wrong: Array<[string, unknown, string]> = [
        ['/explanations', { ...alone, why: '\u3164' }, 'why: must say'],
        ['/explanations', { ...alone, score: 1 }, 'score'],
        ['/explanations', { ...alone, entityRefs: ['x'] }, 'entityRefs'],
        [
          '/explanations',
          { ...alone, entityRefs: ['component:default/none'] },
          'the catalog has no component:default/none',
        ],
        [
          '/explanations',
          { ...alone, change: { ...change, number: 0 } },
          'number',
        ],
        [`/explanations/${id}/assessments`, { result: 'genuine' }, 'rubric'],
      ];
      for (const [path, sent, message] of wrong) {
        const { body } = await post(path, sent, author).expect(400);
        expect(body.error.message).toContain(message);
      }
      await get('/explanations/none').expect(404);
      await post('/explanations/none/assessments', assessment).expect(404);
      await get('/explanations?state=perfect').expect(400);
    });

    it('asks for permissions, and shows no more than the catalog does', async () => {
      const none = readers.withoutUnderstanding;
      await get('/explanations', none).expect(403);
      await get(`/explanations/${id}`, none).expect(403);
      const onlyReads = readers.onlyReads;
      await get(`/explanations/${id}`, onlyReads).expect(200);
      await post('/explanations', explanation, onlyReads).expect(403);
      await post(
        `/explanations/${id}/assessments`,
        assessment,
        onlyReads,
      ).expect(403);
      await get(`/explanations/${id}`, readers.withoutCatalog).expect(404);
      const page = await get('/explanations', readers.withoutCatalog);
      expect(page.body).toEqual({ items: [], totalItems: 0 });
      const partly = await get(`/explanations/${id}`, readers.onlyCart);
      expect(partly.body.entityRefs).toEqual([CART]);
      expect(JSON.stringify(partly.body.questions)).not.toContain('ledger');
      const nameless = await get(`/explanations/${id}`, readers.withoutNames);
      expect(JSON.stringify(nameless.body)).not.toMatch(ADA);
      const byAuthor = `/explanations?author=${author}`;
      const named = `${byAuthor}&entity=${CART}`;
      await get(named, readers.withoutNames).expect(403);
      // It would be a list of what somebody understands, which is theirs alone.
      await get(byAuthor).expect(403);
      await get(byAuthor, author).expect(200);
      await request(server())
        .post('/api/understanding/explanations')
        .set('Authorization', mockCredentials.service.header())
        .send(explanation)
        .expect(403);
    });

    it('takes assessments of others, of the head that stands', async () => {
      const path = `/explanations/${id}/assessments`;
      await post(path, assessment, author).expect(403);
      const old = { ...assessment, headSha: 'b'.repeat(40) };
      const { body: refused } = await post(path, old).expect(409);
      expect(refused.error.message).toContain('look at it again');
      const { body } = await post(path, assessment).expect(201);
      expect(explanationRecordSchema.parse(body)).toEqual(body);
      expect(body).toMatchObject({
        state: 'accepted',
        assessments: [
          {
            result: 'genuine',
            rubric: assessment.rubric,
            note: assessment.note,
          },
        ],
      });
      const other = { ...explanation, what: 'Another text.' };
      await post('/explanations', other, readers.onlyCart).expect(400);
      await post('/explanations', other).expect(409);
      const again = await post('/explanations', other, author).expect(201);
      expect(again.body).toEqual({
        id,
        state: 'submitted',
        prompts: [],
        questions: [],
      });
      await post(path, { ...assessment, result: 'surface' }).expect(201);
      const returned = await get(`/explanations/${id}`);
      expect(returned.body.state).toBe('returned');
      expect(returned.body.versions).toHaveLength(2);
    });

    it('lists what waits for the caller, and what is owed', async () => {
      const mine = await get('/explanations/mine?as=author', author);
      expect(explanationPageSchema.parse(mine.body)).toEqual(mine.body);
      // No host told of the change, so that nobody knows whether it is open.
      expect(mine.body).toEqual({ items: [], totalItems: 0 });
      const debts = await get(`/explanations/debts?entity=${CART}`).expect(200);
      expect(explanationDebtPageSchema.parse(debts.body)).toEqual(debts.body);
      const overview = await get('/explanations/debts/overview?by=system');
      expect(explanationDebtOverviewSchema.parse(overview.body)).toEqual({
        items: [],
        totalItems: 0,
      });
      await get('/explanations/mine?as=boss').expect(400);
      await get('/explanations/debts?state=lost').expect(400);
      await request(server())
        .get('/api/understanding/explanations/mine')
        .set('Authorization', mockCredentials.service.header())
        .expect(403);
      for (const path of ['mine', 'debts', 'debts/overview']) {
        const none = readers.withoutUnderstanding;
        await get(`/explanations/${path}`, none).expect(403);
      }
    });

    it('takes exemptions from those who may give them, and ends them', async () => {
      const until = new Date(Date.now() + 1e9).toISOString();
      const exemption = {
        entityRef: LEDGER,
        reason: 'It is generated.',
        until,
      };
      const path = '/explanations/exemptions';
      await post(path, exemption, readers.onlyReads).expect(403);
      await post(path, exemption, readers.onlyCart).expect(404);
      const past = { ...exemption, until: '2020-01-01T00:00:00.000Z' };
      const refused = await post(path, past, author).expect(400);
      expect(refused.body.error.message).toContain('at most a year away');
      await post(path, { ...exemption, reason: '…' }, author).expect(400);
      const created = await post(path, exemption, author).expect(201);
      expect(created.body).toMatchObject({ ownerRef: author, holds: true });
      const listed = await get(`${path}?entity=${LEDGER}`).expect(200);
      expect(exemptionsSchema.parse(listed.body)).toEqual({
        items: [created.body],
        totalItems: 1,
      });
      const nameless = await get(
        `${path}?entity=${LEDGER}`,
        readers.withoutNames,
      );
      expect(JSON.stringify(nameless.body)).not.toMatch(ADA);
      const end = (user: string) =>
        request(server())
          .delete(`/api/understanding${path}/${created.body.id}`)
          .set('Authorization', mockCredentials.user.header(user));
      await end(readers.onlyReads).expect(403);
      await end(author).expect(204);
      const after = await get(`${path}?entity=${LEDGER}`);
      expect(after.body.items).toMatchObject([{ holds: false }]);
    });

    it('needs no change', async () => {
      const { change: _, ...alone } = explanation;
      const { body } = await post('/explanations', alone, author).expect(201);
      const path = `/explanations/${body.id}/assessments`;
      const { headSha: __, ...unbound } = assessment;
      const assessed = await post(path, unbound).expect(201);
      expect(assessed.body.state).toBe('accepted');
      expect(assessed.body.change).toBeUndefined();
    });
  });
}
