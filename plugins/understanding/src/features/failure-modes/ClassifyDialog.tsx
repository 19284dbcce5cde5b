import { useApi } from '@backstage/core-plugin-api';
import { Select, Text, TextAreaField } from '@backstage/ui';
import {
  Edge,
  classificationInWords,
  classificationSchema,
  criticalitySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  Instant,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import { FormDialog } from './FormDialog';
import { useEditing } from './useEditing';
import { nameOf } from './words';

/** Says how much the entity depends on another, and why. */
export function ClassifyDialog(props: {
  edge: Edge;
  close: () => void;
  onSaved: () => void;
}) {
  const { close, edge, onSaved } = props;
  const api = useApi(understandingApiRef);
  const [criticality, setCriticality] = useState(edge.criticality);
  const [comment, setComment] = useState(edge.comment ?? '');
  const form = useEditing({
    version: edge.classified?.version ?? 0,
    schema: classificationSchema,
    mine: classificationInWords({ criticality, comment }),
    inWords: classificationInWords,
    take: theirs => {
      setCriticality(theirs.criticality);
      setComment(theirs.comment ?? '');
    },
    save: async version => {
      await api.classifyEdge(edge.sourceRef, version, {
        type: edge.type === 'consumesApi' ? 'consumesApi' : 'dependsOn',
        targetRef: edge.targetRef,
        criticality,
        comment,
      });
      onSaved();
    },
  });
  return (
    <FormDialog
      title={`Dependency on ${nameOf(edge)}`}
      width={520}
      form={form}
      close={close}
    >
      <Select
        label="Criticality"
        description="HARD: it fails without. SOFT: it degrades."
        value={criticality}
        onChange={key => setCriticality(criticalitySchema.parse(key))}
        options={criticalitySchema.options.map(id => ({ id, label: id }))}
      />
      <TextAreaField
        label="Comment"
        description="Why it is so, for those who come after."
        value={comment}
        onChange={setComment}
      />
      {edge.classified && (
        <Text>
          Last classified on <Instant at={edge.classified.at} />.
        </Text>
      )}
    </FormDialog>
  );
}
