import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  EntitySummary,
  ExplanationDebtOverview,
  ExplanationDebtPage,
  explanationDebtOverviewQuerySchema,
  listExplanationDebtsQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { z } from 'zod';
import { batches } from '../../database/shadow';
import { readCursor, writeCursor } from '../../http/cursor';
import { paginate } from '../../http/paginate';
import { Access, isVisible } from '../../permissions/Access';
import type { SummaryStore } from '../entities/SummaryStore';
import { DebtStore } from './DebtStore';
import { toExplanation } from './toExplanation';
import { seenAmong } from './visibleExplanation';

const positionSchema = z.object({
  openedAt: z.string(),
  explanationId: z.string(),
  entityRef: z.string(),
});

export interface DebtServiceOptions {
  readonly access: Access;
  readonly debts: DebtStore;
  readonly summaries: SummaryStore;
}

/** Shows which explanations are owed, to whoever may see the entities. */
export class DebtService {
  readonly #options: DebtServiceOptions;

  static create(options: DebtServiceOptions): DebtService {
    return new DebtService(options);
  }

  private constructor(options: DebtServiceOptions) {
    this.#options = options;
  }

  async list(
    query: z.output<typeof listExplanationDebtsQuerySchema>,
    credentials: BackstageCredentials,
  ): Promise<ExplanationDebtPage> {
    const { access, debts, summaries } = this.#options;
    const { entities } = await access.ofLists(credentials);
    const filter = {
      state: query.state,
      entityRef: query.entity,
      ownerRef: query.owner,
    };
    const page = await paginate({
      visible: entities,
      limit: query.limit,
      after: readCursor(positionSchema, query.cursor),
      list: range => debts.list(filter, range),
      count: () => debts.count(filter),
      refOf: ({ debt }) => debt.entity_ref,
      positionOf: ({ debt }) => ({
        openedAt: debt.opened_at,
        explanationId: debt.explanation_id,
        entityRef: debt.entity_ref,
      }),
    });
    const known = await summaries.getMany(
      page.items.map(one => one.debt.entity_ref),
    );
    return {
      items: page.items.map(({ debt, explanation, entityRefs, session }) => {
        const summary = known.get(debt.entity_ref);
        return {
          explanation: toExplanation(
            explanation,
            seenAmong(entities, entityRefs),
          ),
          entityRef: debt.entity_ref,
          entityTitle: summary?.title ?? debt.entity_ref,
          ownerRef: summary?.ownerRef,
          ownerTitle: summary?.ownerTitle,
          state: debt.paid_at ? ('paid' as const) : ('open' as const),
          openedAt: debt.opened_at,
          paidAt: debt.paid_at ?? undefined,
          paidBy: debt.paid_by ?? undefined,
          session,
        };
      }),
      totalItems: page.totalItems,
      nextCursor: page.next && writeCursor(page.next),
    };
  }

  /** The debts of what a caller may see, by team or system. */
  async overview(
    { by }: z.output<typeof explanationDebtOverviewQuerySchema>,
    credentials: BackstageCredentials,
  ): Promise<ExplanationDebtOverview> {
    const { access, debts, summaries } = this.#options;
    const { entities } = await access.ofLists(credentials);
    const totals = (await debts.totals()).filter(one =>
      isVisible(entities, one.entityRef),
    );
    const known = new Map<string, EntitySummary>();
    for (const batch of batches(totals)) {
      const some = await summaries.getMany(batch.map(one => one.entityRef));
      some.forEach((summary, ref) => known.set(ref, summary));
    }
    const groups = new Map<
      string | undefined,
      ExplanationDebtOverview['items'][number]
    >();
    for (const { entityRef, open, paid, oldestAt } of totals) {
      const summary = known.get(entityRef);
      const [ref, title] =
        by === 'team'
          ? [summary?.ownerRef, summary?.ownerTitle]
          : [summary?.systemRef, summary?.systemTitle];
      const before = groups.get(ref) ?? { ref, title, open: 0, paid: 0 };
      groups.set(ref, {
        ...before,
        open: before.open + open,
        paid: before.paid + paid,
        oldestAt: [before.oldestAt, oldestAt]
          .filter(at => at !== undefined)
          .sort()[0],
      });
    }
    const items = [...groups.values()].sort(
      (a, b) =>
        b.open - a.open ||
        b.paid - a.paid ||
        ((a.ref ?? '') < (b.ref ?? '') ? -1 : 1),
    );
    return { items, totalItems: items.length };
  }
}
