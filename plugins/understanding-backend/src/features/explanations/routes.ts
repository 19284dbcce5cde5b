import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import {
  createAssessmentRequestSchema,
  createExplanationRequestSchema,
  explanationDebtOverviewQuerySchema,
  explanationPolicyQuerySchema,
  listExplanationDebtsQuerySchema,
  listExplanationsQuerySchema,
  listMyExplanationsQuerySchema,
  listTaughtSessionsQuerySchema,
  payDebtRequestSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Router } from 'express';
import { withAudit } from '../../http/audit';
import { parse } from '../../http/parse';
import { AssessmentService } from './AssessmentService';
import { DebtService } from './DebtService';
import { DraftService } from './drafts/DraftService';
import { addDraftRoutes } from './drafts/routes';
import { ExemptionService } from './ExemptionService';
import { ExplanationService } from './ExplanationService';
import { PolicyService } from './PolicyService';
import { addExemptionRoutes } from './exemptionRoutes';
import { SessionService } from './SessionService';
import { SubmissionService } from './SubmissionService';

/** What explanations offer to callers. */
export interface ExplanationServices {
  readonly records: ExplanationService;
  readonly submissions: SubmissionService;
  readonly assessments: AssessmentService;
  readonly debts: DebtService;
  readonly sessions: SessionService;
  readonly policy: PolicyService;
  readonly exemptions: ExemptionService;
  readonly drafts: DraftService;
}

export function addExplanationRoutes(
  router: Router,
  options: ExplanationServices & {
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { records, submissions, assessments, debts, policy } = options;
  const { sessions, httpAuth, auditor } = options;
  addExemptionRoutes(router, options);
  addDraftRoutes(router, options);

  router.get('/explanations', async (req, res) => {
    const query = parse(listExplanationsQuerySchema, req.query);
    const credentials = await httpAuth.credentials(req);
    res.json(await records.list(query, credentials));
  });

  router.post('/explanations', async (req, res) => {
    const request = parse(createExplanationRequestSchema, req.body);
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const meta = {
      entityRefs: request.entityRefs.join(' '),
      ...(request.change && { changeUrl: request.change.url }),
    };
    const created = await withAudit(
      { auditor, eventId: 'explanation-create', request: req, meta },
      () => submissions.create(request, credentials),
    );
    res.status(201).json(created);
  });

  router.get('/explanations/mine', async (req, res) => {
    const query = parse(listMyExplanationsQuerySchema, req.query);
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    res.json(await records.listMine(query, credentials));
  });

  router.get('/explanations/debts', async (req, res) => {
    const query = parse(listExplanationDebtsQuerySchema, req.query);
    const credentials = await httpAuth.credentials(req);
    res.json(await debts.list(query, credentials));
  });

  router.get('/explanations/debts/overview', async (req, res) => {
    const query = parse(explanationDebtOverviewQuerySchema, req.query);
    const credentials = await httpAuth.credentials(req);
    res.json(await debts.overview(query, credentials));
  });

  router.get('/explanations/policy', async (req, res) => {
    const { entity } = parse(explanationPolicyQuerySchema, req.query);
    res.json(await policy.get(entity, await httpAuth.credentials(req)));
  });

  router.get('/explanations/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await records.get(req.params.id, credentials));
  });

  router.get('/explanations/:id/texts/:textId', async (req, res) => {
    const { id, textId } = req.params;
    const credentials = await httpAuth.credentials(req);
    res.json(await records.getText(id, textId, credentials));
  });

  router.get('/explanations/:id/sessions', async (req, res) => {
    const { entity } = parse(listTaughtSessionsQuerySchema, req.query);
    const credentials = await httpAuth.credentials(req);
    res.json(await sessions.list(req.params.id, entity, credentials));
  });

  router.post('/explanations/:id/sessions', async (req, res) => {
    const request = parse(payDebtRequestSchema, req.body);
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const { id } = req.params;
    const paid = await withAudit(
      {
        auditor,
        eventId: 'explanation-debt-pay',
        request: req,
        meta: { explanationId: id, ...request },
      },
      () => sessions.pay(id, request, credentials),
    );
    res.status(201).json(paid);
  });

  router.post('/explanations/:id/assessments', async (req, res) => {
    const request = parse(createAssessmentRequestSchema, req.body);
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const { id } = req.params;
    const { result } = request;
    const assessed = await withAudit(
      {
        auditor,
        eventId: 'explanation-assess',
        request: req,
        meta: { explanationId: id, result },
      },
      () => assessments.assess(id, request, credentials),
    );
    res.status(201).json(assessed);
  });
}
