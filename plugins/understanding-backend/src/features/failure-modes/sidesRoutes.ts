import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import {
  promiseSchema,
  setExpectationRequestSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Router } from 'express';
import { withAudit } from '../../http/audit';
import { ENTITY_PATH, entityRefOf } from '../../http/entityRef';
import { versionOf } from '../../http/ifMatch';
import { parse } from '../../http/parse';
import { SidesService } from './SidesService';

export function addSidesRoutes(
  router: Router,
  options: {
    service: SidesService;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { service, httpAuth, auditor } = options;

  router.get(`${ENTITY_PATH}/sides`, async (req, res) => {
    const entityRef = entityRefOf(req.params);
    res.json(await service.get(entityRef, await httpAuth.credentials(req)));
  });

  router.put(`${ENTITY_PATH}/sides/expectation`, async (req, res) => {
    const entityRef = entityRefOf(req.params);
    const request = parse(setExpectationRequestSchema, req.body);
    const version = versionOf(req);
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const { targetRef } = request;
    const sides = await withAudit(
      {
        auditor,
        eventId: 'edge-expect',
        request: req,
        meta: { entityRef, targetRef },
      },
      () => service.expect(entityRef, version, request, credentials),
    );
    res.json(sides);
  });

  router.put(`${ENTITY_PATH}/sides/promise`, async (req, res) => {
    const entityRef = entityRefOf(req.params);
    const promise = parse(promiseSchema, req.body);
    const version = versionOf(req);
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const sides = await withAudit(
      { auditor, eventId: 'promise', request: req, meta: { entityRef } },
      () => service.promise(entityRef, version, promise, credentials),
    );
    res.json(sides);
  });
}
