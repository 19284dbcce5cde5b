import { useApi } from '@backstage/core-plugin-api';
import {
  ExplainedChange,
  ExplanationPolicyResponse,
  ExplanationRecord,
  aiAssistanceSchema,
  changeAddress,
  describeExplanation,
  entityRefSchema,
  explanationSectionSchema,
  neededSections,
  planeSchema,
  sectionNames,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import useAsync from 'react-use/esm/useAsync';
import { z } from 'zod';
import { useSaving } from '../failure-modes/useSaving';
import { draftKey } from './drafts';
import { useDraft } from './useDraft';

const draftSchema = z.object({
  what: z.string(),
  howItFails: z.string(),
  why: z.string(),
  operate: z.string(),
  expected: z.string(),
  entityRefs: z.array(entityRefSchema),
  planes: z.array(planeSchema),
  aiAssistance: aiAssistanceSchema,
  url: z.string(),
  headSha: z.string(),
});

/** What stands in the fields. */
type Draft = z.infer<typeof draftSchema>;

/** The state of the form: a draft that is kept, the change it is of, and submitting. */
export function useExplainForm(options: {
  /** The one that gets another version; absent for a new one. */
  record?: ExplanationRecord;
  /** What a new one is of. */
  entityRefs: readonly string[];
  headings: ExplanationPolicyResponse['headings'];
  onSubmitted: (id: string) => void;
}) {
  const { entityRefs, headings, onSubmitted, record } = options;
  const api = useApi(understandingApiRef);
  const { error, isSaving, save } = useSaving();
  const drafting = useDraft(
    draftSchema,
    draftKey(
      record
        ? { type: 'explanation', id: record.id }
        : { type: 'entities', entityRefs },
    ),
    draftOf(record, entityRefs),
  );
  const { draft, throwAway } = drafting;

  // One that is known here need not be described again.
  const address = record ? undefined : changeAddress(draft.url);
  const known = useAsync(async () => {
    if (!address) {
      return undefined;
    }
    const url = draft.url.trim();
    const { items } = await api.listExplanations({ changeUrl: url, limit: 1 });
    return items[0];
  }, [api, draft.url]);
  const change: ExplainedChange | undefined =
    record?.change ??
    known.value?.change ??
    (address && {
      ...address,
      url: draft.url.trim(),
      headSha: draft.headSha.trim(),
    });

  const sections = Object.fromEntries(
    explanationSectionSchema.options.map(section => [section, draft[section]]),
  ) as Record<(typeof explanationSectionSchema.options)[number], string>;
  return {
    ...drafting,
    sections,
    error,
    isSaving,
    /** Whether the address is of no change. */
    isWrongUrl: draft.url.trim() !== '' && !address && !record,
    /** The change as the host told of it, where it has. */
    knownChange: record?.change ?? known.value?.change,
    description: describeExplanation(sections, draft.aiAssistance, headings),
    submit: () =>
      save(async () => {
        requireWords(draft);
        const { title: _title, ...told } = { title: undefined, ...change };
        const { id } = await api.createExplanation({
          what: draft.what,
          howItFails: draft.howItFails,
          why: draft.why,
          operate: draft.operate.trim() ? draft.operate : undefined,
          expected: draft.expected.trim() ? draft.expected : undefined,
          entityRefs: draft.entityRefs,
          planes: draft.planes,
          aiAssistance: draft.aiAssistance,
          change: change && (told as ExplainedChange),
        });
        await throwAway();
        onSubmitted(id);
      }),
  };
}

/** @throws Error that says what is missing, in the words of the form */
function requireWords(draft: Draft): void {
  if (draft.entityRefs.length === 0) {
    throw new Error('Choose at least one entity that it is of.');
  }
  const missing = neededSections.filter(
    section => !/[\p{L}\p{N}]/u.test(draft[section]),
  );
  if (missing.length > 0) {
    throw new Error(
      `Nothing is said yet under ${missing
        .map(section => `“${sectionNames[section]}”`)
        .join(', ')}; write at least one word there.`,
    );
  }
}

function draftOf(
  record: ExplanationRecord | undefined,
  entityRefs: readonly string[],
): Draft {
  const { what, howItFails, why, operate, expected } =
    record?.versions[0]?.sections ?? {};
  return {
    what: what ?? '',
    howItFails: howItFails ?? '',
    why: why ?? '',
    operate: operate ?? '',
    expected: expected ?? '',
    entityRefs: [...(record?.entityRefs ?? entityRefs)],
    planes: [...(record?.planes ?? [])],
    aiAssistance: record?.aiAssistance ?? 'unknown',
    url: '',
    headSha: '',
  };
}
