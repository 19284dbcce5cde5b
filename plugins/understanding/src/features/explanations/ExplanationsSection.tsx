import { Flex } from '@backstage/ui';
import {
  aiAssistanceSchema,
  explanationStateSchema,
  planeSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { explanationStateNames } from '@understanding-dev/backstage-plugin-understanding-react';
import { FilterSelect } from '../../components/FilterSelect';
import { Section } from '../../components/Section';
import { PLANES } from '../failure-modes/words';
import { ExplainLink } from './ExplainLink';
import { ExplanationColumn } from './explanationColumns';
import styles from './Explanations.module.css';
import { ExplanationsTable } from './ExplanationsTable';
import { PolicySentence } from './PolicySentence';
import { useExplanations } from './useExplanations';
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
        <FilterSelect
          label="State"
          value={filter.state}
          onChange={chosen => choose('state', chosen)}
          all="All states"
          options={explanationStateSchema.options.map(id => ({
            id,
            label: explanationStateNames[id],
          }))}
        />
        <FilterSelect
          label="Plane"
          value={filter.plane}
          onChange={chosen => choose('plane', chosen)}
          all="All planes"
          options={planeSchema.options.map(id => ({ id, label: PLANES[id] }))}
        />
        <FilterSelect
          label="Dependency"
          value={filter.edgeTo}
          onChange={chosen => choose('edge', chosen)}
          all="All dependencies"
          options={explanations.dependencies.map(({ ref, title }) => ({
            id: ref,
            label: title,
          }))}
        />
        <FilterSelect
          label="AI assistance"
          value={filter.aiAssistance}
          onChange={chosen => choose('ai', chosen)}
          all="Whether or not"
          options={aiAssistanceSchema.options.map(id => ({
            id,
            label: AI_ASSISTANCE[id],
          }))}
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
