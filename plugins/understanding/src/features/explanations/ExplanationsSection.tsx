import { Flex, Select } from '@backstage/ui';
import {
  aiAssistanceSchema,
  explanationStateSchema,
  planeSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { explanationStateNames } from '@understanding-dev/backstage-plugin-understanding-react';
import { Section } from '../../components/Section';
import { PLANES } from '../failure-modes/words';
import { ExplainLink } from './ExplainLink';
import { ExplanationColumn } from './explanationColumns';
import styles from './Explanations.module.css';
import { ExplanationsTable } from './ExplanationsTable';
import { PolicySentence } from './PolicySentence';
import { ALL, useExplanations } from './useExplanations';
import { AI_ASSISTANCE } from './words';

const COLUMNS: readonly ExplanationColumn[] = [
  'at',
  'change',
  'state',
  'planes',
  'ai',
  'debt',
];

/** The explanations of an entity's changes, the newest first. */
export function ExplanationsSection(props: { entityRef: string }) {
  const { entityRef } = props;
  const explanations = useExplanations(entityRef);
  const { choose, filter, table } = explanations;
  return (
    <Section title="Explanations">
      <PolicySentence entityRef={entityRef} />
      <Flex>
        <ExplainLink entityRef={entityRef} />
      </Flex>
      <div className={styles.filters}>
        <Select
          label="State"
          value={filter.state ?? ALL}
          onChange={key => choose('state', String(key))}
          options={[
            { id: ALL, label: 'All states' },
            ...explanationStateSchema.options.map(id => ({
              id,
              label: explanationStateNames[id],
            })),
          ]}
        />
        <Select
          label="Plane"
          value={filter.plane ?? ALL}
          onChange={key => choose('plane', String(key))}
          options={[
            { id: ALL, label: 'All planes' },
            ...planeSchema.options.map(id => ({ id, label: PLANES[id] })),
          ]}
        />
        <Select
          label="Dependency"
          value={filter.edgeTo ?? ALL}
          onChange={key => choose('edge', String(key))}
          options={[
            { id: ALL, label: 'All dependencies' },
            ...explanations.dependencies.map(({ ref, title }) => ({
              id: ref,
              label: title,
            })),
          ]}
        />
        <Select
          label="AI assistance"
          value={filter.aiAssistance ?? ALL}
          onChange={key => choose('ai', String(key))}
          options={[
            { id: ALL, label: 'Whether or not' },
            ...aiAssistanceSchema.options.map(id => ({
              id,
              label: AI_ASSISTANCE[id],
            })),
          ]}
        />
      </div>
      <ExplanationsTable
        table={table}
        columns={COLUMNS}
        none="No change of it is known, and nobody explained it here yet."
        showEverything={
          explanations.isFiltered ? explanations.showEverything : undefined
        }
      />
    </Section>
  );
}
