import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import {
  acceptRiskRequestSchema,
  addCommentRequestSchema,
  entityQuerySchema,
  failureModeContentSchema,
  listFailureModesQuerySchema,
  recordTestRequestSchema,
  withdrawAcceptanceQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Request, Router } from 'express';
import { withAudit } from '../../http/audit';
import { ENTITY_PATH, entityRefOf } from '../../http/entityRef';
import { etagOf, versionOf } from '../../http/ifMatch';
import { parse } from '../../http/parse';
import { AnswerService } from './AnswerService';
import { FILE_NAME } from './failureModeFile';
import { FailureModeService } from './FailureModeService';

const ONE = '/failure-modes/:id';
const TEST = `${ONE}/tests/:testId`;
const ACCEPTANCES = `${ENTITY_PATH}/edges/acceptances`;

export function addFailureModeRoutes(
  router: Router,
  options: {
    service: FailureModeService;
    answers: AnswerService;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { service, answers, httpAuth, auditor } = options;
  const anybody = (req: Request) => httpAuth.credentials(req);
  const person = (req: Request) =>
    httpAuth.credentials(req, { allow: ['user'] });
  const audited = <T>(
    request: Request,
    eventId: string,
    meta: Record<string, string>,
    run: () => Promise<T>,
  ) => withAudit({ auditor, eventId, request, meta }, run);

  router.get('/failure-modes', async (req, res) => {
    const query = parse(listFailureModesQuerySchema, req.query);
    res.json(await service.list(query, await anybody(req)));
  });

  router.post('/failure-modes', async (req, res) => {
    const content = parse(failureModeContentSchema, req.body);
    const credentials = await person(req);
    const { entityRef } = content;
    const mode = await audited(req, 'failure-mode-create', { entityRef }, () =>
      service.create(content, credentials),
    );
    res.status(201).set('ETag', etagOf(mode)).json(mode);
  });

  router.get('/failure-modes/export', async (req, res) => {
    const { entity } = parse(entityQuerySchema, req.query);
    const yaml = await service.export(entity, await anybody(req));
    res.attachment(FILE_NAME).type('application/yaml').send(yaml);
  });

  router.get('/failure-modes/file', async (req, res) => {
    const { entity } = parse(entityQuerySchema, req.query);
    res.json(await service.file(entity, await anybody(req)));
  });

  router.get(ONE, async (req, res) => {
    const mode = await service.get(req.params.id, await anybody(req));
    res.set('ETag', etagOf(mode)).json(mode);
  });

  router.put(ONE, async (req, res) => {
    const { id } = req.params;
    const content = parse(failureModeContentSchema, req.body);
    const version = versionOf(req);
    const credentials = await person(req);
    const mode = await audited(req, 'failure-mode-update', { id }, () =>
      service.update(id, version, content, credentials),
    );
    res.set('ETag', etagOf(mode)).json(mode);
  });

  router.delete(ONE, async (req, res) => {
    const { id } = req.params;
    const version = versionOf(req);
    const credentials = await person(req);
    await audited(req, 'failure-mode-delete', { id }, () =>
      service.remove(id, version, credentials),
    );
    res.status(204).end();
  });

  router.get(`${ONE}/history`, async (req, res) => {
    res.json(await service.history(req.params.id, await anybody(req)));
  });

  router.get(`${ONE}/comments`, async (req, res) => {
    res.json(await service.comments(req.params.id, await anybody(req)));
  });

  router.post(`${ONE}/comments`, async (req, res) => {
    const { id } = req.params;
    const { text } = parse(addCommentRequestSchema, req.body);
    const credentials = await person(req);
    const comment = await audited(req, 'failure-mode-comment', { id }, () =>
      service.comment(id, text, credentials),
    );
    res.status(201).json(comment);
  });

  router.get(`${ONE}/tests`, async (req, res) => {
    res.json(await answers.tests(req.params.id, await anybody(req)));
  });

  router.post(`${ONE}/tests`, async (req, res) => {
    const { id } = req.params;
    const test = parse(recordTestRequestSchema, req.body);
    const credentials = await person(req);
    const recorded = await audited(req, 'failure-test-record', { id }, () =>
      answers.record(id, test, credentials),
    );
    res.status(201).set('ETag', etagOf(recorded)).json(recorded);
  });

  router.put(TEST, async (req, res) => {
    const { id, testId } = req.params;
    const test = parse(recordTestRequestSchema, req.body);
    const version = versionOf(req);
    const credentials = await person(req);
    const rewritten = await audited(
      req,
      'failure-test-record',
      { id, testId },
      () => answers.rewrite(id, testId, version, test, credentials),
    );
    res.set('ETag', etagOf(rewritten)).json(rewritten);
  });

  router.post(`${TEST}/confirmations`, async (req, res) => {
    const { id, testId } = req.params;
    const credentials = await person(req);
    const confirmed = await audited(
      req,
      'failure-test-confirm',
      { id, testId },
      () => answers.confirm(id, testId, credentials),
    );
    res.json(confirmed);
  });

  router.get(`${TEST}/calendar.ics`, async (req, res) => {
    const { id, testId } = req.params;
    const calendar = await answers.calendar(id, testId, await anybody(req));
    res.attachment('game-day.ics').type('text/calendar').send(calendar);
  });

  router.put(ACCEPTANCES, async (req, res) => {
    const entityRef = entityRefOf(req.params);
    const request = parse(acceptRiskRequestSchema, req.body);
    const version = versionOf(req);
    const credentials = await person(req);
    const { targetRef, condition } = request;
    await audited(req, 'edge-accept', { entityRef, targetRef, condition }, () =>
      answers.accept(entityRef, version, request, credentials),
    );
    res.status(204).end();
  });

  router.delete(ACCEPTANCES, async (req, res) => {
    const entityRef = entityRefOf(req.params);
    const query = parse(withdrawAcceptanceQuerySchema, req.query);
    const version = versionOf(req);
    const credentials = await person(req);
    await audited(req, 'edge-accept-withdraw', { entityRef, ...query }, () =>
      answers.withdraw(entityRef, version, query, credentials),
    );
    res.status(204).end();
  });
}
