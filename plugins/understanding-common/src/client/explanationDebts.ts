import {
  explanationDebtOverviewSchema,
  explanationDebtPageSchema,
  explanationRecordSchema,
  taughtSessionsSchema,
} from '../schemas';
import { UnderstandingApi } from '../UnderstandingApi';
import { search, send, sessionsPathOf } from './requests';
import { Transport } from './Transport';

/** Asks for explanations that are owed, and pays them. */
export function explanationDebtsOf(transport: Transport) {
  return {
    listExplanationDebts: query =>
      transport.request(
        explanationDebtPageSchema,
        `/explanations/debts${search(query)}`,
      ),
    getExplanationDebtOverview: query =>
      transport.request(
        explanationDebtOverviewSchema,
        `/explanations/debts/overview${search(query)}`,
      ),
    listTaughtSessions: (explanationId, query) =>
      transport.request(
        taughtSessionsSchema,
        `${sessionsPathOf(explanationId)}${search(query)}`,
      ),
    payExplanationDebt: (explanationId, request) =>
      transport.request(
        explanationRecordSchema,
        sessionsPathOf(explanationId),
        send('POST', request),
      ),
  } satisfies Partial<UnderstandingApi>;
}
