import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Container, Flex, Skeleton } from '@backstage/ui';
import {
  Condition,
  Edge,
  FailureMode,
  ProposedEdge,
  isDependency,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { UnderstandingError } from '@understanding-dev/backstage-plugin-understanding-react';
import { useCallback, useState } from 'react';
import { GraphSection } from '../simulation/GraphSection';
import { OutageSection } from '../simulation/OutageSection';
import { AssumptionsSection } from './AssumptionsSection';
import { ClassifyDialog } from './ClassifyDialog';
import { AcceptDialog, ConditionDialog } from './ConditionDialog';
import { CoverageMatrix } from './CoverageMatrix';
import { FailureModeForm } from './FailureModeForm';
import { FailureModeList } from './FailureModeList';
import { ProposedEdges } from './ProposedEdges';
import { SidesSection } from './SidesSection';
import { Target } from './useFailureModeForm';
import { FailureModesOfEntity, useFailureModes } from './useFailureModes';

type Open =
  | { type: 'classify'; edge: Edge }
  | { type: 'condition' | 'accept'; edge: Edge; condition: Condition }
  | { type: 'describe'; about?: { targetRef: string; condition: Condition } }
  | { type: 'edit'; mode: FailureMode };

/** The entity's tab: what happens when something fails, and how it is known. */
export function FailureModesContent() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const { error, loading, retry, value } = useFailureModes(entityRef);
  return (
    <Container>
      <Flex direction="column" gap="6" py="5">
        {loading && !value && (
          <div role="status" aria-label="Loading">
            <Skeleton width="100%" height={240} />
          </div>
        )}
        {error && !loading && (
          <UnderstandingError error={error} retry={retry} />
        )}
        {value && !error && (
          <Sections entityRef={entityRef} value={value} reload={retry} />
        )}
      </Flex>
    </Container>
  );
}

/** What may be answered for: what is there, and what open changes would add. */
function targetsOf(
  edges: readonly Edge[],
  proposed: readonly ProposedEdge[],
): Target[] {
  const present = edges.filter(isDependency);
  const known = new Set(present.map(one => one.targetRef));
  return [...present, ...proposed.filter(one => !known.has(one.targetRef))];
}

function Sections(props: {
  entityRef: string;
  value: FailureModesOfEntity;
  reload: () => void;
}) {
  const { entityRef, reload, value } = props;
  const { edges, file, hidden, modes, proposed, totalModes, unread } = value;
  const [open, setOpen] = useState<Open>();
  const close = useCallback(() => setOpen(undefined), []);
  const onSaved = useCallback(() => {
    setOpen(undefined);
    reload();
  }, [reload]);
  const fileWins = file && modes.some(mode => mode.origin === 'file');
  return (
    <>
      <CoverageMatrix
        edges={edges}
        hidden={hidden}
        onClassify={useCallback(
          edge => setOpen({ type: 'classify', edge }),
          [],
        )}
        onCondition={useCallback(
          (edge, condition) => setOpen({ type: 'condition', edge, condition }),
          [],
        )}
      >
        <ProposedEdges
          proposed={proposed}
          unread={unread}
          onDescribe={
            fileWins
              ? undefined
              : ({ targetRef }, condition) =>
                  setOpen({ type: 'describe', about: { targetRef, condition } })
          }
        />
      </CoverageMatrix>
      <FailureModeList
        entityRef={entityRef}
        edges={edges}
        modes={modes}
        totalModes={totalModes}
        file={file}
        onAdd={() => setOpen({ type: 'describe' })}
        onEdit={mode => setOpen({ type: 'edit', mode })}
        onChanged={reload}
      />
      <SidesSection entityRef={entityRef} />
      <AssumptionsSection entityRef={entityRef} />
      <OutageSection entityRef={entityRef} />
      <GraphSection entityRef={entityRef} />
      {open?.type === 'classify' && (
        <ClassifyDialog edge={open.edge} close={close} onSaved={onSaved} />
      )}
      {open?.type === 'condition' && (
        <ConditionDialog
          edge={open.edge}
          condition={open.condition}
          modes={modes}
          close={close}
          onSaved={onSaved}
          onAccept={() => setOpen({ ...open, type: 'accept' })}
          onDescribe={
            fileWins
              ? undefined
              : () =>
                  setOpen({
                    type: 'describe',
                    about: {
                      targetRef: open.edge.targetRef,
                      condition: open.condition,
                    },
                  })
          }
        />
      )}
      {open?.type === 'accept' && (
        <AcceptDialog
          edge={open.edge}
          condition={open.condition}
          close={close}
          onSaved={onSaved}
        />
      )}
      {(open?.type === 'describe' || open?.type === 'edit') && (
        <FailureModeForm
          entityRef={entityRef}
          targets={targetsOf(edges, proposed)}
          mode={open.type === 'edit' ? open.mode : undefined}
          about={open.type === 'describe' ? open.about : undefined}
          close={close}
          onSaved={onSaved}
        />
      )}
    </>
  );
}
